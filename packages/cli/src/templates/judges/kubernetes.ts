import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { resolvePackagePath } from '@backstage/backend-plugin-api';
import { parseAllDocuments } from 'yaml';
import { z } from 'zod';
import { runProgram } from '../../programs';
import { Finding, placeOf } from '../Finding';
import { couldNotJudge, Judge, Output } from './Judge';

const SCHEMAS = resolvePackagePath('@waymark/cli', 'schemas');
const CHART = /^(charts\/[^/]+)\/Chart\.yaml$/;
/** Manifests that are applied as they are. */
const DEPLOYED = /^deploy\/.*\.yaml$/;

/** A chart, once with its own values and once with each file of its folder `ci`, as chart-testing has it. */
function chartsOf({ paths }: Output) {
  return paths.flatMap(path => {
    const folder = CHART.exec(path)?.[1];
    if (!folder) return [];
    const values = paths.filter(other => other.startsWith(`${folder}/ci/`));
    return [undefined, ...values].map(file => ({
      folder,
      name: folder.split('/')[1],
      values: file ? ['--values', file] : [],
      shown: file ?? `${folder}/values.yaml`,
    }));
  });
}

/** Charts, warnings included. */
export const helmLint: Judge = {
  name: 'helm lint',
  programs: ['helm'],
  async judge(output) {
    const charts = chartsOf(output);
    if (charts.length === 0) return undefined;
    const findings: Finding[] = [];
    for (const { folder, values, shown } of charts) {
      const { code, stdout, stderr } = await runProgram(
        'helm',
        ['lint', '--strict', folder, ...values],
        { cwd: output.folder },
      );
      if (code === 0) continue;
      const said = `${stdout}\n${stderr}`
        .split('\n')
        .filter(line => /\[(ERROR|WARNING)\]/.test(line));
      for (const message of said.length > 0 ? said : [`exit ${code}`]) {
        findings.push({ place: placeOf(shown), rule: 'helm/lint', message });
      }
    }
    return findings;
  },
};

const conformSchema = z.object({
  resources: z
    .array(
      z.object({
        kind: z.string(),
        name: z.string(),
        status: z.string(),
        msg: z.string(),
      }),
    )
    .nullable(),
  summary: z.object({ valid: z.number() }),
});

async function conform(
  manifests: string,
  place: string,
  cwd: string,
): Promise<Finding[]> {
  const ended = await runProgram(
    'kubeconform',
    [
      '-strict',
      '-summary',
      '-output=json',
      `-schema-location=${SCHEMAS}/{{.ResourceKind}}{{.KindSuffix}}.json`,
      '-',
    ],
    { cwd, input: manifests },
  );
  if (ended.code > 1 || !ended.stdout) {
    return [couldNotJudge('kubeconform', ended)];
  }
  const { resources, summary } = conformSchema.parse(JSON.parse(ended.stdout));
  const findings = (resources ?? []).map(({ kind, name, status, msg }) => ({
    place,
    rule: `kubeconform/${status.replace('status', '').toLowerCase()}`,
    message: `${kind} ${name}: ${msg}`,
  }));
  return findings.length === 0 && summary.valid === 0
    ? [{ place, rule: 'kubeconform/empty', message: 'there is no manifest' }]
    : findings;
}

/** What charts render to. */
export const helmTemplate: Judge = {
  name: 'helm template | kubeconform',
  programs: ['helm', 'kubeconform'],
  async judge(output) {
    const charts = chartsOf(output);
    if (charts.length === 0) return undefined;
    const findings: Finding[] = [];
    for (const { folder, name, values, shown } of charts) {
      const rendered = await runProgram(
        'helm',
        ['template', name, folder, '--namespace', name, ...values],
        { cwd: output.folder },
      );
      findings.push(
        ...(rendered.code === 0
          ? await conform(rendered.stdout, shown, output.folder)
          : [{ ...couldNotJudge('helm/template', rendered), place: shown }]),
      );
    }
    return findings;
  },
};

/** Manifests outside of charts. */
export const kubeconform: Judge = {
  name: 'kubeconform',
  programs: ['kubeconform'],
  async judge({ folder, paths }) {
    const findings: Finding[] = [];
    let manifests = 0;
    for (const path of paths.filter(name => DEPLOYED.test(name))) {
      const text = await readFile(join(folder, path), 'utf8');
      const documents = parseAllDocuments(text);
      const isManifest =
        Array.isArray(documents) &&
        documents.some(
          document => document.has('apiVersion') && document.has('kind'),
        );
      if (!isManifest) continue;
      manifests += 1;
      findings.push(...(await conform(text, placeOf(path), folder)));
    }
    return manifests > 0 ? findings : undefined;
  },
};
