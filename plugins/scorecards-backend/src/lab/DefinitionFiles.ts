import {
  BackstageCredentials,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import {
  ANNOTATION_LOCATION,
  Entity,
  parseLocationRef,
} from '@backstage/catalog-model';
import { NotFoundError } from '@backstage/errors';
import { LabDefinitionFile } from '@waymark/scorecards-common';
import { parseAllDocuments } from 'yaml';
import { ReadableEntities } from '../reads/ReadableEntities';

/** Reads the files that definitions come from: an entity of the catalog has lost the comments of its file. */
export class DefinitionFiles {
  readonly #urlReader: Pick<UrlReaderService, 'readUrl'>;
  readonly #readable: Pick<ReadableEntities, 'one'>;

  static create(options: {
    urlReader: Pick<UrlReaderService, 'readUrl'>;
    readable: Pick<ReadableEntities, 'one'>;
  }): DefinitionFiles {
    return new DefinitionFiles(options);
  }

  private constructor(options: Parameters<typeof DefinitionFiles.create>[0]) {
    this.#urlReader = options.urlReader;
    this.#readable = options.readable;
  }

  /** @throws NotFoundError when there is no such scorecard, or no file of it alone */
  async read(
    name: string,
    credentials: BackstageCredentials,
  ): Promise<LabDefinitionFile> {
    const ref = `scorecard:default/${name}`;
    const { entity } = await this.#readable.one(ref, credentials);
    const location = (entity as Entity).metadata.annotations?.[
      ANNOTATION_LOCATION
    ];
    const { type, target } = location
      ? parseLocationRef(location)
      : { type: undefined, target: '' };
    if (type !== 'url') {
      throw new NotFoundError(`${ref} is in no file that can be read`);
    }
    const file = await this.#urlReader.readUrl(target);
    const text = (await file.buffer()).toString('utf8');
    if (parseAllDocuments(text).length !== 1) {
      throw new NotFoundError(`${ref} shares its file with others`);
    }
    return { url: target, text };
  }
}
