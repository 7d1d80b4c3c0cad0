import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { scorecardKind } from '@waymark/scorecards-common';
import { summarise } from '@waymark/waymark-node';
import { parseAllDocuments } from 'yaml';

const NAME = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/**
 * The scorecard that a text defines.
 *
 * @throws InputError with place and reason when the text is not one document that defines a scorecard
 */
export function readScorecard(text: string): Entity {
  const documents = parseAllDocuments(text);
  const [document] = documents;
  if (documents.length !== 1 || !('contents' in document)) {
    throw new InputError('definition: must be one YAML document');
  }
  const [error] = document.errors;
  if (error) throw new InputError(`definition: ${error.message}`);
  const entity: Entity = document.toJS();
  const parsed = scorecardKind.parse(entity);
  if (!parsed.ok) {
    throw new InputError(
      summarise(
        parsed.problems.map(({ path, reason }) =>
          path ? `${path}: ${reason}` : reason,
        ),
      ),
    );
  }
  if (!NAME.test(entity.metadata.name)) {
    throw new InputError(
      'metadata.name: must be lower-case words with hyphens, since it names the file',
    );
  }
  return entity;
}
