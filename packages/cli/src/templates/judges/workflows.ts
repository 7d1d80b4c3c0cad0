import { z } from 'zod';
import { runProgram } from '../../programs';
import { placeOf } from '../Finding';
import { couldNotJudge, Judge } from './Judge';

const WORKFLOW = /^\.github\/workflows\/[^/]+\.ya?ml$/;
/** What zizmor audits. */
const AUDITED = /^\.github\/(workflows\/[^/]+|dependabot)\.ya?ml$/;

const actionlintSchema = z.array(
  z.object({
    message: z.string(),
    filepath: z.string(),
    line: z.number(),
    kind: z.string(),
  }),
);

/** Syntax, expressions and inputs of GitHub Actions. */
export const actionlint: Judge = {
  name: 'actionlint',
  programs: ['actionlint'],
  async judge({ folder, paths }) {
    const files = paths.filter(path => WORKFLOW.test(path));
    if (files.length === 0) return undefined;
    const ended = await runProgram(
      'actionlint',
      // Whether these two are installed must not change the verdict.
      ['-shellcheck=', '-pyflakes=', '-format', '{{json .}}', ...files],
      { cwd: folder },
    );
    if (ended.code > 1) return [couldNotJudge('actionlint', ended)];
    return actionlintSchema
      .parse(JSON.parse(ended.stdout))
      .map(({ filepath, line, kind, message }) => ({
        place: placeOf(filepath, line),
        rule: `actionlint/${kind}`,
        message,
      }));
  },
};

const zizmorSchema = z.array(
  z.object({
    ident: z.string(),
    desc: z.string(),
    determinations: z.object({ severity: z.string() }),
    locations: z.array(
      z.object({
        symbolic: z.object({
          key: z.object({
            Local: z.object({ given_path: z.string() }).optional(),
          }),
          kind: z.string().optional(),
        }),
        concrete: z.object({
          location: z.object({ start_point: z.object({ row: z.number() }) }),
        }),
      }),
    ),
  }),
);

/** Security of GitHub Actions; nothing above low. */
export const zizmor: Judge = {
  name: 'zizmor',
  programs: ['zizmor'],
  async judge({ folder, paths }) {
    const files = paths.filter(path => AUDITED.test(path));
    if (files.length === 0) return undefined;
    const ended = await runProgram(
      'zizmor',
      [
        '--offline',
        '--no-progress',
        '--no-config',
        '--no-exit-codes',
        '--format=json',
        '--min-severity=medium',
        ...files,
      ],
      { cwd: folder },
    );
    if (ended.code !== 0) return [couldNotJudge('zizmor', ended)];
    return zizmorSchema
      .parse(JSON.parse(ended.stdout))
      .map(({ ident, desc, determinations, locations }) => {
        const where =
          locations.find(({ symbolic }) => symbolic.kind === 'Primary') ??
          locations[0];
        return {
          place: placeOf(
            where?.symbolic.key.Local?.given_path ?? files[0],
            (where?.concrete.location.start_point.row ?? 0) + 1,
          ),
          rule: `zizmor/${ident}`,
          message: `${desc} (${determinations.severity})`,
        };
      });
  },
};
