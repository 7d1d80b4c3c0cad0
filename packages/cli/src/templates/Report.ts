import { describeFinding, Finding, LocatedFinding } from './Finding';

/** Checks that passed, findings, and what could not be checked here. */
export class Report {
  readonly #findings: LocatedFinding[] = [];
  readonly #skipped = new Set<string>();
  readonly #print: (line: string) => void;
  #passed = 0;
  #failed = 0;

  static create(print: (line: string) => void): Report {
    return new Report(print);
  }

  private constructor(print: (line: string) => void) {
    this.#print = print;
  }

  /** One check, which has passed when there are no findings. */
  add(
    findings: readonly Finding[],
    of: { template: string; answers?: string },
  ): void {
    if (findings.length === 0) this.#passed += 1;
    else this.#failed += 1;
    for (const finding of findings) {
      const located = { ...finding, ...of };
      this.#findings.push(located);
      this.#print(describeFinding(located));
    }
  }

  /** @param sentence - what was not checked, and what to install */
  skip(sentence: string): void {
    this.#skipped.add(sentence);
  }

  get findings(): readonly LocatedFinding[] {
    return this.#findings;
  }

  get passed(): number {
    return this.#passed;
  }

  get failed(): number {
    return this.#failed;
  }

  get skipped(): readonly string[] {
    return [...this.#skipped];
  }
}
