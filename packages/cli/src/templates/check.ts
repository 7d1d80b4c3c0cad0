import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { InputError, toError } from '@backstage/errors';
import { PinTable } from '@waymark/scaffolder-backend-module-golden-paths';
import { isInstalled, runProgram } from '../programs';
import { checkPins } from './checkPins';
import { checkSchema } from './checkSchema';
import { checkSteps } from './checkSteps';
import { filesBelow } from './filesBelow';
import { Finding } from './Finding';
import { Generated } from './Generated';
import { compareWithGolden, writeGolden } from './golden';
import { Judge, JUDGES, Output, WORKFLOW_JUDGES } from './judges';
import { OWN_TESTS } from './ownTests';
import { Report } from './Report';
import { ActionDescription, DryRunError, Scaffolder } from './Scaffolder';
import {
  AUTHORS_FOLDERS,
  readTemplates,
  RecordedAnswers,
  TemplateSource,
} from './TemplateSource';

/** What can be checked; each but the first two needs what `render` gives. */
export const CHECKS = ['schema', 'render', 'golden', 'lint', 'test'] as const;
export type Check = (typeof CHECKS)[number];

/** Options of {@link checkTemplates}. */
export interface CheckOptions {
  /** The checkout. */
  root: string;
  /** Names of templates; all when empty. */
  names: readonly string[];
  checks: ReadonlySet<Check>;
  /** Records what is generated instead of comparing it. */
  update: boolean;
  /** Names of answers whose own tests run; all when absent. */
  testsOf?: readonly string[];
  pins: PinTable;
  /** Says what is found as soon as it is. */
  print(line: string): void;
}

/** Answers that are tried at the same time. */
const AT_ONCE = 2;

const withoutAnswers: Finding = {
  place: 'answers',
  rule: 'schema/answers',
  message: 'record answers in answers/<name>.yaml, so that it can be tried',
};

/** Checks templates as the portal would run them. */
export async function checkTemplates(options: CheckOptions): Promise<Report> {
  const { root, names, checks, pins } = options;
  const report = Report.create(options.print);
  const sources = await readTemplates(join(root, 'templates'), names);
  await requireAnswers(options);
  const usable: TemplateSource[] = [];
  for (const source of sources) {
    const of = { template: source.name };
    const findings = await checkSchema(source);
    // Whatever is checked: what cannot be tried must not pass for checked.
    if (checks.has('schema') || findings.length > 0) report.add(findings, of);
    if (source.answers.length === 0) report.add([withoutAnswers], of);
    if (checks.has('schema')) {
      report.add(
        await checkPins({
          folder: source.folder,
          pins,
          workflows: false,
          // What is generated is judged where it is generated.
          omit: AUTHORS_FOLDERS,
        }),
        of,
      );
    }
    if (findings.length === 0) usable.push(source);
  }
  if (checks.has('lint')) {
    await checkOwnWorkflows({ root, pins, report });
  }
  const scaffolder = await Scaffolder.start({ teams: teamsOf(usable) });
  try {
    const actions = await scaffolder.actions();
    for (const source of usable) {
      await checkTemplate({ ...options, source, scaffolder, actions, report });
    }
  } finally {
    await scaffolder.stop();
  }
  return report;
}

/** @throws InputError when no template has the answers whose tests are asked for: nothing would run, and nothing fail */
async function requireAnswers({ root, testsOf }: CheckOptions): Promise<void> {
  if (!testsOf) return;
  const templates = await readTemplates(join(root, 'templates'), []);
  const known = templates.flatMap(({ answers }) =>
    answers.map(({ name }) => name),
  );
  const unknown = testsOf.find(name => !known.includes(name));
  if (unknown !== undefined) {
    throw new InputError(
      `--tests-of: there are no answers "${unknown}", only ${known.join(', ')}`,
    );
  }
}

