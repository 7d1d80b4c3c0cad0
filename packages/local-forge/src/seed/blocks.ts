const indentation = (line: string) => line.length - line.trimStart().length;
const isBlank = (line: string) => line.trim() === '';

function endOfSection(lines: string[], start: number): number {
  const level = /^#+/.exec(lines[start])![0].length;
  let end = start + 1;
  while (end < lines.length) {
    const heading = /^(#+) /.exec(lines[end]);
    if (heading && heading[1].length <= level) break;
    end++;
  }
  return end;
}

function endOfIndentedBlock(lines: string[], start: number): number {
  const depth = indentation(lines[start]);
  let end = start + 1;
  while (
    end < lines.length &&
    (isBlank(lines[end]) || indentation(lines[end]) > depth)
  ) {
    end++;
  }
  const closes = /^\s*([})\]]|<\/)/;
  while (
    end < lines.length &&
    indentation(lines[end]) === depth &&
    closes.test(lines[end])
  ) {
    // `) {` closes the parameters and opens the body.
    const opensAgain = /[{(\[:]$/.test(lines[end]);
    end++;
    while (
      end < lines.length &&
      (isBlank(lines[end]) || (opensAgain && indentation(lines[end]) > depth))
    ) {
      end++;
    }
    if (!opensAgain) break;
  }
  return end;
}

/**
 * Takes a block out of a text: a Markdown section, or a line with everything that is indented below it and the line
 * that closes it.
 *
 * @param text - the whole file
 * @param beginning - how the first line of the block begins, without its indentation
 * @throws Error when no line, or more than one, begins like that
 */
export function removeBlock(text: string, beginning: string): string {
  const lines = text.split('\n');
  const starts = lines.flatMap((line, index) =>
    line.trimStart().startsWith(beginning) ? [index] : [],
  );
  if (starts.length !== 1) {
    throw new Error(
      `${starts.length} lines begin with "${beginning}", not one`,
    );
  }
  const [line] = starts;
  const end = /^#+ /.test(lines[line])
    ? endOfSection(lines, line)
    : endOfIndentedBlock(lines, line);
  let start = line;
  // A comment directly above belongs to what it explains.
  while (
    start > 0 &&
    !/^#+ /.test(lines[line]) &&
    /^\s*(\/\/|\/?\*|#)/.test(lines[start - 1])
  ) {
    start--;
  }
  const rest = [...lines.slice(0, start), ...lines.slice(end)];
  return `${rest.join('\n').trimEnd()}\n`;
}
