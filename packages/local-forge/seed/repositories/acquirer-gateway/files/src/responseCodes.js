/** What an acquirer's answer means for us: may the merchant try again? */
const codes = {
  '00': { outcome: 'approved', retry: false },
  '05': { outcome: 'declined', retry: false },
  '14': { outcome: 'invalid_card', retry: false },
  '51': { outcome: 'insufficient_funds', retry: true },
  '54': { outcome: 'expired_card', retry: false },
  '91': { outcome: 'issuer_unavailable', retry: true },
  '96': { outcome: 'system_error', retry: true },
};

export function explain(code) {
  return codes[code] ?? { outcome: 'declined', retry: false };
}
