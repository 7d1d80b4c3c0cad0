import { riskModelKind } from './riskModel';

const riskModel = (spec: object) => ({
  apiVersion: 'waymark.dev/v1',
  kind: 'RiskModel',
  metadata: { name: 'acme' },
  spec: { owner: 'security', ...spec },
});

describe('RiskModel', () => {
  it('keeps what the risk engine will read, and fills in the method', () => {
    expect(riskModelKind.parse(riskModel({ tiers: [{ id: 'low' }] }))).toEqual({
      ok: true,
      definition: expect.objectContaining({
        spec: {
          owner: 'group:default/security',
          method: 'highWaterMark',
          tiers: [{ id: 'low' }],
        },
      }),
    });
  });

  it('refuses an unknown method by name', () => {
    expect(riskModelKind.parse(riskModel({ method: 'matrx' }))).toEqual({
      ok: false,
      problems: [
        {
          path: 'spec.method',
          reason: expect.stringMatching(
            /not "matrx", did you mean "matrix"\?$/,
          ),
        },
      ],
    });
  });
});
