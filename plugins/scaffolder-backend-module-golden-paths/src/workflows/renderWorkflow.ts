import { Document, Pair, Scalar, YAMLMap } from 'yaml';
import { Job, Permissions, Step, Workflow } from './model';
import { PinTable } from './PinTable';

const RUNNER = 'ubuntu-24.04';

/**
 * Writes a workflow as GitHub reads it. Everything that has no permissions of its own has none.
 *
 * @throws InputError for an action that is not pinned, with its place
 */
export function renderWorkflow(workflow: Workflow, pins: PinTable): string {
  const document = new Document({
    name: workflow.name,
    on: workflow.on,
    permissions: {},
    concurrency: {
      group: workflow.concurrency.group,
      'cancel-in-progress': workflow.concurrency.cancelInProgress,
    },
    defaults: { run: { shell: 'bash' } },
  });
  const jobs = new YAMLMap();
  for (const [id, job] of Object.entries(workflow.jobs)) {
    const place = `${workflow.file}: jobs.${id}`;
    jobs.add(new Pair(id, renderJob(document, job, pins, place)));
  }
  document.set('jobs', jobs);
  spaceOut(document.contents as YAMLMap);
  spaceOut(jobs);
  return document.toString({ lineWidth: 0, singleQuote: true });
}

function renderJob(
  document: Document,
  job: Job,
  pins: PinTable,
  place: string,
): YAMLMap {
  const common = {
    name: job.name,
    needs: job.needs,
    if: job.if,
  };
  if ('workflow' in job) {
    return mapOf(document, {
      ...common,
      permissions: sorted(job.permissions),
      uses: `./.github/workflows/${job.workflow}`,
    });
  }
  const node = mapOf(document, {
    ...common,
    'runs-on': RUNNER,
    'timeout-minutes': job.timeoutMinutes,
    permissions: sorted(job.permissions),
    services: job.services,
    env: job.env,
    outputs: job.outputs,
  });
  const steps = document.createNode(
    job.steps.map((step, index) =>
      renderStep(document, step, pins, `${place}.steps[${index}]`),
    ),
  );
  node.add(new Pair('steps', steps));
  return node;
}

function renderStep(
  document: Document,
  step: Step,
  pins: PinTable,
  place: string,
): YAMLMap {
  const { name, id, env } = step;
  if ('run' in step) {
    return mapOf(document, { name, id, if: step.if, env, run: step.run });
  }
  const { uses, tag } = pins.resolve(step.uses, place);
  const pinned = new Scalar(uses);
  pinned.comment = ` ${tag}`;
  return mapOf(document, {
    name,
    id,
    if: step.if,
    uses: pinned,
    with: step.with,
    env,
  });
}

/** A mapping without the keys that have no value. */
function mapOf(document: Document, entries: Record<string, unknown>): YAMLMap {
  const map = new YAMLMap();
  for (const [key, value] of Object.entries(entries)) {
    if (value !== undefined) {
      map.add(new Pair(key, document.createNode(value)));
    }
  }
  return map;
}

function sorted(permissions: Permissions): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(permissions)
      .filter(([, value]) => value !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

function spaceOut(map: YAMLMap): void {
  for (const pair of map.items.slice(1)) {
    const key = new Scalar(
      pair.key instanceof Scalar ? pair.key.value : pair.key,
    );
    key.spaceBefore = true;
    pair.key = key;
  }
}
