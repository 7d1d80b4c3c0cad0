import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { parse, stringify } from 'yaml';
import { runProgram } from '../../programs';
import { Judge, Output } from './Judge';

const RULES = 'deploy/alerts/rules.yaml';
const TESTS = 'deploy/alerts/rules.test.yaml';
/** What the tests call the rules without the resource around them. */
const PLAIN = 'rules.plain.yaml';

function promtool(name: string, place: string, args: string[]): Judge {
  return {
    name,
    programs: ['promtool'],
    optional: true,
    async judge({ folder, paths }: Output) {
      if (!paths.includes(RULES) || !paths.includes(place)) return undefined;
      const apart = await mkdtemp(join(tmpdir(), 'waymark-rules-'));
      try {
        const { spec } = parse(await readFile(join(folder, RULES), 'utf8'));
        await writeFile(join(apart, PLAIN), stringify(spec));
        await copyFile(join(folder, place), join(apart, basename(place)));
        const ended = await runProgram('promtool', args, { cwd: apart });
        if (ended.code === 0) return [];
        const message = `${ended.stdout}\n${ended.stderr}`
          .split('\n')
          .map(line => line.trim())
          .filter(
            line => line && !/^(SUCCESS|Checking|Unit Testing)/.test(line),
          )
          .join(' ');
        return [{ place, rule: name.replaceAll(' ', '/'), message }];
      } finally {
        await rm(apart, { recursive: true, force: true });
      }
    },
  };
}

/** Alert rules. */
export const alertRules = promtool('promtool check', RULES, [
  'check',
  'rules',
  PLAIN,
]);

/** The tests of alert rules, which play days of metrics: they take their time. */
export const alertTests = promtool('promtool test', TESTS, [
  'test',
  'rules',
  basename(TESTS),
]);
