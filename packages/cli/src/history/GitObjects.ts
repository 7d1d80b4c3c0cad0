const NEWLINE = 10;
const ID_BYTES = 20;
const PERSON = /^(?<name>.*) <(?<address>.*)> (?<seconds>\d+) [+-]\d{4}$/;

/** An entry of a tree. */
export interface GitEntry {
  /** As the tree has it: `100644`, `40000`. */
  mode: string;
  name: string;
  sha: string;
}

/** A commit, as far as anybody asks. */
export interface GitCommit {
  tree: string;
  parents: string[];
  /** When it was committed. */
  at: Date;
  /** Of the author. */
  name: string;
  /** Of the author. */
  address: string;
}

/** All objects of a repository, by their ids. */
export class GitObjects {
  readonly #contents = new Map<string, Buffer>();
  readonly #commits = new Map<string, GitCommit>();
  readonly #trees = new Map<string, GitEntry[]>();

  /** @param output - of `git cat-file --batch` */
  static parse(output: Buffer): GitObjects {
    const objects = new GitObjects();
    let start = 0;
    while (start < output.length) {
      const end = output.indexOf(NEWLINE, start);
      const [sha, , size] = output.toString('latin1', start, end).split(' ');
      const from = end + 1;
      const to = from + Number(size);
      objects.#contents.set(sha, output.subarray(from, to));
      start = to + 1;
    }
    return objects;
  }

  private constructor() {}

  blob(sha: string): Buffer {
    const content = this.#contents.get(sha);
    if (!content) throw new Error(`There is no Git object ${sha}`);
    return content;
  }

  commit(sha: string): GitCommit {
    const known = this.#commits.get(sha) ?? parseCommit(sha, this.blob(sha));
    this.#commits.set(sha, known);
    return known;
  }

  tree(sha: string): GitEntry[] {
    const known = this.#trees.get(sha) ?? parseTree(this.blob(sha));
    this.#trees.set(sha, known);
    return known;
  }
}

function parseCommit(sha: string, content: Buffer): GitCommit {
  const [head] = content.toString('utf8').split('\n\n', 1);
  const values = (field: string) =>
    head
      .split('\n')
      .filter(line => line.startsWith(`${field} `))
      .map(line => line.slice(field.length + 1));
  const person = (field: string) => {
    const groups = PERSON.exec(values(field)[0] ?? '')?.groups;
    if (!groups) throw new Error(`Commit ${sha} has no ${field}`);
    return groups;
  };
  const { name, address } = person('author');
  return {
    tree: values('tree')[0],
    parents: values('parent'),
    at: new Date(Number(person('committer').seconds) * 1000),
    name,
    address,
  };
}

function parseTree(content: Buffer): GitEntry[] {
  const entries: GitEntry[] = [];
  let start = 0;
  while (start < content.length) {
    const end = content.indexOf(0, start);
    const text = content.toString('utf8', start, end);
    const space = text.indexOf(' ');
    const to = end + 1 + ID_BYTES;
    entries.push({
      mode: text.slice(0, space),
      name: text.slice(space + 1),
      sha: content.toString('hex', end + 1, to),
    });
    start = to;
  }
  return entries;
}
