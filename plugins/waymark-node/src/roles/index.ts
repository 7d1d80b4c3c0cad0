export { readRoleGroups, ROLES, type Role, type RoleGroups } from './roles';