/** Teams that recorded answers name: a step may look whether the forge has them. */
function teamsOf(sources: readonly TemplateSource[]): string[] {
  const values = sources.flatMap(({ answers }) =>
    answers.flatMap(recorded => Object.values(recorded.values)),
  );
  return [
    ...new Set(
      values.flatMap(
        value => /^group:default\/(.+)$/.exec(`${value}`)?.[1] ?? [],
      ),
    ),
  ];
}

interface TemplateContext extends CheckOptions {
  source: TemplateSource;
  scaffolder: Scaffolder;
  actions: ReadonlyMap<string, ActionDescription>;
  report: Report;
}

async function checkTemplate(context: TemplateContext): Promise<void> {
  const { source, actions, checks, report } = context;
  if (checks.has('schema')) {
    report.add(checkSteps(source, actions), { template: source.name });
  }
  if (![...checks].some(check => check !== 'schema')) return;
  const waiting = [...source.answers];
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (let answers = waiting.shift(); answers; answers = waiting.shift()) {
        await checkAnswers(context, answers);
      }
    }),
  );
}

async function checkAnswers(
  context: TemplateContext,
  answers: RecordedAnswers,
): Promise<void> {
  const { source, scaffolder, checks, report, pins } = context;
  const of = { template: source.name, answers: answers.name };
  let generated: Generated;
  try {
    generated = await scaffolder.dryRun(source, answers.values);
  } catch (error) {
    if (!(error instanceof DryRunError)) throw error;
    const findings = error.reasons.map(message => ({
      rule: 'render/dry-run',
      message,
    }));
    report.add(findings, of);
    return;
  }
  if (checks.has('render')) report.add([], of);
  if (context.update) {
    await writeGolden(source.folder, answers.name, generated);
  } else if (checks.has('golden')) {
    report.add(
      await compareWithGolden(source.folder, answers.name, generated),
      of,
    );
  }
  const tested =
    checks.has('test') &&
    (context.testsOf === undefined || context.testsOf.includes(answers.name));
  if (!checks.has('lint') && !tested) return;
  await onDisk(generated, async output => {
    const add = (findings: Finding[]) => report.add(findings, of);
    if (checks.has('lint')) {
      add(await checkPins({ folder: output.folder, pins, workflows: true }));
      await judge(JUDGES, output, report, add);
    }
    if (tested) await judge(OWN_TESTS, output, report, add);
  });
}

/** Generated files in a repository of their own, as tools expect them. */
async function onDisk(
  generated: Generated,
  work: (output: Output) => Promise<void>,
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'waymark-generated-'));
  try {
    await generated.writeTo(folder);
    await runProgram('git', ['init', '--quiet'], { cwd: folder });
    await work({ folder, paths: generated.files.map(({ path }) => path) });
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function judge(
  judges: readonly Judge[],
  output: Output,
  report: Report,
  add: (findings: Finding[]) => void,
): Promise<void> {
  for (const one of judges) {
    const missing: string[] = [];
    for (const program of one.programs) {
      if (!(await isInstalled(program))) missing.push(program);
    }
    if (missing.length === 0) {
      // A judge that breaks down has not found the files to be good.
      const findings = await one
        .judge(output)
        .catch(error => [{ rule: one.name, message: toError(error).message }]);
      if (findings) add(findings);
    } else if (!one.optional) {
      report.skip(
        `${one.name}: there is no ${missing.join(
          ', ',
        )} here; "yarn waymark tools" says what to install`,
      );
    }
  }
}

/** The workflows of this repository keep the rules that it sets for others. */
async function checkOwnWorkflows(options: {
  root: string;
  pins: PinTable;
  report: Report;
}): Promise<void> {
  const { root, pins, report } = options;
  const of = { template: '.github' };
  const folder = join(root, '.github');
  const files = await filesBelow(folder).catch(() => []);
  const output = {
    folder: root,
    paths: files.map(({ path }) => `.github/${path}`),
  };
  if (files.length === 0) return;
  report.add(
    await checkPins({ folder, name: '.github', pins, workflows: true }),
    of,
  );
  await judge(WORKFLOW_JUDGES, output, report, findings =>
    report.add(findings, of),
  );
}
