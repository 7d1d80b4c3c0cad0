import { mockCredentials, mockServices } from '@backstage/backend-test-utils';
import {
  catalogEntityDeletePermission,
  catalogEntityReadPermission,
  catalogEntityRefreshPermission,
} from '@backstage/plugin-catalog-common/alpha';
import { createPermission } from '@backstage/plugin-permission-common';
import { taskCreatePermission } from '@backstage/plugin-scaffolder-common/alpha';
import { Role } from '@waymark/waymark-node';
import { WaymarkPermissionPolicy } from './WaymarkPermissionPolicy';

const USER = {
  credentials: mockCredentials.user('user:default/mina'),
  info: {
    userEntityRef: 'user:default/mina',
    ownershipEntityRefs: ['user:default/mina', 'group:default/checkout'],
  },
};

function policyFor(...roles: Role[]) {
  const logger = mockServices.logger.mock();
  const policy = WaymarkPermissionPolicy.create({
    rolesOf: async () => roles,
    logger,
  });
  return { policy, logger };
}

describe('WaymarkPermissionPolicy', () => {
  it('denies everything to somebody who is not signed in', async () => {
    const { policy } = policyFor('platform');
    expect(
      await policy.handle({ permission: catalogEntityReadPermission }),
    ).toEqual({ result: 'DENY' });
  });

  it('denies a permission that it does not know, and says so once', async () => {
    const { policy, logger } = policyFor('platform');
    const permission = createPermission({ name: 'x.y', attributes: {} });
    for (let i = 0; i < 3; i++) {
      expect(await policy.handle({ permission }, USER)).toEqual({
        result: 'DENY',
      });
    }
    expect(logger.info).toHaveBeenCalledTimes(1);
    expect(logger.info).toHaveBeenCalledWith(
      'Permission "x.y" is not in the matrix, so it is denied to everybody',
    );
  });

  it('leaves it to the entity whether its owner may, and to the role for the rest', async () => {
    const request = { permission: catalogEntityRefreshPermission };
    expect(await policyFor().policy.handle(request, USER)).toMatchObject({
      result: 'CONDITIONAL',
      conditions: {
        rule: 'IS_ENTITY_OWNER',
        params: { claims: USER.info.ownershipEntityRefs },
      },
    });
    expect(await policyFor('platform').policy.handle(request, USER)).toEqual({
      result: 'ALLOW',
    });
  });

  it('lets an auditor change nothing, whatever else they are', async () => {
    const { policy } = policyFor('platform', 'audit');
    for (const permission of [
      taskCreatePermission,
      catalogEntityDeletePermission,
      catalogEntityRefreshPermission,
    ]) {
      expect(await policy.handle({ permission }, USER)).toEqual({
        result: 'DENY',
      });
    }
    expect(
      await policy.handle({ permission: catalogEntityReadPermission }, USER),
    ).toEqual({ result: 'ALLOW' });
  });
});
