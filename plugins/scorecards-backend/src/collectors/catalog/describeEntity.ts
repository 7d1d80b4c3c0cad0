import { JsonObject } from '@backstage/types';
import { CollectedEntity, CollectedFact } from '@waymark/scorecards-node';
import {
  ANNOTATION_COST_CENTRE,
  ANNOTATION_DASHBOARD,
  ANNOTATION_DATA_CLASSIFICATION,
  ANNOTATION_ON_CALL,
  ANNOTATION_PROJECT_SLUG_MISMATCH,
  ANNOTATION_RUNBOOK,
  ANNOTATION_SLACK_CHANNEL,
  ANNOTATION_SLO,
  ANNOTATION_TECHDOCS_REF,
  CatalogProblem,
  parseRepositoryReference,
} from '@waymark/waymark-common';
import { pageUrlProblem } from '../../intake/limits';
import { OwnerStanding } from './OrgTree';

const ANNOTATION_TECHDOCS_ENTITY = 'backstage.io/techdocs-entity';
const ANNOTATION_VIEW_URL = 'backstage.io/view-url';
const MOST = { listed: 200, links: 50, errors: 20 };
const LONGEST = 500;

const REFERENCES = {
  onCall: ANNOTATION_ON_CALL,
  runbook: ANNOTATION_RUNBOOK,
  slo: ANNOTATION_SLO,
  dashboard: ANNOTATION_DASHBOARD,
};

/** What is known of the rest of the catalog. */
export interface Surroundings {
  /** Of the owner; undefined where the entity states none. */
  owner: OwnerStanding | undefined;
  /** Whether the catalog has an entity. */
  has(ref: string): boolean;
  /** Of the entity, and of the file that describes it. */
  problems: readonly CatalogProblem[];
}

/** What an entity says of itself, and whether it is true: a fact of the source `catalog`. */
export function describeEntity(
  { owner, system, lifecycle, source, entity }: CollectedEntity,
  surroundings: Surroundings,
): Pick<CollectedFact, 'payload' | 'url' | 'dependsOn'> {
  const {
    annotations = {},
    links = [],
    description,
  } = entity.metadata as {
    annotations?: Record<string, unknown>;
    links?: { url: string; title?: string; type?: string }[];
    description?: unknown;
  };
  const value = (name: string) => textOrNull(annotations[name]);
  const broken: string[] = [];
  const reference = (name: string): string | null => {
    const text = annotations[name];
    if (text === undefined) {
      return null;
    }
    const parsed = parseRepositoryReference(text, { scmHost: source?.host });
    if (!parsed.ok) {
      broken.push(short(`${name}: ${parsed.reason}`));
      return null;
    }
    return value(name);
  };
  const references = Object.fromEntries(
    Object.entries(REFERENCES).map(([field, name]) => [field, reference(name)]),
  );
  const relations = (entity.relations ?? []).map(({ type, targetRef }) => ({
    type,
    target: targetRef,
    exists: surroundings.has(targetRef),
  }));
  for (const { type, target, exists } of relations) {
    if (!exists) {
      broken.push(short(`${type} ${target}: not in the catalog`));
    }
  }
  const payload: JsonObject = {
    owner: {
      ref: owner ?? null,
      exists: surroundings.owner?.exists ?? false,
      people: surroundings.owner?.people.size ?? 0,
    },
    system: system ?? null,
    lifecycle: lifecycle ?? null,
    description: textOrNull(description),
    ...references,
    slackChannel: value(ANNOTATION_SLACK_CHANNEL),
    costCentre: value(ANNOTATION_COST_CENTRE),
    dataClassification: value(ANNOTATION_DATA_CLASSIFICATION),
    foreignRepository: value(ANNOTATION_PROJECT_SLUG_MISMATCH),
    annotations: Object.keys(annotations)
      .filter(name => textOrNull(annotations[name]) !== null)
      .sort()
      .slice(0, MOST.listed),
    links: links.slice(0, MOST.links).map(({ url, title, type }) => ({
      url: short(url),
      title: textOrNull(title),
      type: textOrNull(type),
    })),
    documentation:
      value(ANNOTATION_TECHDOCS_REF) !== null ||
      value(ANNOTATION_TECHDOCS_ENTITY) !== null,
    relations: relations.slice(0, MOST.listed),
    brokenReferences: broken.slice(0, MOST.listed),
    processingErrors: surroundings.problems
      .flatMap(({ errors }) => errors)
      .slice(0, MOST.errors)
      .map(({ name, message }) => ({ name, message: short(message) })),
  };
  const page = annotations[ANNOTATION_VIEW_URL];
  return {
    payload,
    ...(typeof page === 'string' &&
      pageUrlProblem(page) === undefined && { url: page }),
    dependsOn: [
      ...new Set([
        ...(surroundings.owner?.groups ?? []),
        ...relations.map(({ target }) => target),
      ]),
    ],
  };
}

/** Never half a character, which databases do not keep as it is. */
function short(text: string): string {
  return text.slice(0, LONGEST).replace(/[\uD800-\uDBFF]$/, '');
}

function textOrNull(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? short(value) : null;
}
