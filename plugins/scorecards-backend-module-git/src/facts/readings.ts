import { DependencyFact, dependencyFacts, isManifest } from './dependencies';
import { dockerfileFacts, DockerfileFacts } from './dockerfile';
import { lockFileFacts } from './lockFiles';
import { RuntimeFact, runtimeFacts } from './runtimes';
import { terraformModules } from './terraformModules';
import { Reading, textUpTo } from './TreeFile';
import { workflowFacts } from './workflows';

const KIBIBYTE = 1024;
const MEBIBYTE = 1024 * KIBIBYTE;
// Nobody writes larger ones by hand, and the parsers of YAML and Dockerfiles hold everybody up while they run.
const MOST_PARSED = 128 * KIBIBYTE;

export const WORKFLOW: Reading<ReturnType<typeof workflowFacts>> = {
  name: 'workflow',
  mostBytes: MOST_PARSED,
  of: workflowFacts,
};

export const DEPENDABOT = textUpTo(MOST_PARSED);

/** GitHub reads no larger one. */
export const CODE_OWNERS = textUpTo(3 * MEBIBYTE);

/** Lock files of large repositories come close. */
export const LOCK_FILE: Reading<ReturnType<typeof lockFileFacts>> = {
  name: 'lock file',
  mostBytes: 5 * MEBIBYTE,
  of: lockFileFacts,
};

export const DOCKERFILE: Reading<DockerfileFacts> = {
  name: 'Dockerfile',
  mostBytes: MOST_PARSED,
  of: (path, text = '') => dockerfileFacts(path, text),
};

export const MANIFEST: Reading<{
  runtimes: RuntimeFact[];
  dependencies: DependencyFact[];
}> = {
  name: 'manifest',
  mostBytes: MOST_PARSED,
  of: (path, text = '') => ({
    runtimes: runtimeFacts(path, text),
    dependencies: isManifest(path) ? dependencyFacts(path, text) : [],
  }),
};

export const TERRAFORM: Reading<ReturnType<typeof terraformModules>> = {
  name: 'Terraform',
  mostBytes: MEBIBYTE,
  of: (path, text = '') => terraformModules(path, text),
};
