import { parseOnCallSchedule } from './onCallSchedule';

const valid = {
  apiVersion: 'waymark.dev/v1',
  kind: 'OnCallSchedule',
  metadata: { name: 'checkout', title: 'Checkout on-call' },
  spec: {
    timeZone: 'Europe/Paris',
    layers: [
      {
        name: 'primary',
        start: '2026-01-05T09:00',
        every: 'P7D',
        members: ['dev-checkout', 'user:default/dev-checkout-2'],
      },
    ],
    overrides: [
      {
        layer: 'primary',
        from: '2026-12-24T09:00',
        to: '2026-12-26T09:00',
        member: 'user:default/lead-payments',
      },
    ],
    escalation: { after: 'PT15M', to: 'group:default/payments' },
  },
};

function withSpec(change: (spec: any) => void) {
  const copy = structuredClone(valid);
  change(copy.spec);
  return copy;
}

describe('parseOnCallSchedule', () => {
  it('accepts a full schedule and writes references out', () => {
    expect(parseOnCallSchedule(valid).spec.layers[0].members).toEqual([
      'user:default/dev-checkout',
      'user:default/dev-checkout-2',
    ]);
  });

  it.each([
    [
      'a zone that does not exist',
      withSpec(spec => {
        spec.timeZone = 'Paris';
      }),
      'spec.timeZone: must be an IANA time zone',
    ],
    [
      'a start with an offset',
      withSpec(spec => {
        spec.layers[0].start = '2026-01-05T09:00Z';
      }),
      'spec.layers[0].start: must be a local time',
    ],
    [
      'a start that is not in the calendar',
      withSpec(spec => {
        spec.layers[0].start = '2026-02-30T09:00';
      }),
      'spec.layers[0].start: is not a date',
    ],
    [
      'a rotation shorter than an hour',
      withSpec(spec => {
        spec.layers[0].every = 'PT5M';
      }),
      'spec.layers[0].every: must be at least one hour',
    ],
    [
      'a member who is a group',
      withSpec(spec => {
        spec.layers[0].members = ['group:default/checkout'];
      }),
      'spec.layers[0].members[0]: must name a user as user:default/name',
    ],
    [
      'an override of an unknown layer',
      withSpec(spec => {
        spec.overrides[0].layer = 'tertiary';
      }),
      'spec.overrides[0].layer: there is no layer "tertiary"; layers are primary',
    ],
    [
      'an override that ends before it begins',
      withSpec(spec => {
        spec.overrides[0].to = '2026-12-23T09:00';
      }),
      'spec.overrides[0].to: must be after `from`',
    ],
    [
      'two overrides of one layer at one time',
      withSpec(spec => {
        spec.overrides.push({ ...spec.overrides[0], member: 'user:x' });
      }),
      'spec.overrides[1]: overlaps overrides[0]',
    ],
    [
      'two layers of one name',
      withSpec(spec => {
        spec.layers.push(spec.layers[0]);
      }),
      'spec.layers[1].name: "primary" is the name of another layer too',
    ],
    [
      'a misspelt field',
      withSpec(spec => {
        spec.override = [];
      }),
      'spec: Unrecognized key',
    ],
    ['an empty file', null, 'document: '],
  ])('refuses %s and says where', (_, document, message) => {
    expect(() => parseOnCallSchedule(document)).toThrow(message);
  });
});
