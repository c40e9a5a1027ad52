/** Lines that fit: wrapped text, two ends of one line, and columns. Everything here is pure. */
import wrapAnsi from 'wrap-ansi';
import { narrow, widthOf } from './width.js';
import { wrap } from './wrap.js';
import type { Paint } from './paint.js';

/** What a renderer needs to know of where its lines will stand. */
export interface Page {
  /** Columns; 20 at least. */
  readonly width: number;
  readonly paint: Paint;
  /** It is read out: no bars, and charts as sentences. */
  readonly spoken?: boolean;
}

/** Text wrapped to the page, each line indented. */
export function paragraph(text: string, page: Page, indent = 2): string[] {
  const room = Math.max(10, page.width - indent);
  return wrap(text, room).map((line) => (' '.repeat(indent) + line).trimEnd());
}

/** A first line that begins with a mark, the rest indented under it. */
export function hanging(mark: string, text: string, page: Page): string[] {
  return paragraph(text, page, 2 + widthOf(mark)).map((line, k) =>
    k === 0 ? `  ${mark}${line.trimStart()}` : line,
  );
}

/** Stands for a space while wrap-ansi cuts: it would begin a new row for a word that is longer than one. */
const noSpace = '\ue000';

/** A line as a terminal of so many columns shows it: cut where it ends, not wrapped between words. */
export function cut(line: string, columns: number): string[] {
  if (widthOf(line) <= columns) return [line];
  if (!narrow.test(line))
    return wrapAnsi(line.replaceAll(' ', noSpace), columns, { hard: true, trim: false })
      .replaceAll(noSpace, ' ')
      .split('\n');
  const rows = Math.ceil(line.length / columns);
  return Array.from({ length: rows }, (_, k) => line.slice(k * columns, (k + 1) * columns));
}

/** A line that begins at the edge; where it is too long, the rest is indented under it. */
function heading(text: string, page: Page): string[] {
  const lines = paragraph(text, page, 0);
  return lines.length === 1
    ? lines
    : paragraph(text, page).map((line, k) => (k === 0 ? line.slice(2) : line));
}

/** Left and right on one line; on two where one is too short. */
export function ends(left: string, right: string, page: Page): string[] {
  const gap = page.width - widthOf(left) - widthOf(right);
  if (right === '') return heading(left, page);
  return gap >= 2
    ? [left + ' '.repeat(gap) + right]
    : [...heading(left, page), ...paragraph(right, page, 2)];
}

/** Items side by side, as many on a line as fit; a line ends between two items, never inside one that fits. */
export function flow(items: readonly string[], page: Page, indent = 2, gap = '   '): string[] {
  const room = Math.max(10, page.width - indent);
  const lines: string[] = [];
  for (const item of items) {
    const longer = lines.length === 0 ? undefined : `${lines.at(-1)!}${gap}${item}`;
    if (longer !== undefined && widthOf(longer) <= room) lines[lines.length - 1] = longer;
    else lines.push(item);
  }
  return lines.flatMap((line) => paragraph(line, page, indent));
}

export interface Column {
  readonly head: string;
  readonly align?: 'left' | 'right';
  /** Left out, the least needed first (highest number), until the table fits. 0 or absent: always there. */
  readonly drop?: number;
}

/**
 * Columns two spaces apart, indented by two; drops columns rather than break lines. Where even the
 * columns that are always there do not fit, each row becomes a paragraph with its cells below its first.
 */
export function columns(
  heads: readonly Column[],
  rows: readonly (readonly string[])[],
  page: Page,
): string[] {
  const widths = heads.map((head, k) =>
    Math.max(1, widthOf(head.head), ...rows.map((row) => widthOf(row[k] ?? ''))),
  );
  const kept = heads.map((_, k) => k);
  const total = (): number => 2 + kept.reduce((sum, k) => sum + widths[k]! + 2, -2);
  while (total() > page.width) {
    const [least] = [...kept]
      .filter((k) => (heads[k]!.drop ?? 0) > 0)
      .sort((a, b) => heads[b]!.drop! - heads[a]!.drop!);
    if (least === undefined) break;
    kept.splice(kept.indexOf(least), 1);
  }
  if (total() > page.width)
    return rows.flatMap((row) =>
      kept.flatMap((k, place) => paragraph(row[k] ?? '', page, place === 0 ? 2 : 4)),
    );
  const line = (cells: readonly string[]): string =>
    `  ${kept
      .map((k, place) => {
        const cell = cells[place] ?? '';
        const rest = ' '.repeat(Math.max(0, widths[k]! - widthOf(cell)));
        return heads[k]!.align === 'right' ? rest + cell : cell + rest;
      })
      .join('  ')}`.trimEnd();
  const named = heads.some((head) => head.head !== '');
  return [
    ...(named ? [line(kept.map((k) => page.paint.dim(heads[k]!.head)))] : []),
    ...rows.map((row) => line(kept.map((k) => row[k] ?? ''))),
  ];
}
