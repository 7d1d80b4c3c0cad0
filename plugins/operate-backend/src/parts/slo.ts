import { Entity } from '@backstage/catalog-model';
import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  OperateLink,
  SloSummary,
  summarizeOpenSlo,
} from '@waymark/operate-common';
import { ANNOTATION_SLO } from '@waymark/waymark-common';
import { FileReader } from '../sources/FileReader';
import { resolveReference } from '../sources/resolveReference';
import { PartResult, found, missing } from './part';
import { parseYaml } from './yaml';

/** The service level objectives of an OpenSLO file, or a link to the tool that has them. */
export async function readSlo(options: {
  entity: Entity;
  files: FileReader;
  integrations: ScmIntegrationRegistry;
}): Promise<PartResult<{ objectives: SloSummary[]; source: OperateLink }>> {
  const { entity, files, integrations } = options;
  const reference = resolveReference(entity, ANNOTATION_SLO, integrations);
  if (!reference) {
    return missing(
      'slo',
      'No service level objective is set.',
      `Write slo.yaml (OpenSLO v1) and add the annotation ${ANNOTATION_SLO} to catalog-info.yaml.`,
    );
  }
  const source = { title: reference.title, url: reference.url };
  if (!reference.readable) {
    return found({ objectives: [], source });
  }
  const documents = parseYaml(await files.read(reference.url));
  return found({ objectives: summarizeOpenSlo(documents), source });
}
