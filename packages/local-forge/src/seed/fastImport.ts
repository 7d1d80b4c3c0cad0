import { PlannedCommit } from './planHistory';
import { SeedTree } from './seedFolder';
import { SeedUser } from './types';

function data(content: Buffer | string): Buffer[] {
  const bytes = Buffer.from(content);
  return [Buffer.from(`data ${bytes.length}\n`), bytes, Buffer.from('\n')];
}

function zone(offset: number): string {
  const pad = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const size = Math.abs(offset);
  return `${offset < 0 ? '-' : '+'}${pad(size / 60)}${pad(size % 60)}`;
}

function changes(before: SeedTree, after: SeedTree): Buffer[] {
  const lines: Buffer[] = [];
  for (const file of before.keys()) {
    if (!after.has(file)) lines.push(Buffer.from(`D ${file}\n`));
  }
  for (const [file, { content, executable }] of after) {
    const old = before.get(file);
    if (!old?.content.equals(content) || old.executable !== executable) {
      const mode = executable ? '100755' : '100644';
      lines.push(Buffer.from(`M ${mode} inline ${file}\n`), ...data(content));
    }
  }
  return lines;
}

/**
 * Writes a plan in the input format of `git fast-import`.
 *
 * @param plan - parents before children; the commits that carry `branch` become its heads
 * @param users - the authors, by login
 */
export function toFastImport(
  plan: PlannedCommit[],
  users: Map<string, SeedUser>,
): Buffer {
  const stream: Buffer[] = [Buffer.from('feature done\n')];
  for (const [index, commit] of plan.entries()) {
    const user = users.get(commit.author);
    if (!user) throw new Error(`no user "${commit.author}"`);
    const seconds = Math.floor(commit.date.getTime() / 1000);
    const who = `${user.name} <${user.email}> ${seconds} ${zone(
      commit.utcOffset,
    )}`;
    stream.push(
      Buffer.from(
        `commit refs/seed/writing\nmark :${
          index + 1
        }\nauthor ${who}\ncommitter ${who}\n`,
      ),
      ...data(`${commit.message.trim()}\n`),
    );
    let before: SeedTree = new Map();
    if (commit.parent !== undefined) {
      before = plan[commit.parent].tree;
      stream.push(Buffer.from(`from :${commit.parent + 1}\n`));
    }
    if (commit.mergedFrom !== undefined) {
      stream.push(Buffer.from(`merge :${commit.mergedFrom + 1}\n`));
    }
    stream.push(...changes(before, commit.tree), Buffer.from('\n'));
    if (commit.branch) {
      stream.push(
        Buffer.from(
          `reset refs/heads/${commit.branch}\nfrom :${index + 1}\n\n`,
        ),
      );
    }
  }
  stream.push(
    Buffer.from(`reset refs/seed/writing\nfrom ${'0'.repeat(40)}\n\ndone\n`),
  );
  return Buffer.concat(stream);
}
