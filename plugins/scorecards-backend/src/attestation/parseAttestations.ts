import { stringifyError } from '@backstage/errors';
import { JsonObject } from '@backstage/types';
import { attestationFileSchema } from '@waymark/scorecards-common';
import { DefinitionProblem, describeProblems } from '@waymark/waymark-common';
import { parseDocument } from 'yaml';
import { IncomingFact } from '../intake/checkFact';
import { fullRef } from '../intake/entities';

/** Bytes of the file. */
const LARGEST = 256 * 1024;
/** How often anchors may be used: a few of them within each other make gigabytes of a kilobyte. */
const MOST_ALIASES = 100;

/** The facts of an attestation file, or why it cannot be used. */
export type Attestations =
  | { ok: true; facts: IncomingFact[] }
  | { ok: false; problems: DefinitionProblem[] };

/**
 * Reads `.waymark/facts.yaml`. Whether its facts are true to their sources is for the intake to say.
 *
 * @param text - of the file
 * @param provenance - where it was read: its commit, and a page that shows it
 */
export function parseAttestations(
  text: string,
  provenance: { commit?: string; url?: string } = {},
): Attestations {
  const read = readYaml(text);
  if (!read.ok) return read;
  const result = attestationFileSchema.safeParse(read.value);
  if (!result.success) {
    return {
      ok: false,
      problems: describeProblems(
        attestationFileSchema,
        read.value,
        result.error,
      ),
    };
  }
  const facts = result.data.facts.map(
    ({ url = provenance.url, ...fact }): IncomingFact => ({
      entityRef: fact.entityRef,
      source: fact.source,
      payload: fact.payload as JsonObject,
      // A day begins in UTC.
      observedAt: new Date(fact.observedAt),
      ...(url !== undefined && { url }),
      ...(provenance.commit !== undefined && { commit: provenance.commit }),
    }),
  );
  const problems = repetitions(facts);
  return problems.length > 0 ? { ok: false, problems } : { ok: true, facts };
}

/** Of two statements about the same thing nobody knows which one is meant. */
function repetitions(facts: readonly IncomingFact[]): DefinitionProblem[] {
  const firsts = new Map<string, number>();
  return facts.flatMap(({ entityRef, source }, index) => {
    const key = `${fullRef(entityRef) ?? entityRef} ${source}`;
    const first = firsts.get(key);
    firsts.set(key, first ?? index);
    return first === undefined
      ? []
      : {
          path: `facts[${index}]`,
          reason: `facts[${first}] is of the same entity and source`,
        };
  });
}

const refuse = (reason: string, path = ''): Attestations & { ok: false } => ({
  ok: false,
  problems: [{ path, reason }],
});

function readYaml(
  text: string,
): { ok: true; value: unknown } | (Attestations & { ok: false }) {
  const bytes = Buffer.byteLength(text);
  if (bytes > LARGEST) {
    return refuse(`must not be larger than ${LARGEST} bytes, but has ${bytes}`);
  }
  try {
    const document = parseDocument(text, { logLevel: 'error', strict: true });
    const problems = [...document.errors, ...document.warnings];
    if (problems.length > 0) {
      return refuse(problems[0].message.split('\n')[0]);
    }
    const value: unknown = document.toJS({ maxAliasCount: MOST_ALIASES });
    const strange = strangeNumber(value);
    return strange === undefined
      ? { ok: true, value }
      : refuse(`${strange} is no number that JSON has`);
  } catch (error) {
    // Depth is what makes the library give up, and so do anchors within anchors.
    return refuse(`cannot be read: ${stringifyError(error)}`);
  }
}

/** YAML has numbers that nothing after it can keep. */
function strangeNumber(value: unknown): number | undefined {
  let found: number | undefined;
  JSON.stringify(value, (_, item) => {
    if (typeof item === 'number' && !Number.isFinite(item)) {
      found = item;
    }
    return item;
  });
  return found;
}
