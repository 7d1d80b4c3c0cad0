import path from 'path';
import { parseOnCallSchedule, summarizeOpenSlo } from '@waymark/operate-common';
import { parseRepositoryReference } from '@waymark/waymark-common';
import { parse, parseAllDocuments } from 'yaml';
import {
  DescribedEntity,
  knownRefs,
  readEntities,
  readTrees,
} from './__testUtils__/catalog';

const trees = readTrees();
const entities = readEntities(trees);
const refs = knownRefs(entities);

function textOf(repository: string, file: string): string {
  const found = trees.get(repository)?.get(file);
  if (!found) throw new Error(`${repository} has no ${file}`);
  return found.content.toString('utf8');
}

/** The text that a repository reference of an entity leads to. */
function follow(
  value: string,
  { repository, folder }: DescribedEntity,
): string {
  const parsed = parseRepositoryReference(value);
  if (!parsed.ok) throw new Error(`${value}: ${parsed.reason}`);
  const { reference } = parsed;
  switch (reference.kind) {
    case 'path':
      return textOf(repository, path.posix.join(folder, reference.path));
    case 'repositoryFile':
      return textOf(reference.repository, reference.path);
    default:
      throw new Error(`${value} leads out of the forge`);
  }
}

const annotated = (annotation: string) =>
  entities.flatMap(described => {
    const value = described.entity.metadata.annotations?.[annotation];
    return value ? [[described.ref, value, described] as const] : [];
  });

describe('what the Operate card reads', () => {
  it.each(annotated('waymark.dev/on-call'))(
    '%s has a schedule of people that exist: %s',
    (_, value, described) => {
      const { spec } = parseOnCallSchedule(parse(follow(value, described)));
      const named = [
        ...spec.layers.flatMap(layer => layer.members),
        ...spec.overrides.map(override => override.member),
        ...(spec.escalation ? [spec.escalation.to] : []),
      ];
      expect(named.length).toBeGreaterThanOrEqual(3);
      expect(named.filter(ref => !refs.has(ref))).toEqual([]);
    },
  );

  it.each(annotated('waymark.dev/slo'))(
    '%s has objectives: %s',
    (_, value, described) => {
      const documents = parseAllDocuments(follow(value, described));
      const summaries = summarizeOpenSlo(
        documents.map(document => document.toJS()),
      );
      expect(summaries).toHaveLength(2);
    },
  );

  it.each(annotated('waymark.dev/runbook'))(
    '%s has a runbook: %s',
    (_, value, described) => {
      expect(follow(value, described)).toMatch(/^# Runbook: .+\n[^]*\n## /);
    },
  );

  it.each(annotated('waymark.dev/dashboard'))(
    '%s has a dashboard: %s',
    (_, value, described) => {
      const { panels } = JSON.parse(follow(value, described));
      expect(panels).toHaveLength(4);
    },
  );

  it.each(annotated('backstage.io/techdocs-ref'))(
    '%s has every page of its documentation: %s',
    (_, _value, { repository, folder }) => {
      const file = (name: string) => path.posix.join(folder, name);
      const { nav } = parse(textOf(repository, file('mkdocs.yml')));
      const pages = (nav as Record<string, string>[]).flatMap(page =>
        Object.values(page).map(name =>
          textOf(repository, file(`docs/${name}`)),
        ),
      );
      expect(pages.length).toBeGreaterThan(0);
      expect(pages.filter(page => !page.startsWith('# '))).toEqual([]);
    },
  );

  it.each(['on-call', 'runbook', 'slo', 'dashboard'])(
    'is there for eight entities or more: %s',
    name => {
      expect(annotated(`waymark.dev/${name}`).length).toBeGreaterThanOrEqual(8);
    },
  );
});
