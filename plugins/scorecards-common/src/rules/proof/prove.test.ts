import { knownFact, unknownFact } from '..';
import type { Proof } from '..';
import { compiled, NOW } from '../__testUtils__/arbitraryRules';

describe('a proof', () => {
  it('explains each sub-expression, with the source of every fact', () => {
    const facts = {
      flags: knownFact(
        { one: false, two: true },
        {
          observedAt: '2026-11-22T10:00:00Z',
          collector: 'git',
          url: 'https://git.example/a',
          commit: 'abc',
        },
      ),
      numbers: unknownFact('numbers', 'collectorError', '401 Unauthorized'),
      texts: knownFact({ word: 'a', words: ['a', 'b'] }),
    };
    const proof = compiled(
      "facts.numbers.n > 2 && facts.flags.one && facts.texts.words.all(w, w == 'a')",
    ).prove({ entity: {}, facts, now: NOW });
    expect(proof.value).toBe(false);
    expect(proof.children).toEqual([
      expect.objectContaining({
        expression: 'facts.numbers.n > 2',
        evaluated: true,
        unknown: {
          reason: 'collectorError',
          detail: '401 Unauthorized',
          source: 'numbers',
        },
      }),
      {
        expression: 'facts.flags.one',
        start: 23,
        end: 38,
        evaluated: true,
        value: false,
        fact: {
          source: 'flags',
          path: ['one'],
          observedAt: '2026-11-22T10:00:00Z',
          collector: 'git',
          url: 'https://git.example/a',
          commit: 'abc',
        },
        children: [],
      },
      expect.objectContaining({
        expression: "facts.texts.words.all(w, w == 'a')",
        evaluated: false,
      }),
    ]);
  });

  it('cuts what nobody would read, and says so', () => {
    const words = Array<string>(3_000).fill('a');
    const facts = { texts: knownFact({ word: 'a', words }) };
    const input = { entity: {}, facts, now: NOW };
    const proof = compiled("facts.texts.words.all(w, w == 'a')").prove(input);
    expect(proof).toMatchObject({ value: true, incomplete: true });
    expect(proof.children[0]).toMatchObject({
      value: words.slice(0, 20),
      cut: true,
    });
    expect(proof.children.length).toBeLessThan(2_000);
  });

  it('shows a loop item by item, as far as it was looked at', () => {
    const facts = { texts: knownFact({ word: 'a', words: ['a', 'b', 'c'] }) };
    const proof = compiled("facts.texts.words.all(w, w == 'a')").prove({
      entity: {},
      facts,
      now: NOW,
    });
    const shown = ({ expression, value, children }: Proof): unknown => [
      expression,
      value,
      ...children.map(shown),
    ];
    expect(shown(proof)).toEqual([
      "facts.texts.words.all(w, w == 'a')",
      false,
      ['facts.texts.words', ['a', 'b', 'c']],
      ["w == 'a'", true, ['w', 'a']],
      ["w == 'a'", false, ['w', 'b']],
    ]);
  });
});
