const START = '<!-- stages:start -->';
const END = '<!-- stages:end -->';

const cells = line =>
  line
    .split('|')
    .slice(1, -1)
    .map(cell => cell.trim());

/** Splits a page around the lines of its table of stages. */
function split(page) {
  const start = page.indexOf(START);
  const end = page.indexOf(END);
  if (start < 0 || end < start) {
    throw new Error(`There is no table between ${START} and ${END}`);
  }
  return {
    before: page.slice(0, start + START.length),
    lines: page
      .slice(start + START.length, end)
      .trim()
      .split('\n'),
    after: page.slice(end),
  };
}

/** Names of the stages that the page lists, in its order. */
export const stagesOf = page =>
  split(page)
    .lines.slice(2)
    .map(line => cells(line)[0].replaceAll('`', ''));

/**
 * The page with the seconds of these stages put into the last column of its table.
 *
 * @param {Record<string, number>} seconds by stage
 */
export function withSeconds(page, seconds) {
  const { before, lines, after } = split(page);
  const changed = lines.map(line => {
    const row = cells(line);
    const measured = seconds[row[0].replaceAll('`', '')];
    if (measured === undefined) return line;
    return `| ${[...row.slice(0, -1), measured.toFixed(0)].join(' | ')} |`;
  });
  return `${before}\n\n${changed.join('\n')}\n\n${after}`;
}
