import { Entity } from '@backstage/catalog-model';
import { mockServices } from '@backstage/backend-test-utils';
import { catalogServiceMock } from '@backstage/plugin-catalog-node/testUtils';
import { ManualClock } from '@waymark/waymark-node/testUtils';
import { readRoleGroups } from '@waymark/waymark-node';
import { RoleDirectory } from './RoleDirectory';

const mina = (...groups: string[]): Entity => ({
  apiVersion: 'backstage.io/v1alpha1',
  kind: 'User',
  metadata: { name: 'mina', namespace: 'default' },
  spec: { memberOf: groups },
  relations: groups.map(group => ({
    type: 'memberOf',
    targetRef: `group:default/${group}`,
  })),
});

function setUp() {
  const clock = ManualClock.at('2026-06-01T08:00:00Z');
  const catalog = catalogServiceMock.mock();
  const logger = mockServices.logger.mock();
  const directory = RoleDirectory.create({
    auth: mockServices.auth(),
    catalog,
    clock,
    logger,
    groups: readRoleGroups(mockServices.rootConfig({ data: {} })),
  });
  return { clock, catalog, logger, directory };
}

describe('RoleDirectory', () => {
  it('takes a role away within seconds of leaving the group, and asks the catalog once in between', async () => {
    const { catalog, clock, directory } = setUp();
    catalog.getEntityByRef.mockResolvedValue(mina('platform', 'checkout'));
    expect(await directory.rolesOf('user:default/mina')).toEqual(['platform']);

    catalog.getEntityByRef.mockResolvedValue(mina('checkout'));
    clock.advance('PT14S');
    expect(await directory.rolesOf('user:default/mina')).toEqual(['platform']);
    expect(catalog.getEntityByRef).toHaveBeenCalledTimes(1);

    clock.advance('PT1S');
    expect(await directory.rolesOf('user:default/mina')).toEqual([]);
  });

  it('gives no role while the catalog does not answer, and asks again at once', async () => {
    const { catalog, logger, directory } = setUp();
    catalog.getEntityByRef.mockRejectedValueOnce(new Error('down'));
    expect(await directory.rolesOf('user:default/mina')).toEqual([]);
    expect(logger.warn).toHaveBeenCalled();

    catalog.getEntityByRef.mockResolvedValue(mina('audit'));
    expect(await directory.rolesOf('user:default/mina')).toEqual(['audit']);
  });

  it('gives no role to somebody whom the catalog does not know', async () => {
    const { catalog, directory } = setUp();
    catalog.getEntityByRef.mockResolvedValue(undefined);
    expect(await directory.rolesOf('user:default/mina')).toEqual([]);
  });
});

describe('readRoleGroups', () => {
  const read = (groups: object) =>
    readRoleGroups(
      mockServices.rootConfig({
        data: { waymark: { permission: { groups: { ...groups } } } },
      }),
    );

  it('completes references, and takes the group of the same name for a role that is not configured', () => {
    expect(read({ platform: ['Group:Staff/Portal', 'core'] })).toEqual({
      platform: ['group:staff/portal', 'group:default/core'],
      security: ['group:default/security'],
      audit: ['group:default/audit'],
    });
  });

  it.each([['user:default/mina'], ['component:default/shop'], ['']])(
    'refuses %p with the key in the message',
    ref => {
      expect(() => read({ security: [ref] })).toThrow(
        'waymark.permission.groups.security',
      );
    },
  );
});
