/** Something that is wrong with a template or with what it generates. */
export interface Finding {
  /** What is read: `template.yaml:12`, or a generated file; absent when it is about the whole run. */
  place?: string;
  /** Who says so, such as `actionlint/expression`. */
  rule: string;
  message: string;
}

/** A finding with the template, and the answers when it is about what they generate. */
export interface LocatedFinding extends Finding {
  template: string;
  answers?: string;
}

/** One line for a terminal, and for whatever reads `file:line: message`. */
export function describeFinding(finding: LocatedFinding): string {
  const { template, answers, place, rule, message } = finding;
  const subject = answers ? `${template} (${answers})` : template;
  return `${subject}: ${place ? `${place}: ` : ''}${message} [${rule}]`;
}

/** `file:line` with whatever of it is known. */
export function placeOf(file: string, line?: number): string {
  return line ? `${file}:${line}` : file;
}
