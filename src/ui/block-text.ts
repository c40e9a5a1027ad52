/**
 * A fenced block of a lesson on a page that it may be too wide for: a chart is drawn anew, a table becomes its rows one
 * below the other, anything else goes on below where it has gaps. What fits stays as it was written.
 */
import { within } from './blocks.js';
import { chart, type ChartSpec } from './chart.js';
import { columns, flow, paragraph } from './layout.js';
import { widthOf } from './width.js';
import type { Page } from './layout.js';

/** A chart by its id, as it stands after the fence. */
export type ChartOf = (id: string) => ChartSpec;

/** @param info what stands after the fence, such as `chart forget-bias` */
export function blockText(text: string, info: string, page: Page, chartOf?: ChartOf): string[] {
  const lines = text.split('\n');
  const [kind, ...ids] = info.split(' ');
  if (kind === 'chart' && (page.spoken || !fit(lines, page, 4))) {
    if (chartOf) return ids.flatMap((id) => drawn(chartOf(id), page));
    return paragraph(`${lines[0]!} (This chart needs ${widest(lines) + 4} columns.)`, page);
  }
  if (fit(lines, page, 4)) return indented(lines, 4);
  return runsOf(lines).flatMap((run, k) => [...(k === 0 ? [] : [within]), ...runText(run, page)]);
}

const drawn = (spec: ChartSpec, page: Page): string[] =>
  indented(chart(spec, { ...page, width: page.width - 2 }), 2);
const indented = (lines: readonly string[], by: number): string[] =>
  lines.map((line) => (' '.repeat(by) + line).trimEnd() || within);
const widest = (lines: readonly string[]): number => Math.max(...lines.map((one) => widthOf(one)));
const fit = (lines: readonly string[], { width }: Page, indent: number): boolean =>
  widest(lines) + indent <= width;

/** What stands between empty lines. */
const runsOf = (lines: readonly string[]): string[][] =>
  lines
    .join('\n')
    .split(/\n{2,}/)
    .map((run) => run.split('\n'));

/** What two spaces do not part: a cell of a table, an equation, a value. */
const gap = / {3,}/;

function runText(run: readonly string[], page: Page): string[] {
  if (fit(run, page, 2)) return indented(run, 2);
  const table = tableOf(run);
  return table ? tableText(table, page) : unwrapped(run).flatMap((line) => folded(line, page));
}

/** Words below an equation, on one line or more. */
const isRemark = (line: string): boolean => line.startsWith('    ') && !gap.test(line.trim());

/** The lines of one remark as one. */
const unwrapped = (lines: readonly string[]): string[] =>
  lines.reduce<string[]>((all, line) => {
    const last = all.at(-1);
    return last !== undefined && isRemark(last) && isRemark(line)
      ? [...all.slice(0, -1), `${last} ${line.trim()}`]
      : [...all, line];
  }, []);

/** A line that goes on below, further in: between two of its parts, or between words where a part is too wide. */
function folded(line: string, page: Page): string[] {
  const indent = Math.min(2 + line.search(/\S/), page.width - 14); // twelve columns for words
  if (isRemark(line)) return paragraph(line.trim(), page, indent);
  const [first = '', ...rest] = flow(line.trim().split(gap), page, indent + 2);
  return [' '.repeat(indent) + first.trimStart(), ...rest];
}

type Table = readonly (readonly string[])[];

/**
 * The cells, heads first, of lines that are a table: every cell but the first of a line ends where a head does.
 * What is missing is empty. Undefined where they are something else, such as equations with their values.
 */
function tableOf(lines: readonly string[]): Table | undefined {
  const placed = lines.map((line) =>
    [...line.matchAll(/\S+(?: {1,2}\S+)*/g)].map(([cell]) => cell).reduce<Placed[]>((cells, cell) => {
      const from = line.indexOf(cell, cells.at(-1)?.until ?? 0);
      return [...cells, { cell, first: from === 0, until: from + cell.length, ends: widthOf(line.slice(0, from + cell.length)) }];
    }, []),
  ); // prettier-ignore
  const [heads, ...rows] = placed;
  const ends = (heads ?? []).filter(({ first }) => !first).map((head) => head.ends);
  const isRow = (cells: readonly Placed[]): boolean =>
    cells.some(({ first }) => first) &&
    cells.every(
      ({ first, ends: end, cell }) => first || (ends.includes(end) && !cell.startsWith('= ')),
    );
  const isFilled = (end: number): boolean =>
    rows.some((cells) => cells.some((one) => !one.first && one.ends === end));
  if (ends.length === 0 || !ends.every(isFilled) || !rows.every(isRow)) return undefined;
  return placed.map((cells) => [
    cells.find(({ first }) => first)?.cell ?? '',
    ...ends.map((end) => cells.find((one) => !one.first && one.ends === end)?.cell ?? ''),
  ]);
}

interface Placed {
  readonly cell: string;
  /** Whether it stands at the left edge. */
  readonly first: boolean;
  /** Where it ends, in characters, and in columns. */
  readonly until: number;
  readonly ends: number;
}

/** A table with the gaps that are needed; where even that is too wide, each row with a line for each of its heads. */
function tableText([heads = [], ...rows]: Table, page: Page): string[] {
  const close = columns(
    heads.map((head, k) => ({ head, align: k === 0 ? 'left' : 'right' })),
    rows,
    page,
  );
  if (close.length === rows.length + 1) return close;
  const [name = '', ...others] = heads;
  const caption = name.includes(' ') || name === '';
  return [
    ...(caption && name !== '' ? paragraph(name, page) : []),
    ...rows.flatMap(([title = '', ...cells]) => [
      ...paragraph(caption ? title : `${name} ${title}`, page),
      ...indented(
        columns(
          [{ head: '' }, { head: '' }],
          others.map((head, k) => [head, cells[k]!]).filter(([, cell]) => cell !== ''),
          { ...page, width: page.width - 2 },
        ),
        2,
      ),
    ]),
  ];
}
