import { InputError } from '@backstage/errors';
import { parseAllDocuments } from 'yaml';

/**
 * The documents of a YAML file as plain data.
 *
 * @throws InputError with line and column when the text is not YAML
 */
export function parseYaml(text: string): unknown[] {
  const documents = parseAllDocuments(text, { prettyErrors: true });
  return [...documents].map(document => {
    if (document.errors.length > 0) {
      throw new InputError(
        `Not valid YAML: ${document.errors[0].message.split('\n', 1)[0]}`,
      );
    }
    return document.toJS({ maxAliasCount: 100 });
  });
}
