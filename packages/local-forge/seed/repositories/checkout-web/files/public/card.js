/** Digits of a card number that pass the Luhn check, or undefined. */
export function parseCardNumber(text) {
  const digits = text.replace(/[\s-]/g, '');
  if (!/^\d{12,19}$/.test(digits)) return undefined;
  let sum = 0;
  for (let place = 0; place < digits.length; place++) {
    let digit = Number(digits[digits.length - 1 - place]);
    if (place % 2 === 1) digit = digit > 4 ? digit * 2 - 9 : digit * 2;
    sum += digit;
  }
  return sum % 10 === 0 ? digits : undefined;
}

/** A card is good to the last day of its month. */
export function isExpired(text, today) {
  const match = /^(0[1-9]|1[0-2])\s*\/\s*(\d{2})$/.exec(text.trim());
  if (!match) return true;
  const firstDayAfter = new Date(2000 + Number(match[2]), Number(match[1]), 1);
  return today >= firstDayAfter;
}

export function formatAmount(minor, currency, locale) {
  const format = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return format.format(minor / 10 ** format.resolvedOptions().maximumFractionDigits);
}
