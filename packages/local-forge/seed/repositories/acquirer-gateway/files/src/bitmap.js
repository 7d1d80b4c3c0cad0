/** Field numbers to the 8 bytes (or 16, with a secondary bitmap) that announce them. */
export function encodeBitmap(fields) {
  const size = fields.some(field => field > 64) ? 16 : 8;
  const bytes = Buffer.alloc(size);
  const set = bit => (bytes[(bit - 1) >> 3] |= 0x80 >> ((bit - 1) & 7));
  if (size === 16) set(1);
  for (const field of fields) {
    if (field < 2 || field > 128) throw new RangeError(`field ${field} does not exist`);
    set(field);
  }
  return bytes;
}

export function decodeBitmap(bytes) {
  const size = bytes[0] & 0x80 ? 16 : 8;
  const fields = [];
  for (let bit = 2; bit <= size * 8; bit++) {
    if (bytes[(bit - 1) >> 3] & (0x80 >> ((bit - 1) & 7))) fields.push(bit);
  }
  return { fields, size };
}
