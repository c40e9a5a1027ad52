/** A screen of head, panel and footer, cut to the height of the terminal: the panel scrolls, and says so. */
import { cut } from './layout.js';
import type { Page } from './layout.js';

export interface FittedLines {
  readonly lines: readonly string[];
  /** How far the panel can be scrolled; 0 where all of it is shown. */
  readonly most: number;
}

export interface Parts {
  readonly head: readonly string[];
  readonly panel: readonly string[];
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
  if (!long) return { lines: [...head, '', ...panel, ...foot(false)], most: 0 };
  const height = room(true) - 1;
  const most = panel.length - height;
  const from = Math.min(scroll, most);
  const below = most - from;
  return {
    lines: [
      ...head,
      '',
      ...panel.slice(from, from + height),
      paint.dim(
        `  ${below === 0 ? 'no more lines' : `… ${below} more ${below === 1 ? 'line' : 'lines'}`}`,
      ),
      ...foot(true),
    ],
    most,
  };
}
