/** A module that a Terraform file calls. */
export interface TerraformModule {
  file: string;
  name: string;
  source: string;
  version: string | null;
  pinned: boolean;
}

// Strings (an escaped quote does not end one), comments, here-documents, braces, and the attributes and blocks we look for.
// What begins always ends a token, closed or not, so that no text is walked more than once.
const TOKEN =
  /"(?:[^"\\\n]|\\.)*"?|#[^\n]*|\/\/[^\n]*|\/\*|<<-?([A-Za-z_][\w-]*)[^\n]*\n|[{}]|[A-Za-z_][\w-]*|=/g;

/** Whether Terraform reads a file. */
export const isTerraform = (path: string) => path.endsWith('.tf');

const text = (token: string) => token.slice(1, -1).replace(/\\(["\\])/g, '$1');

/**
 * The module calls of a Terraform file.
 *
 * @remarks
 * The HCL parsers to be had for JavaScript are HashiCorp's compiled to it: they take most of a second for a file of 50 kB,
 * during which the portal would answer nobody. Nothing but two attributes of one sort of block is needed.
 */
export function terraformModules(
  file: string,
  content: string,
): TerraformModule[] {
  const modules: TerraformModule[] = [];
  let depth = 0;
  let current: { name: string; source?: string; version?: string } | undefined;
  let before: string[] = [];
  TOKEN.lastIndex = 0;
  for (let match = TOKEN.exec(content); match; match = TOKEN.exec(content)) {
    const [token, heredoc] = match;
    if (heredoc) {
      TOKEN.lastIndex = endOfHeredoc(content, TOKEN.lastIndex, heredoc);
    } else if (token === '/*') {
      const end = content.indexOf('*/', TOKEN.lastIndex);
      TOKEN.lastIndex = end < 0 ? content.length : end + 2;
    } else if (/^(?:#|\/\/)/.test(token)) {
      continue;
    } else if (token === '{') {
      const [keyword, label] = before.slice(-2);
      if (depth === 0 && keyword === 'module' && label?.startsWith('"')) {
        current = { name: text(label) };
      }
      depth += 1;
      before = [];
    } else if (token === '}') {
      depth = Math.max(0, depth - 1);
      if (depth === 0 && current) {
        modules.push(...describe(file, current));
        current = undefined;
      }
      before = [];
    } else {
      const [name, equals] = before.slice(-2);
      if (current && depth === 1 && equals === '=' && token.startsWith('"')) {
        if (name === 'source' || name === 'version') {
          current[name] = text(token);
        }
      }
      before = [...before.slice(-1), token];
    }
  }
  return modules;
}

function endOfHeredoc(content: string, from: number, marker: string): number {
  for (let at = from; at < content.length; ) {
    const end = content.indexOf('\n', at);
    const next = end < 0 ? content.length : end + 1;
    if (content.slice(at, next).trim() === marker) {
      return next;
    }
    at = next;
  }
  return content.length;
}

function describe(
  file: string,
  module: { name: string; source?: string; version?: string },
): TerraformModule[] {
  const { name, source, version = null } = module;
  return source === undefined
    ? []
    : [{ file, name, source, version, pinned: isPinned(source, version) }];
}

function isPinned(source: string, version: string | null): boolean {
  return (
    /^\.\.?\//.test(source) ||
    /[?&]ref=[^&]+/.test(source) ||
    (version !== null && /^=?\s*\d+\.\d+\.\d+[\w.+-]*$/.test(version))
  );
}
