import { Entity } from '@backstage/catalog-model';
import { ScmIntegrationRegistry } from '@backstage/integration';
import { OperateLink } from '@waymark/operate-common';
import { ANNOTATION_RUNBOOK } from '@waymark/waymark-common';
import { FileReader } from '../sources/FileReader';
import { resolveReference } from '../sources/resolveReference';
import { PartResult, found, missing } from './part';

/** The runbook; a file is read, so that the card never links to one that is gone. */
export async function readRunbook(options: {
  entity: Entity;
  files: FileReader;
  integrations: ScmIntegrationRegistry;
}): Promise<PartResult<OperateLink>> {
  const { entity, files, integrations } = options;
  const reference = resolveReference(entity, ANNOTATION_RUNBOOK, integrations);
  if (!reference) {
    return missing(
      'runbook',
      'There is no runbook.',
      `Write one (docs/runbook.md) and add the annotation ${ANNOTATION_RUNBOOK} to catalog-info.yaml.`,
    );
  }
  if (!reference.readable) {
    return found({ title: reference.title, url: reference.url });
  }
  const heading = /^#\s+(.+?)\s*#*\s*$/m.exec(await files.read(reference.url));
  return found({ title: heading?.[1] ?? reference.title, url: reference.url });
}
