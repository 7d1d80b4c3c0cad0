/** What a merchant may do depends on how far its onboarding is. */
const capabilities = {
  registered: [],
  verified: ['test_payments'],
  active: ['test_payments', 'payments', 'payouts'],
  restricted: ['payouts'],
  closed: [],
};
const steps = {
  registered: { verify: 'verified', close: 'closed' },
  verified: { activate: 'active', close: 'closed' },
  active: { restrict: 'restricted', close: 'closed' },
  restricted: { activate: 'active', close: 'closed' },
  closed: {},
};

export class MerchantError extends Error {}

export function register({ id, legalName, country, email }) {
  const problems = [];
  if (!legalName?.trim()) problems.push('legalName is required');
  if (!/^[A-Z]{2}$/.test(country ?? '')) problems.push('country must be an ISO 3166 code');
  if (!/^[^@\s]+@[^@\s]+$/.test(email ?? '')) problems.push('email must be an address');
  if (problems.length) throw new MerchantError(problems.join('; '));
  return { id, legalName: legalName.trim(), country, email, status: 'registered', screened: false };
}

/** Nobody is activated who has not been screened. */
export function advance(merchant, step) {
  const status = steps[merchant.status][step];
  if (!status) throw new MerchantError(`cannot ${step} a merchant that is ${merchant.status}`);
  if (step === 'activate' && !merchant.screened) {
    throw new MerchantError('sanctions screening is missing');
  }
  return { ...merchant, status };
}

export function may(merchant, capability) {
  return capabilities[merchant.status].includes(capability);
}
