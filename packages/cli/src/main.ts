import { writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { InputError } from '@backstage/errors';
import { PinTable } from '@waymark/scaffolder-backend-module-golden-paths';
import { demoHistory } from './history/demoHistory';
import { importTechInsights } from './import/techInsights/importTechInsights';
import { verifyLedger } from './ledger/verifyLedger';
import { rebuild } from './rebuild';
import { diffScorecards } from './scorecards/diffScorecards';
import { PortalClient } from './scorecards/PortalClient';
import { Check, CHECKS, checkTemplates } from './templates/check';

const USAGE = `Usage: yarn waymark templates check [name ...] [--only ${CHECKS.join(
  ',',
)}] [--tests-of answers,...] [--update]

  --only      only these checks; all of them otherwise
  --tests-of  run the generated services' own tests for these recorded answers only
  --update    record what is generated in templates/<name>/golden, instead of comparing

       yarn waymark rebuild [projection ...] [--check] [--config file ...]

  --check     only compare, and end with 1 where something differs
  --config    of the portal; the one of this checkout when absent

       yarn waymark scorecards diff --base ref [--portal url] [--fail-over n] [--all] [--json file]

  --base       what the working tree is compared with, such as origin/main
  --portal     that is asked; WAYMARK_PORTAL_URL when absent. Its token is WAYMARK_PORTAL_TOKEN
  --fail-over  end with 1 where more results than this change
  --all        name every entity that moves; the first 20 of each scorecard otherwise
  --json       file that takes all that the portal says, with every entity that moves

       yarn waymark ledger verify <export> [--heads file --key verifier-key]

  --heads  file of signed heads, out of reach of whoever can write to the database
  --key    whose key has signed them, as <name>+<key id>+<key>

       yarn waymark demo-history [--force]

  --force     replace the history that the scorecards of the portal have

       yarn waymark import tech-insights <file> --owner group [--name name] [--source id] [--out folder]

  --owner   of the definitions, such as group:default/platform
  --name    of the scorecard; tech-insights when absent
  --source  id of the fact source; techInsights when absent
  --out     the folder catalog of the portal repository; printed when absent`;

const print = (line: string) => process.stdout.write(`${line}\n`);
const list = (value: string | undefined) =>
  value?.split(',').map(item => item.trim());

async function main(argv: string[]): Promise<number> {
  const { values, positionals } = parseArgs({
    args: argv,
    allowPositionals: true,
    options: {
      only: { type: 'string' },
      'tests-of': { type: 'string' },
      update: { type: 'boolean', default: false },
      check: { type: 'boolean', default: false },
      force: { type: 'boolean', default: false },
      base: { type: 'string' },
      portal: { type: 'string' },
      'fail-over': { type: 'string' },
      all: { type: 'boolean', default: false },
      json: { type: 'string' },
      /** Of the local forge. */
      repositories: { type: 'string' },
      heads: { type: 'string' },
      key: { type: 'string' },
      owner: { type: 'string' },
      name: { type: 'string', default: 'tech-insights' },
      source: { type: 'string', default: 'techInsights' },
      out: { type: 'string' },
      /** Read by the backend. */
      config: { type: 'string', multiple: true },
      /** For `npm test`: where to write the counts. */
      'result-file': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  const [subject, verb, ...names] = positionals;
  if (subject === 'rebuild' && !values.help) {
    const only = positionals.slice(1);
    const isRight = await rebuild({ only, check: values.check, print });
    return isRight ? 0 : 1;
  }
  if (subject === 'demo-history' && values.repositories && !values.help) {
    const { force, repositories } = values;
    await demoHistory({ force, repositories, print });
    return 0;
  }
  if (subject === 'scorecards' && verb === 'diff' && !values.help) {
    return (await runDiff(values)) ? 0 : 1;
  }
  if (subject === 'ledger' && verb === 'verify' && !values.help) {
    return (await runVerify(names, values)) ? 0 : 1;
  }
  if (subject === 'import' && verb === 'tech-insights' && !values.help) {
    return (await runImport(names, values)) ? 0 : 1;
  }
  if (values.help || subject !== 'templates' || verb !== 'check') {
    print(USAGE);
    return values.help ? 0 : 1;
  }
  const report = await checkTemplates({
    root: resolve(resolvePackagePath('@waymark/cli'), '../..'),
    names,
    checks: new Set(checksOf(list(values.only))),
    update: values.update,
    testsOf: list(values['tests-of']),
    pins: PinTable.load(
      resolvePackagePath(
        '@waymark/scaffolder-backend-module-golden-paths',
        'data/action-pins.tsv',
      ),
    ),
    print,
  });
  const { passed, failed, skipped, findings } = report;
  for (const sentence of skipped) print(`skipped: ${sentence}`);
  print(
    `${passed} checks passed, ${failed} failed (${findings.length} findings), ${skipped.length} skipped`,
  );
  if (values['result-file']) {
    await writeFile(
      values['result-file'],
      JSON.stringify({ passed, failed, skipped }),
    );
  }
  const strict = Boolean(process.env.CI) && process.env.CI !== 'false';
  return failed > 0 || (strict && skipped.length > 0) ? 1 : 0;
}

// Yarn runs this in the folder of the package, and files are named from where it was called.
const from = (path: string) =>
  resolve(process.env.WAYMARK_CALLED_FROM ?? '.', path);

async function runDiff(values: {
  base?: string;
  portal?: string;
  'fail-over'?: string;
  all: boolean;
  json?: string;
}): Promise<boolean> {
  const { base, portal: url = process.env.WAYMARK_PORTAL_URL } = values;
  const { all, json } = values;
  const { WAYMARK_PORTAL_TOKEN: token } = process.env;
  const limit = values['fail-over'];
  if (!base) {
    throw new InputError('scorecards diff needs --base, such as origin/main');
  }
  if (!url || !token) {
    throw new InputError(
      'scorecards diff asks a portal: give --portal or WAYMARK_PORTAL_URL, and WAYMARK_PORTAL_TOKEN',
    );
  }
  if (limit !== undefined && !/^\d{1,9}$/.test(limit)) {
    throw new InputError(`--fail-over: "${limit}" is no number from 0`);
  }
  return diffScorecards({
    repository: from('.'),
    base,
    portal: PortalClient.create({ url, token }),
    ...(limit !== undefined && { failOver: Number(limit) }),
    all,
    print,
    ...(json !== undefined && {
      keep: said => writeFile(from(json), `${JSON.stringify(said, null, 2)}\n`),
    }),
  });
}

async function runVerify(
  files: string[],
  { heads, key }: { heads?: string; key?: string },
): Promise<boolean> {
  if (files.length !== 1) {
    throw new InputError(
      'ledger verify needs one file: what /api/scorecards/ledger/export gave',
    );
  }
  if ((heads === undefined) !== (key === undefined)) {
    throw new InputError('ledger verify needs both --heads and --key, or none');
  }
  return verifyLedger({
    file: from(files[0]),
    ...(heads !== undefined &&
      key !== undefined && { heads: { file: from(heads), verifierKey: key } }),
    print,
  });
}

async function runImport(
  files: string[],
  values: { owner?: string; name: string; source: string; out?: string },
): Promise<boolean> {
  const { owner, name, source, out } = values;
  if (files.length !== 1 || owner === undefined) {
    throw new InputError(
      'import tech-insights needs one file and --owner, such as --owner group:default/platform',
    );
  }
  return importTechInsights(from(files[0]), {
    ...{ owner, name, source, print },
    out: out === undefined ? undefined : from(out),
    warn: line => process.stderr.write(`${line}\n`),
  });
}

function checksOf(names: string[] | undefined): readonly Check[] {
  const unknown = names?.find(name => !CHECKS.includes(name as Check));
  if (unknown !== undefined) {
    throw new InputError(
      `There is no check "${unknown}": the checks are ${CHECKS.join(', ')}`,
    );
  }
  return (names as Check[] | undefined) ?? CHECKS;
}

main(process.argv.slice(2)).then(
  // The backend's own timers must not keep the process.
  code => process.exit(code),
  error => {
    process.stderr.write(`${error.message}\n`);
    process.exit(1);
  },
);
