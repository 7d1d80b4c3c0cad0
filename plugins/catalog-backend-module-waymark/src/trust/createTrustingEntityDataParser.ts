import {
  CatalogProcessorParser,
  parseEntityYaml,
  processingResult,
} from '@backstage/plugin-catalog-node';
import { TrustRules } from './TrustRules';

/**
 * Parses the files that locations point at, and refuses documents that their repository may not define.
 *
 * @remarks
 * The refusal is an error of the *location*: its sibling pages show it as an ancestor's error, no entity of that ref
 * comes into being (which would take the ref from its rightful owner), and as a location with an error emits nothing,
 * all documents of the file stay as they last were good.
 */
export function createTrustingEntityDataParser(
  rules: TrustRules,
): CatalogProcessorParser {
  return async function* parse({ data, location }) {
    for (const result of parseEntityYaml(data, location)) {
      const reason =
        result.type === 'entity'
          ? rules.refuseDocument(result.entity, location)
          : undefined;
      yield reason === undefined
        ? result
        : processingResult.inputError(location, reason);
    }
  };
}
