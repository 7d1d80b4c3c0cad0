import { readFileSync } from 'fs';
import path from 'path';
import { readTrees } from './__testUtils__/catalog';
import { seedDirectory } from './seedFolder';

/** What templates generate, recorded to the letter: the check of the templates judges it, and knows its own rules. */
const RECORDED = /^templates\/[^/]+\/golden\//;

const trees = readTrees();
const files = [...trees].flatMap(([repository, tree]) =>
  [...tree]
    .filter(([file]) => repository !== 'portal' || !RECORDED.test(file))
    .map(([file, { content }]) => ({
      repository,
      file,
      where: `${repository}/${file}`,
      text: content.toString('utf8'),
    })),
);

/** What people read as it is: the files of a skeleton are judged once a template has made something of them. */
const shown = files.filter(
  ({ repository, file }) =>
    repository !== 'portal' || !/^templates\/[^/]+\/skeleton\//.test(file),
);

const pins = readFileSync(path.join(seedDirectory, 'action-pins.tsv'), 'utf8')
  .trim()
  .split('\n')
  .slice(1)
  .map(line => line.split('\t'))
  .map(([action, tag, commit]) => `${action}@${commit} # ${tag}`);

describe('the demo repositories', () => {
  it('pin actions to commits of the pin table only, and some do not pin', () => {
    const uses = files
      .filter(({ file }) => file.includes('.github/workflows/'))
      .flatMap(({ where, text }) =>
        [...text.matchAll(/uses: (.*)$/gm)].map(([, action]) => ({
          where,
          action,
        })),
      );
    const byCommit = uses.filter(({ action }) => /@[0-9a-f]{40}/.test(action));
    const foreign = byCommit.filter(
      // `github/codeql-action/init` is a folder of the repository that the table names.
      ({ action }) =>
        !pins.includes(action.replace(/^([^/]+\/[^/@]+)\/[^@]+@/, '$1@')),
    );
    expect(foreign).toEqual([]);
    expect(byCommit.length).toBeGreaterThan(20);
    expect(uses.length - byCommit.length).toBeGreaterThan(8);
  });

  it('name no host but reserved ones', () => {
    const reserved = /^(localhost|127\.0\.0\.1|x|[\w.-]+\.example)$/;
    const foreign = shown.flatMap(({ where, text }) =>
      [...text.matchAll(/https?:\/\/([\w.-]+)/g)]
        .filter(([, host]) => host !== '.' && !reserved.test(host))
        .map(([address]) => `${where}: ${address}`),
    );
    expect(foreign).toEqual([]);
  });

  it('name no address at all where the portal makes links of it', () => {
    const linked = shown.filter(
      ({ file, text }) =>
        /catalog-info\.yaml$|\.md$|^catalog\//.test(file) &&
        /https?:\/\//.test(text),
    );
    expect(linked.map(({ where }) => where)).toEqual([]);
  });

  it('have no dead link in their Markdown', () => {
    const dead = shown
      .filter(({ file }) => file.endsWith('.md'))
      .flatMap(({ repository, file, where, text }) =>
        [...text.matchAll(/\]\(([^)#]+)\)/g)]
          .map(([, link]) => path.posix.join(path.posix.dirname(file), link))
          .filter(target => !trees.get(repository)!.has(target))
          .map(target => `${where}: ${target}`),
      );
    expect(dead).toEqual([]);
  });

  it('hold nothing that looks like a secret', () => {
    const secret =
      /-----BEGIN|AKIA[0-9A-Z]{16}|gh[pousr]_\w{20}|xox[bp]-|password\s*[:=]\s*\S/i;
    expect(
      files.filter(({ text }) => secret.test(text)).map(({ where }) => where),
    ).toEqual([]);
  });

  it('leave no placeholder unfilled', () => {
    expect(
      files
        .filter(({ text }) => /@@\w+@@/.test(text))
        .map(({ where }) => where),
    ).toEqual([]);
  });
});
