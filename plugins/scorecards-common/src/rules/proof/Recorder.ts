import type { SyntaxNode } from '../syntax';
import type { CelValue } from '../values/values';
import type { Path } from '../compile/paths';

/** One evaluation of one node. */
export interface Recorded {
  readonly node: SyntaxNode;
  readonly path: Path | undefined;
  value: CelValue;
  readonly children: Recorded[];
}

/** Items of a loop whose evaluation is kept: enough to see why, few enough to read. */
const MAX_EVALUATIONS = 2_000;

/** Keeps what every sub-expression gave, in the order of evaluation. */
export class Recorder {
  readonly #open: Recorded[] = [];
  #root: Recorded | undefined;
  #count = 0;

  static create(): Recorder {
    return new Recorder();
  }

  private constructor() {}

  /** The evaluation of the whole expression. */
  get root(): Recorded | undefined {
    return this.#root;
  }

  /** Whether evaluations were left out because there were too many. */
  get truncated(): boolean {
    return this.#count > MAX_EVALUATIONS;
  }

  begin(node: SyntaxNode, path: Path | undefined): Recorded {
    const recorded: Recorded = { node, path, value: null, children: [] };
    this.#count += 1;
    if (this.#open.length === 0) this.#root = recorded;
    else if (!this.truncated) this.#open.at(-1)!.children.push(recorded);
    this.#open.push(recorded);
    return recorded;
  }

  end(recorded: Recorded, value: CelValue): void {
    recorded.value = value;
    this.#open.pop();
  }
}
