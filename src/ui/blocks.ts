/**
 * Which lines belong together. An empty line ends a block, and there a pager turns the page. A blank line inside
 * one (below a heading, or in a worked example) is `within` instead, until it is printed.
 */
export const within = ' ';

/** Lines for whoever turns no pages. */
export const unmarked = (lines: readonly string[]): string[] =>
  lines.map((line) => (line === within ? '' : line));

/** The blocks, each with the empty lines that follow it. */
export function blocksOf(lines: readonly string[]): string[][] {
  const blocks: string[][] = [];
  for (const [k, line] of lines.entries()) {
    if (k === 0 || (lines[k - 1] === '' && line !== '')) blocks.push([]);
    blocks.at(-1)!.push(line);
  }
  return blocks;
}
