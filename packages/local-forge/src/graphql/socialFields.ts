import { Json, Permission, RestRepository } from '../social/types';

/** GraphQL's names of what somebody may do in a repository. */
export const PERMISSIONS: Record<Permission, string> = {
  admin: 'ADMIN',
  maintain: 'MAINTAIN',
  push: 'WRITE',
  triage: 'TRIAGE',
  pull: 'READ',
};

/** Fields of a repository that its record has. */
export function repositoryFields(repository: RestRepository): Json {
  return {
    __typename: 'Repository',
    id: repository.node_id,
    databaseId: repository.id,
    name: repository.name,
    nameWithOwner: repository.full_name,
    url: repository.html_url,
    sshUrl: repository.ssh_url,
    description: repository.description,
    homepageUrl: repository.homepage,
    isArchived: repository.archived,
    isFork: repository.fork,
    isPrivate: repository.private,
    visibility: repository.visibility.toUpperCase(),
    createdAt: repository.created_at,
    updatedAt: repository.updated_at,
    pushedAt: repository.pushed_at,
    diskUsage: repository.size,
  };
}

/** Fields of a person that their record has. */
export function userFields(user: Json): Json {
  return {
    __typename: 'User',
    id: user.node_id,
    databaseId: user.id,
    login: user.login,
    name: user.name,
    email: user.email ?? '',
    bio: user.bio,
    company: user.company,
    location: user.location,
    avatarUrl: user.avatar_url,
    url: user.html_url,
    createdAt: user.created_at,
    updatedAt: user.updated_at,
  };
}

/** Fields of an organisation that its record has. */
export function organizationFields(organization: Json): Json {
  return {
    __typename: 'Organization',
    id: organization.node_id,
    databaseId: organization.id,
    login: organization.login,
    name: organization.name,
    description: organization.description,
    email: organization.email,
    avatarUrl: organization.avatar_url,
    url: organization.html_url,
    createdAt: organization.created_at,
    updatedAt: organization.updated_at,
  };
}
