/** The forge's own address in the journal, for the next start may have another. */
const SELF = 'forge://self';

/** A record as the journal keeps it. */
export const withoutAddress = (value: unknown, baseUrl: string): unknown =>
  replaceText(value, baseUrl, SELF);

/** A record of the journal as the forge at this address knows it. */
export const withAddress = (value: unknown, baseUrl: string): unknown =>
  replaceText(value, SELF, baseUrl);

function replaceText(value: unknown, from: string, to: string): unknown {
  return value === undefined
    ? undefined
    : JSON.parse(JSON.stringify(value).replaceAll(from, to));
}
