import { ChangeDefinition, MergedBranchDefinition } from './definition';
import { createRandom, pick, Random } from './random';
import { matchPaths, replaceOnce, ResolvedChange, rewind } from './rewind';
import { finalTree, SeedSource, SeedTree } from './seedFolder';
import { orderInstants, toOfficeHours } from './workingHours';

const DAY = 86_400_000;

/** A commit that is ready to be written. */
export interface PlannedCommit {
  message: string;
  /** Login of the author. */
  author: string;
  /** Offset of the author's clock from UTC in minutes. */
  utcOffset: number;
  date: Date;
  tree: SeedTree;
  /** Index of the first parent in the plan; undefined for the root commit. */
  parent?: number;
  /** Index of the second parent of a merge commit. */
  mergedFrom?: number;
  /** Index into the plan; set on the last commit of a branch. */
  branch?: string;
}

interface TimelineEntry {
  change: ResolvedChange;
  position: number;
  ago?: number;
  author: string;
  merge?: string;
}

const isMergedBranch = (
  entry: ChangeDefinition | MergedBranchDefinition,
): entry is MergedBranchDefinition => 'merge' in entry;

/** Offsets in which the people of the organisation live. */
function utcOffsetOf(login: string): number {
  return pick(createRandom(login), [0, 60, 60, 60, 120, 330]);
}

function assignFiles(
  name: string,
  tree: SeedTree,
  changes: { add: string[] }[],
): string[][] {
  const added = changes.map(change => {
    const paths = matchPaths(tree.keys(), change.add);
    if (change.add.length && !paths.length) {
      throw new Error(`${name}no file matches ${change.add.join(', ')}`);
    }
    return paths;
  });
  const later = new Set(added.flat());
  // What no other change adds was there from the first.
  added[0] = [...tree.keys()].filter(
    file => !later.has(file) || added[0].includes(file),
  );
  return added;
}

function stackTimeline(source: SeedSource, random: Random): TimelineEntry[] {
  const { authors } = source.definition.history;
  return source.stacks.flatMap(({ name, files, definition }) => {
    const added = assignFiles(`stack ${name}: `, files, definition.changes);
    let last = 0;
    return definition.changes.map((change, index) => {
      const wanted = change.at + (random() - 0.5) * 0.08;
      last = Math.min(0.97, Math.max(wanted, last + 0.001, 0.01));
      return {
        position: last,
        author: pick(random, change.by ?? authors),
        change: {
          message: pick(random, change.messages),
          add: added[index],
          grow: {},
          edit: change.edit,
        },
      };
    });
  });
}

function ownTimeline(source: SeedSource, random: Random): TimelineEntry[] {
  const { authors, commits } = source.definition.history;
  const flat = commits.flatMap(entry =>
    isMergedBranch(entry) ? entry.commits : [entry],
  );
  const added = assignFiles('', source.files, flat);
  let index = 0;
  return commits.flatMap((entry, step) => {
    const position = commits.length === 1 ? 0 : step / (commits.length - 1);
    const inner = isMergedBranch(entry) ? entry.commits : [entry];
    const branchAuthor = pick(random, authors);
    return inner.map(({ message, grow, edit, by, ago }, place) => ({
      // The commits of one branch stay together: nothing sorts between them.
      position: position + place * 1e-9,
      ago,
      author:
        by ?? (isMergedBranch(entry) ? branchAuthor : pick(random, authors)),
      merge: isMergedBranch(entry) ? entry.merge : undefined,
      change: { message, grow, edit, add: added[index++] },
    }));
  });
}

function treesOf(source: SeedSource, timeline: TimelineEntry[]): SeedTree[] {
  const trees: SeedTree[] = [];
  let tree = finalTree(source);
  for (const { change } of [...timeline].reverse()) {
    trees.unshift(tree);
    tree = rewind(tree, change);
    if (
      tree.size === trees[0].size &&
      [...tree].every(([file, { content }]) =>
        trees[0].get(file)?.content.equals(content),
      )
    ) {
      throw new Error(`"${change.message}" changes nothing`);
    }
  }
  if (tree.size) {
    throw new Error(`never added: ${[...tree.keys()].join(', ')}`);
  }
  return trees;
}

function datesOf(
  source: SeedSource,
  timeline: TimelineEntry[],
  now: Date,
  random: Random,
): Date[] {
  const { from, to } = source.definition.history;
  const instants = timeline.map(({ position, ago, author }) => {
    const days = ago ?? from + (to - from) * position ** 0.92;
    return toOfficeHours(
      new Date(now.getTime() - days * DAY),
      utcOffsetOf(author),
      random,
    );
  });
  return orderInstants(instants, now, random);
}

function planMainLine(source: SeedSource, now: Date): PlannedCommit[] {
  const random = createRandom(source.name);
  const timeline = [
    ...ownTimeline(source, random),
    ...stackTimeline(source, random),
  ].sort((a, b) => a.position - b.position);
  const trees = treesOf(source, timeline);
  const dates = datesOf(source, timeline, now, random);
  const plan: PlannedCommit[] = [];
  let tip: number | undefined;
  let forkedAt: number | undefined;
  for (const [index, { change, author, merge }] of timeline.entries()) {
    if (merge && timeline[index - 1]?.merge !== merge) forkedAt = tip;
    plan.push({
      message: change.message,
      author,
      utcOffset: utcOffsetOf(author),
      date: dates[index],
      tree: trees[index],
      parent: tip,
    });
    tip = plan.length - 1;
    if (merge && timeline[index + 1]?.merge !== merge) {
      const merger = pick(random, source.definition.history.authors);
      plan.push({
        message: `Merge branch '${merge}'`,
        author: merger,
        utcOffset: utcOffsetOf(merger),
        date: new Date(dates[index].getTime() + 3 * 60_000),
        tree: trees[index],
        parent: forkedAt,
        mergedFrom: tip,
      });
      tip = plan.length - 1;
    }
  }
  return plan;
}

function applyForward(
  tree: SeedTree,
  commit: SeedSource['definition']['branches'][number]['commits'][number],
): SeedTree {
  const after: SeedTree = new Map(tree);
  for (const [file, text] of Object.entries(commit.write)) {
    after.set(file, { content: Buffer.from(text), executable: false });
  }
  for (const { path: file, was, now } of commit.edit) {
    const before = after.get(file);
    if (!before) throw new Error(`"${commit.message}": ${file} is not there`);
    const text = replaceOnce(before.content.toString('utf8'), was, now);
    after.set(file, { ...before, content: Buffer.from(text) });
  }
  return after;
}

/**
 * Lays out every commit of a repository: the main line, told backwards from its final tree, then the open branches,
 * which leave it at its end.
 *
 * @throws Error naming repository and commit when a change does not fit the text it changes
 */
export function planHistory(source: SeedSource, now: Date): PlannedCommit[] {
  try {
    const plan = planMainLine(source, now);
    const end = plan.length - 1;
    plan[end].branch = 'main';
    for (const branch of source.definition.branches) {
      let parent = end;
      let { tree } = plan[end];
      for (const commit of branch.commits) {
        tree = applyForward(tree, commit);
        const time = Math.max(
          now.getTime() - commit.ago * DAY,
          plan[parent].date.getTime() + 7 * 60_000,
        );
        plan.push({
          message: commit.message,
          author: commit.by,
          utcOffset: utcOffsetOf(commit.by),
          date: new Date(time),
          tree,
          parent,
        });
        parent = plan.length - 1;
      }
      plan[parent].branch = branch.name;
    }
    return plan;
  } catch (error) {
    throw new Error(`${source.name}: ${(error as Error).message}`);
  }
}
