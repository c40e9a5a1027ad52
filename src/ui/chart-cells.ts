/** Who is drawn where several series of a chart meet in one cell. */
import type { Series } from './chart.js';

/**
 * Who stands in which cell of the plot. Where several series meet, the one with the fewest cells so far
 * is drawn, so that even equal series are both seen where they have more than one point.
 */
export class Cells {
  private readonly cells = new Map<string, { x: number; y: number; here: number[] }>();
  private readonly owner = new Map<string, number>();

  constructor(private readonly series: readonly Series[]) {}

  /** A point of series number `series` in column x and row y of the plot. */
  add(x: number, y: number, series: number): void {
    const cell = this.cells.get(`${x},${y}`) ?? { x, y, here: [] };
    this.cells.set(`${x},${y}`, cell);
    if (!cell.here.includes(series)) cell.here.push(series);
  }

  /** One mark per cell, when all points are there. */
  marks(): { x: number; y: number; symbol: string }[] {
    const drawn = this.series.map(() => 0);
    return [...this.cells]
      .sort(([, one], [, other]) => one.here.length - other.here.length)
      .map(([key, { x, y, here }]) => {
        const k = here.reduce((least, k) => (drawn[k]! < drawn[least]! ? k : least));
        this.owner.set(key, k);
        drawn[k]!++;
        return { x, y, symbol: this.series[k]!.mark };
      });
  }

  /** Whether one mark stands for several series somewhere. */
  meet(): boolean {
    return [...this.cells.values()].some(({ here }) => here.length > 1);
  }

  /** ` (behind a)` for a series of which no point is seen. */
  behind(k: number): string {
    const here = [...this.cells]
      .filter(([, cell]) => cell.here.includes(k))
      .map(([key]) => this.owner.get(key)!);
    if (here.length === 0) return ' (no points)';
    return here.includes(k)
      ? ''
      : ` (behind ${[...new Set(here.map((other) => this.series[other]!.mark))].join(', ')})`;
  }
}
