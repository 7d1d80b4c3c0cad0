import { initiativeKind } from './initiative';

const initiative = (spec: object) => ({
  apiVersion: 'waymark.dev/v1',
  kind: 'Initiative',
  metadata: { name: 'pin-actions' },
  spec: { owner: 'group:default/platform', ...spec },
});

describe('Initiative', () => {
  it('keeps what the initiatives plugin will read', () => {
    const spec = { due: '2027-01-31', population: { mode: 'frozen' } };
    expect(initiativeKind.parse(initiative(spec))).toEqual({
      ok: true,
      definition: expect.objectContaining({
        spec: { owner: 'group:default/platform', ...spec },
      }),
    });
  });

  it('refuses an end before the beginning', () => {
    expect(
      initiativeKind.parse(
        initiative({ start: '2027-02-01', due: '2027-01-31' }),
      ),
    ).toEqual({
      ok: false,
      problems: [{ path: 'spec.due', reason: 'must not be before the start' }],
    });
  });
});
