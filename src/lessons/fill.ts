/**
 * Writes what is computed in a lesson: the contents of its fenced blocks. A block says after its fence what
 * belongs in it:
 *
 *     ```equations lstm.forget-gate lstm.cell      equations of the notation, by id
 *     ```worked lstm-step                          a worked example: src/lessons/worked
 *     ```chart forget-bias                         a picture: src/lessons/charts
 *
 * Other blocks stay as they are. `npx vitest run test/lessons -u` writes the pages
 * anew; without -u the same test wants nothing to change.
 */
import { equationOf, toUnicode, type Equation } from '../notation/index.js';
import stringWidth from 'string-width';
import wrapAnsi from 'wrap-ansi';
import { charts, type Chart } from './charts/index.js';
import { worked } from './worked/index.js';
import { beside } from './worked/show.js';

/** What a block is made of. */
type Kind = 'equations' | 'worked' | 'chart';

const block = /^```(equations|worked|chart) (.+)\n([\s\S]*?)^```$/gm;

type Draw = (chart: Chart) => readonly string[];

/** The page with every computed block written anew. @throws Error that names an id that does not exist. */
export const fill = (markdown: string, draw: Draw): string =>
  markdown.replaceAll(block, (_, kind: Kind, ids: string) =>
    [`\`\`\`${kind} ${ids}`, ...linesOf(kind, ids.split(' '), draw), '```'].join('\n'),
  );

/** The ids of a page's blocks of one kind, in order. */
export const idsIn = (markdown: string, kind: Kind): string[] =>
  [...markdown.matchAll(block)].flatMap(([, found, ids]) =>
    found === kind ? ids!.split(' ') : [],
  );

function linesOf(kind: Kind, ids: readonly string[], draw: Draw): readonly string[] {
  switch (kind) {
    case 'equations':
      return equationLines(ids.map(equationOf));
    case 'chart':
      return ids.flatMap((id) => draw(named(charts, id)()));
    case 'worked':
      return ids.flatMap((id) => named(worked, id)());
  }
}

function named<Entry>(table: Readonly<Record<string, Entry>>, id: string): Entry {
  if (!Object.hasOwn(table, id)) throw new Error(`There is no ${id} in src/lessons.`);
  return table[id]!;
}

/** What an equation says stands beside it, or below it where the line would get longer than 76 columns. */
function equationLines(equations: readonly Equation[]): string[] {
  const rows = equations.map((eq) => [toUnicode(eq), eq.says] as const);
  const lines = beside(rows, '    ');
  return lines.every((line) => stringWidth(line) <= 76)
    ? lines
    : rows.flatMap(([text, says]) => [
        text,
        ...wrapAnsi(says, 72)
          .split('\n')
          .map((line) => `    ${line}`),
      ]);
}
