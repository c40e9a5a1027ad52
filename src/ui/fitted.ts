/** A screen of head, panel and footer, cut to the height of the terminal: the panel scrolls, and says so. */
import { cut } from './layout.js';
import type { FrameLines } from './frame.js';
import type { Page } from './layout.js';

export interface FittedLines extends FrameLines {
  /** Lines of the panel above the screen, and how many there can be; 0 where all of it is shown. */
  readonly from: number;
  readonly most: number;
}

export interface Parts {
  readonly head: readonly string[];
  readonly panel: readonly string[];
  /** The line of the panel that has to be seen, e.g. the one that is typed in, wherever it is scrolled to. */
  readonly see?: number | undefined;
  /** @param long whether the panel is longer than the screen */
  readonly foot: (long: boolean) => readonly string[];
}

/** @param rows of the terminal; less than 10 count as 10 */
export function fitted(
  parts: Parts,
  scroll: number,
  { width, paint }: Page,
  rows: number,
): FittedLines {
  // A word may be wider than the page: it goes on below, and its rows count.
  const whole = (lines: readonly string[]): string[] => lines.flatMap((line) => cut(line, width));
  const [head, panel] = [whole(parts.head), whole(parts.panel)];
  const foot = (long: boolean): string[] => whole(parts.foot(long));
  // One row stays free: a frame as high as the terminal would be drawn from scratch each time.
  const room = (long: boolean): number =>
    Math.max(3, Math.max(10, rows) - head.length - 2 - foot(long).length);
  const long = panel.length > room(false);
  if (!long) {
    const keys = foot(false);
    return { lines: [...head, '', ...panel, ...keys], keys: keys.length, from: 0, most: 0 };
  }
  const keys = foot(true);
  const height = room(true) - 1;
  const most = panel.length - height;
  const see =
    parts.see === undefined ? undefined : whole(parts.panel.slice(0, parts.see + 1)).length - 1;
  const wanted = see === undefined ? scroll : Math.max(see - height + 1, Math.min(scroll, see));
  const from = Math.min(wanted, most);
  const below = most - from;
  return {
    lines: [
      ...head,
      '',
      ...panel.slice(from, from + height),
      paint.dim(
        `  ${below === 0 ? 'no more lines' : `… ${below} more ${below === 1 ? 'line' : 'lines'}`}`,
      ),
      ...keys,
    ],
    keys: keys.length,
    from,
    most,
  };
}
