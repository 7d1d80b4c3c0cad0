import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  resolveSafeChildPath,
  UrlReaderService,
} from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { ScmIntegrations } from '@backstage/integration';
import {
  createTemplateAction,
  fetchContents,
} from '@backstage/plugin-scaffolder-node';
import { JsonObject } from '@backstage/types';
import {
  ANNOTATION_TEMPLATE,
  ANNOTATION_TEMPLATE_VERSION,
  Provenance,
  PROVENANCE_FILE,
  provenanceSchema,
} from '@waymark/golden-paths-common';
import { Clock } from '@waymark/waymark-node';
import { stringify } from 'yaml';
import { annotateEntities } from '../provenance/annotateEntities';
import { contentHash } from '../provenance/contentHash';
import { publicAnswers } from '../provenance/publicAnswers';
import { templateVersion } from '../provenance/templateVersion';
import { fields } from './fields';
import { examples } from './provenance.examples';
import { workspaceFolder } from './workspaceFolder';

const CATALOG_FILE = 'catalog-info.yaml';

/** `golden-paths:provenance`: what is made says by which template, in which version, from which answers. */
export function createProvenanceAction(options: {
  reader: UrlReaderService;
  integrations: ScmIntegrations;
  clock: Clock;
}) {
  return createTemplateAction({
    id: 'golden-paths:provenance',
    description: `Records template, version, content hash and answers in ${PROVENANCE_FILE}, and template and version as annotations of the entities in ${CATALOG_FILE}`,
    examples,
    supportsDryRun: true,
    schema: {
      input: {
        answers: z =>
          z
            .record(z.any())
            .describe('What the form was told; secrets are left out'),
        exclude: z =>
          z
            .array(z.string())
            .optional()
            .describe('Names of answers that are not recorded'),
        sourcePath: fields.sourcePath,
      },
      output: {
        templateRef: z => z.string(),
        version: z => z.string(),
        contentHash: z => z.string(),
        year: z => z.string().describe('Of the run, for notices of copyright'),
      },
    },
    async handler(ctx) {
      const { input, templateInfo, logger } = ctx;
      if (!templateInfo?.baseUrl) {
        throw new InputError('This run knows no template that it came from');
      }
      const fetched = join(await ctx.createTemporaryDirectory(), 'template');
      await fetchContents({
        reader: options.reader,
        integrations: options.integrations,
        baseUrl: templateInfo.baseUrl,
        fetchUrl: '.',
        outputPath: fetched,
      });
      const provenance: Provenance = provenanceSchema.parse({
        template: {
          ref: templateInfo.entityRef,
          version: templateVersion(templateInfo),
          contentHash: await contentHash(fetched),
        },
        answers: publicAnswers(input.answers as JsonObject, {
          exclude: input.exclude,
          secrets: ctx.secrets,
        }),
      });
      const { ref, version, contentHash: hash } = provenance.template;
      const folder = workspaceFolder(ctx, input.sourcePath);
      // Links inside the workspace could lead out of it.
      const file = resolveSafeChildPath(folder, PROVENANCE_FILE);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, stringify(provenance, { lineWidth: 0 }));
      await annotate(resolveSafeChildPath(folder, CATALOG_FILE), {
        [ANNOTATION_TEMPLATE]: ref,
        [ANNOTATION_TEMPLATE_VERSION]: version,
      });
      logger.info(`Made by ${ref} ${version}, ${hash}`);
      ctx.output('templateRef', ref);
      ctx.output('version', version);
      ctx.output('contentHash', hash);
      ctx.output('year', String(options.clock.now().getUTCFullYear()));
    },
  });
}

async function annotate(
  file: string,
  annotations: Record<string, string>,
): Promise<void> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return;
    }
    throw error;
  }
  const annotated = annotateEntities(text, annotations);
  if (annotated !== text) {
    await writeFile(file, annotated);
  }
}
