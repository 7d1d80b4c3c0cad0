import { decodeBitmap, encodeBitmap } from './bitmap.js';

/** Length of fixed fields; `variable` fields carry a length prefix of that many digits. */
const layout = {
  2: { name: 'primaryAccountNumber', variable: 2, max: 19 },
  3: { name: 'processingCode', length: 6 },
  4: { name: 'amount', length: 12 },
  7: { name: 'transmissionTime', length: 10 },
  11: { name: 'traceNumber', length: 6 },
  37: { name: 'retrievalReference', length: 12 },
  38: { name: 'approvalCode', length: 6 },
  39: { name: 'responseCode', length: 2 },
  41: { name: 'terminal', length: 8 },
  49: { name: 'currency', length: 3 },
};
const numberOf = Object.fromEntries(
  Object.entries(layout).map(([number, { name }]) => [name, Number(number)]),
);
const numeric = new Set(['amount', 'traceNumber', 'processingCode', 'transmissionTime', 'currency']);

export function encode({ type, ...values }) {
  const fields = Object.keys(values)
    .map(name => numberOf[name] ?? fail(`unknown field ${name}`))
    .sort((a, b) => a - b);
  const body = fields.map(number => {
    const { name, length, variable, max } = layout[number];
    const text = String(values[name]);
    if (variable) {
      if (text.length > max) fail(`${name} is longer than ${max}`);
      return String(text.length).padStart(variable, '0') + text;
    }
    if (text.length > length) fail(`${name} is longer than ${length}`);
    return numeric.has(name) ? text.padStart(length, '0') : text.padEnd(length);
  });
  return Buffer.concat([Buffer.from(type), encodeBitmap(fields), Buffer.from(body.join(''))]);
}

export function decode(bytes) {
  const message = { type: bytes.subarray(0, 4).toString() };
  const { fields, size } = decodeBitmap(bytes.subarray(4));
  let at = 4 + size;
  const take = count => {
    if (at + count > bytes.length) fail('message ends too early');
    at += count;
    return bytes.subarray(at - count, at).toString();
  };
  for (const number of fields) {
    const field = layout[number] ?? fail(`field ${number} is not in our layout`);
    const text = take(field.variable ? Number(take(field.variable)) : field.length);
    message[field.name] = field.name === 'amount' ? Number(text) : text.trimEnd();
  }
  return message;
}

/** A message for logs: nothing of the card but its first six and last four digits. */
export function redact(message) {
  const pan = message.primaryAccountNumber;
  if (!pan) return message;
  return { ...message, primaryAccountNumber: `${pan.slice(0, 6)}******${pan.slice(-4)}` };
}

function fail(reason) {
  throw new Error(`ISO 8583: ${reason}`);
}
