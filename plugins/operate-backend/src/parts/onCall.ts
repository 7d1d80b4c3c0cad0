import { Entity } from '@backstage/catalog-model';
import { InputError } from '@backstage/errors';
import { ScmIntegrationRegistry } from '@backstage/integration';
import {
  OnCallShift,
  OperateLink,
  onCallAt,
  parseOnCallSchedule,
} from '@waymark/operate-common';
import { ANNOTATION_ON_CALL } from '@waymark/waymark-common';
import { FileReader } from '../sources/FileReader';
import { resolveReference } from '../sources/resolveReference';
import { PartResult, found, missing } from './part';
import { parseYaml } from './yaml';

/** On-call with members by reference; names are looked up later, all at once. */
export interface OnCallNow {
  shifts: OnCallShift[];
  timeZone?: string;
  title?: string;
  escalation?: { after: string; to: string };
  source: OperateLink;
  inheritedFrom?: Entity;
}

/** Who is on call: by the entity's own annotation, else by its owners'. */
export async function readOnCall(options: {
  entity: Entity;
  /** The owner group, its parent and so on. */
  owners: Entity[];
  now: Date;
  files: FileReader;
  integrations: ScmIntegrationRegistry;
}): Promise<PartResult<OnCallNow>> {
  const { entity, owners, now, files, integrations } = options;
  const holder = [entity, ...owners].find(
    candidate => candidate.metadata.annotations?.[ANNOTATION_ON_CALL],
  );
  const reference =
    holder && resolveReference(holder, ANNOTATION_ON_CALL, integrations);
  if (!reference) {
    return missing(
      'onCall',
      'Nobody is named as on call.',
      `Add the annotation ${ANNOTATION_ON_CALL} to catalog-info.yaml.`,
    );
  }
  const inheritedFrom = holder === entity ? undefined : holder;
  const source = { title: reference.title, url: reference.url };
  if (!reference.readable) {
    return found({ shifts: [], source, inheritedFrom });
  }

  const documents = parseYaml(await files.read(reference.url));
  if (documents.length !== 1) {
    throw new InputError(
      `${reference.title} must hold one document, but holds ${documents.length}`,
    );
  }
  const schedule = parseOnCallSchedule(documents[0]);
  const shifts = onCallAt(schedule, now);
  const idle = schedule.spec.layers.filter(
    layer => !shifts.some(shift => shift.layer === layer.name),
  );
  return {
    value: {
      shifts,
      timeZone: schedule.spec.timeZone,
      title: schedule.metadata.title ?? schedule.metadata.name,
      escalation: schedule.spec.escalation,
      source,
      inheritedFrom,
    },
    problems: idle.map(layer => ({
      part: 'onCall',
      severity: 'error',
      reason: `Layer "${layer.name}" begins only at ${layer.start} (${schedule.spec.timeZone}).`,
      fix: `Give it an earlier start in ${reference.title}.`,
    })),
  };
}
