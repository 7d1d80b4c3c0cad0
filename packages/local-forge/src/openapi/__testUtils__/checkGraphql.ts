import { parse, validate } from 'graphql';
import { gitHubSchema } from '../../graphql/createSchema';
import { RecordedExchange } from '../recorder';
import { isGraphql } from './GitHubApiValidator';

/**
 * Checks recorded GraphQL calls against GitHub's public schema. The forge answers through the same schema,
 * so a field of the wrong type shows as an error in the answer.
 */
export function checkGraphql(exchanges: readonly RecordedExchange[]): {
  calls: number;
  deviations: string[];
} {
  const deviations = new Set<string>();
  const calls = exchanges.filter(isGraphql);
  for (const call of calls) {
    const { query } = call.body as { query: string };
    const answer = call.response as { errors?: { message: string }[] };
    for (const error of validate(gitHubSchema(), parse(query))) {
      deviations.add(`query: ${error.message}`);
    }
    for (const error of answer.errors ?? []) {
      deviations.add(`answer: ${error.message}`);
    }
  }
  return { calls: calls.length, deviations: [...deviations] };
}
