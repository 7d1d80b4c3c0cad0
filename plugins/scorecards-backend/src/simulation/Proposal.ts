import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import {
  CompiledScorecard,
  simulationRequestSchema,
} from '@waymark/scorecards-common';
import { summarise } from '@waymark/waymark-node';
import { z } from 'zod';
import { DefinitionStore } from '../definitions/DefinitionStore';
import { adopt, compilerOf } from '../definitions/RuleChecks';
import { Proposal, proposalsOf, seenOf } from '../definitions/seen';
import { Adopted, DefinitionProblem } from '../definitions/tables';

type Source = Pick<Adopted<'FactSource'>, 'name' | 'hash' | 'spec'>;

/** A scorecard that could be adopted, and the fact sources that would be in force with it. */
export interface Proposed {
  scorecard: Proposal<'Scorecard'>;
  sources: readonly Source[];
  compiled: CompiledScorecard;
}

/** A definition that could not be adopted. */
export class DefinitionError extends InputError {
  /** In the body of the answer. */
  readonly problems: DefinitionProblem[];

  constructor(problems: DefinitionProblem[]) {
    super(
      summarise(
        problems.map(({ path, reason }) =>
          path ? `${path}: ${reason}` : reason,
        ),
      ),
    );
    this.name = 'InputError';
    this.problems = problems;
  }
}

/**
 * Checks what was sent as it would be checked when it is adopted.
 *
 * @throws DefinitionError with path and reason of everything that is wrong
 */
export async function propose(
  request: z.output<typeof simulationRequestSchema>,
  definitions: DefinitionStore,
): Promise<Proposed> {
  const problems: DefinitionProblem[] = [];
  const seen = [request.definition, ...request.factSources].map(
    (definition, index) => {
      const one = seenOf(definition as Entity);
      const where = index > 0 ? `factSources[${index - 1}].` : '';
      problems.push(
        ...one.problems.map(({ path, reason }) => ({
          path: `${where}${path}`,
          reason,
        })),
      );
      return one;
    },
  );
  if (problems.length > 0) throw new DefinitionError(problems);
  const [scorecard] = proposalsOf('Scorecard', seen);
  const sent = proposalsOf('FactSource', seen);
  const names = new Set(sent.map(({ name }) => name));
  const { factSources } = await definitions.inForce();
  const sources: Source[] = [
    ...factSources.filter(({ name }) => !names.has(name)),
    ...sent,
  ];
  const ids = sources.map(({ spec }) => spec.id);
  const twice = sources.find(({ spec }, index) => ids.indexOf(spec.id) < index);
  if (twice) {
    const { name, spec } = twice;
    const reason = `${name}: there is a fact source "${spec.id}" already`;
    throw new DefinitionError([{ path: 'spec.id', reason }]);
  }
  const adoption = adopt(scorecard.spec, compilerOf(sources));
  if (!adoption.ok) throw new DefinitionError(adoption.problems);
  return { scorecard, sources, compiled: adoption.scorecard };
}
