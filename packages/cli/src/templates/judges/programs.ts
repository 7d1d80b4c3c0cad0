import { z } from 'zod';
import { runProgram } from '../../programs';
import { Finding, placeOf } from '../Finding';
import { couldNotJudge, Judge } from './Judge';

/** A finding for each line of a program's output, `<file>:<line>…` where it says so. */
const linesOf = (output: string, rule: string): Finding[] =>
  output
    .split('\n')
    .filter(Boolean)
    .map(line => {
      const [, file, number, message] =
        /^(?:\.\/)?([^:\s]+):(\d+):(?:\d+:)?\s*(.*)$/.exec(line) ?? [];
      return file
        ? { place: placeOf(file, Number(number)), rule, message }
        : { rule, message: line };
    });

/** Terraform's own format. */
export const terraformFmt: Judge = {
  name: 'terraform fmt',
  programs: ['terraform'],
  async judge({ folder, paths }) {
    if (!paths.some(path => path.endsWith('.tf'))) return undefined;
    const ended = await runProgram(
      'terraform',
      ['fmt', '-check', '-recursive', '-no-color'],
      { cwd: folder, env: { ...process.env, CHECKPOINT_DISABLE: 'true' } },
    );
    if (ended.code === 0) return [];
    if (ended.code !== 3) return [couldNotJudge('terraform/fmt', ended)];
    return ended.stdout
      .split('\n')
      .filter(Boolean)
      .map(path => ({
        place: placeOf(path),
        rule: 'terraform/fmt',
        message: 'it is not formatted: terraform fmt',
      }));
  },
};

/** Go's own format. */
export const gofmt: Judge = {
  name: 'gofmt',
  programs: ['gofmt'],
  async judge({ folder, paths }) {
    const files = paths.filter(path => path.endsWith('.go'));
    if (files.length === 0) return undefined;
    const ended = await runProgram('gofmt', ['-l', ...files], { cwd: folder });
    return [
      ...linesOf(ended.stderr, 'gofmt/syntax'),
      ...ended.stdout
        .split('\n')
        .filter(Boolean)
        .map(path => ({
          place: placeOf(path),
          rule: 'gofmt/format',
          message: 'it is not formatted: gofmt -w',
        })),
    ];
  },
};

const leaksSchema = z.array(
  z.object({
    RuleID: z.string(),
    Description: z.string(),
    StartLine: z.number(),
    File: z.string(),
  }),
);

/** Secrets. */
export const gitleaks: Judge = {
  name: 'gitleaks',
  programs: ['gitleaks'],
  async judge({ folder }) {
    const ended = await runProgram(
      'gitleaks',
      [
        'dir',
        '.',
        '--no-banner',
        '--redact',
        '--log-level=error',
        '--exit-code=2',
        '--report-format=json',
        '--report-path=-',
      ],
      { cwd: folder },
    );
    if (ended.code !== 0 && ended.code !== 2) {
      return [couldNotJudge('gitleaks', ended)];
    }
    return leaksSchema
      .parse(JSON.parse(ended.stdout || '[]'))
      .map(({ File, StartLine, RuleID, Description }) => ({
        place: placeOf(File, StartLine),
        rule: `gitleaks/${RuleID}`,
        message: Description,
      }));
  },
};

/** Form of YAML, by the rules that the generated repository brings. */
export const yamllint: Judge = {
  name: 'yamllint',
  programs: ['yamllint'],
  optional: true,
  async judge({ folder, paths }) {
    if (!paths.includes('.yamllint')) return undefined;
    const ended = await runProgram(
      'yamllint',
      ['--strict', '--format=parsable', '.'],
      { cwd: folder },
    );
    return ended.code === 0 ? [] : linesOf(ended.stdout, 'yamllint');
  },
};
