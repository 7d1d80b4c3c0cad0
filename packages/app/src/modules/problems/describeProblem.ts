import { CatalogProblem } from '@waymark/waymark-common';

/** A problem in the words of the page. */
export interface ProblemDescription {
  /** What is wrong, without the address of the file. */
  reason: string;
  /** The place in the file, as the parser quotes it. */
  excerpt?: string;
  /** How people name the file: `owner/repository/path`, or its address. */
  file: string;
  /** The file on the forge, at the line if it is known. */
  url?: string;
  /** `owner/repository`, where the address tells. */
  repository?: string;
}

const FILE_OF_REPOSITORY =
  /^https?:\/\/[^/]+\/([^/]+\/[^/]+)\/(?:blob|tree|edit|raw)\/[^/]+\/(.+)$/;
/** What the catalog puts before the words of the processor that refused an entity, which name it themselves. */
const REFUSED_BY_PROCESSOR =
  /^Processor \w+ threw an error while [^;\n]+; caused by \w*Error: (?:url:\S+: )?/;
const YAML_ERROR = /^YAML error at \S+, (?:YAML\w*Error: )?/;

/** Takes the address of the file and the quoted line out of the first error. */
export function describeProblem(problem: CatalogProblem): ProblemDescription {
  const { message = '' } = problem.errors[0] ?? {};
  const [first, ...rest] = message
    .replace(YAML_ERROR, 'Not valid YAML: ')
    .replace(REFUSED_BY_PROCESSOR, '')
    .trimEnd()
    .split('\n');
  const excerpt = rest.join('\n').replace(/^(?:[ \t]*\n)+/, '');
  const line = /\bline (\d+)/.exec(first)?.[1];
  const address = problem.location?.replace(/^url:/, '');
  const [, repository, path] = FILE_OF_REPOSITORY.exec(address ?? '') ?? [];
  const isLink = address !== undefined && /^https?:\/\//.test(address);
  return {
    reason: excerpt ? first.replace(/:$/, '') : first,
    excerpt: excerpt || undefined,
    file: path ? `${repository}/${path}` : address ?? problem.entityRef,
    url: isLink ? `${address}${line ? `#L${line}` : ''}` : undefined,
    repository,
  };
}
