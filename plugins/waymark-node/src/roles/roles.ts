import { parseEntityRef, stringifyEntityRef } from '@backstage/catalog-model';
import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';

/**
 * What somebody is in the portal besides being signed in.
 * @public
 */
export const ROLES = ['platform', 'security', 'audit'] as const;

/**
 * One of {@link ROLES}.
 * @public
 */
export type Role = (typeof ROLES)[number];

/**
 * The groups whose members hold each role, as full entity references.
 * @public
 */
export type RoleGroups = Record<Role, string[]>;

/**
 * Reads `waymark.permission.groups`; each role defaults to the group of its name.
 *
 * @throws InputError naming the key whose value is not a reference to a group.
 * @public
 */
export function readRoleGroups(config: Config): RoleGroups {
  const read = (role: Role) => {
    const key = `waymark.permission.groups.${role}`;
    const refs = config.getOptionalStringArray(key) ?? [
      `group:default/${role}`,
    ];
    return refs.map(ref => groupRef(ref, key));
  };
  return {
    platform: read('platform'),
    security: read('security'),
    audit: read('audit'),
  };
}

function groupRef(ref: string, key: string): string {
  try {
    const parsed = parseEntityRef(ref, { defaultKind: 'group' });
    if (parsed.kind.toLocaleLowerCase('en-US') === 'group') {
      return stringifyEntityRef(parsed);
    }
  } catch {
    // Said below, with the key.
  }
  throw new InputError(
    `Invalid configuration ${key}: '${ref}' is not a reference to a group, such as group:default/platform`,
  );
}
