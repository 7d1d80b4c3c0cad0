import fc from 'fast-check';
import { JournalEntry, parseJournal } from './Journal';

const entry = fc
  .record({ key: fc.string(), value: fc.jsonValue(), seconds: fc.nat() })
  .map(
    ({ key, value, seconds }): JournalEntry => ({
      at: new Date(seconds * 1000).toISOString(),
      actor: 'waymark-portal',
      op: 'store',
      collection: 'any',
      key,
      value,
    }),
  );

it('reads a whole prefix of entries from a file that was cut anywhere', () => {
  fc.assert(
    fc.property(fc.array(entry), fc.nat(), (entries, at) => {
      const lines = entries.map(item => `${JSON.stringify(item)}\n`);
      const whole = Buffer.from(lines.join(''));
      const cut = whole.subarray(0, whole.length ? at % (whole.length + 1) : 0);
      const read = parseJournal(cut, 'journal.ndjson');
      const expected = lines
        .slice(0, read.entries.length)
        .map(line => JSON.parse(line));
      expect(read.entries).toEqual(expected);
      expect(read.length).toBe(
        Buffer.byteLength(lines.slice(0, read.entries.length).join('')),
      );
      expect(read.torn === undefined).toBe(read.length === cut.length);
      expect(cut.length - read.length).toBeLessThan(
        Buffer.byteLength(lines[read.entries.length] ?? ' '),
      );
    }),
  );
});

it('refuses a damaged line that is not the last', () => {
  expect(() =>
    parseJournal(Buffer.from('{"op":"seeded"}\nrubbish\n{}\n'), 'j'),
  ).toThrow('j is damaged in line 2');
});
