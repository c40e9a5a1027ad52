/** A chart as data: the terminal draws it with characters, the site as SVG. */

interface Axis {
  readonly label: string;
  readonly scale: 'linear' | 'log';
  readonly format: (value: number) => string;
}

export interface Chart {
  /** One sentence: what is to be seen. It is also the picture's description for those who do not see it. */
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly {
    /** One character. */
    readonly mark: string;
    readonly name: string;
    readonly points: readonly (readonly [x: number, y: number])[];
  }[];
  readonly height?: number;
}

/** Whole numbers from `first` to `last`, `by` at a time. */
export const range = (first: number, last: number, by = 1): number[] =>
  Array.from({ length: Math.floor((last - first) / by) + 1 }, (_, k) => first + by * k);

/** 1e-12 */
export const power = (value: number): string => value.toExponential(0).replace('e+', 'e');
