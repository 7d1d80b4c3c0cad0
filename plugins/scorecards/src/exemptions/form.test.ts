import { dayOf, endOf } from '../day';
import {
  ExemptionForm,
  findErrors,
  latestDay,
  refusalOf,
  requestOf,
} from './form';

const about = {
  entityRef: 'component:default/checkout-api',
  scorecard: 'production-readiness',
  check: 'runbook',
};
const form: ExemptionForm = {
  reason: 'The move comes first.',
  compensatingControl: 'Both who built it are reachable.',
  plan: 'January.',
  owner: 'group:default/checkout',
  lastDay: '2027-01-31',
  others: ['component:default/checkout-web'],
};

describe('the form of a request', () => {
  it('makes a request for the entity and the others, until the end of the last day', () => {
    const request = requestOf(form, about);
    expect(findErrors(request, 'missing')).toEqual({});
    expect(request.subject).toEqual({
      entities: [
        'component:default/checkout-api',
        'component:default/checkout-web',
      ],
    });
    expect(dayOf(request.expiresAt).toString()).toBe('2027-01-31');
  });

  it('names each field that is empty', () => {
    const empty = { ...form, reason: ' ', plan: '', owner: '', lastDay: '' };
    expect(findErrors(requestOf(empty, about), 'missing')).toEqual({
      reason: 'missing',
      plan: 'missing',
      owner: 'missing',
      lastDay: 'missing',
    });
  });

  it('names what is wrong with what is there', () => {
    const { owner } = findErrors(
      requestOf({ ...form, owner: 'component:default/x' }, about),
      'missing',
    );
    expect(owner).toBe('must be a group or a user');
  });

  it('allows no day whose end would be too late', () => {
    const now = new Date('2026-11-23T10:00:00.000Z');
    const latest = latestDay(now, 90);
    const limit = now.getTime() + 90 * 24 * 60 * 60 * 1_000;
    expect(Date.parse(endOf(latest))).toBeLessThanOrEqual(limit);
    expect(Date.parse(endOf(latest.add({ days: 1 })))).toBeGreaterThan(limit);
  });
});

describe('what the backend has refused', () => {
  it('stands at its field, and with the form where it belongs to none', () => {
    expect(
      refusalOf(
        'expiresAt: the scorecard allows at most 90 days; subject.entities[1]: is no entity; scorecard: there is none',
        ['lastDay', 'others'],
      ),
    ).toEqual({
      lastDay: 'the scorecard allows at most 90 days',
      others: 'is no entity',
      form: 'scorecard: there is none',
    });
    expect(refusalOf('You may not request an exemption', ['reason'])).toEqual({
      form: 'You may not request an exemption',
    });
  });

  it('is with the form where the field is not there', () => {
    expect(
      refusalOf('subject: has an exemption already; comment: is too long', [
        'reason',
      ]),
    ).toEqual({
      form: 'subject: has an exemption already',
      reason: 'is too long',
    });
  });
});
