/**
 * Charts in the terminal: points drawn with one character per series, so that no colour is needed.
 * Axes and placing are simple-ascii-chart's; the choice of ticks, what happens where two series meet
 * in one cell, and what an axis cannot show are ours.
 */
import { plot } from 'simple-ascii-chart';
import stringWidth from 'string-width';
import { Cells } from './chart-cells.js';
import { flow, paragraph } from './layout.js';
import { linearTicks, logTicks } from './ticks.js';
import type { Page } from './layout.js';

export interface Axis {
  readonly label: string;
  readonly scale: 'linear' | 'log';
  /** How a value stands beside its tick; one column per character. */
  readonly format: (value: number) => string;
}

export interface Series {
  /** One character, one column wide. */
  readonly mark: string;
  readonly name: string;
  readonly points: readonly (readonly [x: number, y: number])[];
}

export interface ChartSpec {
  readonly title: string;
  readonly x: Axis;
  readonly y: Axis;
  readonly series: readonly Series[];
  /** Rows of the plot itself, 10 unless told. */
  readonly height?: number;
}

const shows = ({ scale }: Axis, value: number): boolean =>
  scale === 'log' ? value > 0 && value < Infinity : Math.abs(value) <= 1e300;

/**
 * The chart as lines that fit `page.width` (40 and up): title, y label, plot, x ticks and label, and a
 * legend, `a  LSTM, BPTT`. Points that an axis cannot show are left out, and a line says so; so does
 * the legend where a series stands behind others everywhere.
 */
export function chart({ title, x, y, series, height = 10 }: ChartSpec, page: Page): string[] {
  const head = paragraph(page.paint.strong(title), page, 0);
  const missing = leftOut(series, x, y, page);
  const shown = series.flatMap(({ points }, k) =>
    points
      .filter((point) => shows(x, point[0]) && shows(y, point[1]))
      .map((point) => ({ series: k, x: point[0], y: point[1] })),
  );
  if (shown.length === 0)
    return [...head, ...paragraph('There is no point to draw.', page), ...missing];
  if (page.spoken)
    return [...head, ...series.flatMap((one) => inWords(one, x, y, page)), ...missing];

  const down = upright(
    y,
    shown.map((point) => point.y),
    height,
  );
  // Room for the labels at the left: of y, and of the first x, which ends below the axis.
  const first = Math.min(...shown.map((point) => point.x));
  const gutter = Math.max(
    stringWidth(x.format(first)) - 2,
    ...down.ticks.map(({ label }) => stringWidth(label)),
  );
  const room = page.width - gutter - 3;
  if (room < 10)
    return [...head, ...paragraph(`Too narrow to draw: ${gutter + 13} columns are needed.`, page)];
  const across = level(
    x,
    shown.map((point) => point.x),
    room,
  );

  const placed = shown
    .map((point) => ({
      series: point.series,
      at: [across.place(point.x), down.place(point.y)] as [number, number],
    }))
    .sort((one, other) => one.at[0] - other.at[0]);
  const labels = {
    x: new Map(across.ticks.map(({ at, label }) => [at, label])),
    y: new Map(down.ticks.map(({ at, label }) => [at, label.padStart(gutter)])),
  };
  const cells = new Cells(series);
  const drawn = plot(
    placed.map(({ at }) => at),
    {
      width: room,
      height,
      yRange: [0, 1],
      symbols: { axis: { e: '─' } }, // its arrow is two columns wide in some terminals
      customXAxisTicks: [...labels.x.keys()],
      customYAxisTicks: [...labels.y.keys()],
      // The library also asks for the points' own values, to measure them.
      formatter: (value, { axis }) =>
        labels[axis].get(value) ?? ' '.repeat(axis === 'y' ? gutter : 0),
      // Called once per point in the order of x: the last call knows who stands where.
      lineFormatter: ({ index, plotX, plotY }) => {
        cells.add(plotX, plotY, placed[index]!.series);
        return index === placed.length - 1 ? cells.marks() : [];
      },
    },
  );
  const [, ...rows] = drawn.split('\n').filter((line) => line.trim() !== ''); // the first is an arrow
  return [
    ...head,
    ...paragraph(y.label, page, 0),
    ...rows.map((line) => line.trimEnd()),
    ...(x.label === '' ? [] : [x.label.padStart(page.width)]),
    ...flow(
      series.map(({ mark, name }, k) => `${mark}  ${name}${cells.behind(k)}`),
      page,
    ),
    ...(cells.meet() ? paragraph('Where they meet, one letter stands for all.', page) : []),
    ...missing,
  ];
}

/** A series in one sentence: where it begins and ends, and how far it goes in between. */
function inWords({ name, points }: Series, x: Axis, y: Axis, page: Page): string[] {
  const here = points.filter((point) => shows(x, point[0]) && shows(y, point[1]));
  const [first, last] = [here[0], here.at(-1)];
  if (!first || !last) return paragraph(`${name}: no points.`, page);
  const [low, high] = ends(here.map(([, value]) => value));
  const at = ([across, up]: readonly [number, number]): string =>
    `${y.format(up).trim()} at ${x.label} ${x.format(across).trim()}`;
  return paragraph(
    `${name}: from ${at(first)} to ${at(last)}, between ${y.format(low).trim()} and ${y.format(high).trim()}.`,
    page,
  );
}

/** An axis that knows its values: where each stands, from 0 to 1, and what is written beside which. */
interface Ruler {
  readonly place: (value: number) => number;
  readonly ticks: readonly { readonly at: number; readonly label: string }[];
}

function ruler(
  axis: Axis,
  ticks: readonly number[],
  [low, high]: readonly [number, number],
): Ruler {
  const along = axis.scale === 'log' ? Math.log10 : (value: number): number => value;
  const [from, to] = [along(low), along(high)];
  const place = (value: number): number => (to > from ? (along(value) - from) / (to - from) : 0);
  return { place, ticks: ticks.map((value) => ({ at: place(value), label: axis.format(value) })) };
}

const ticksOf = ({ scale }: Axis, values: readonly number[], most: number): number[] =>
  scale === 'log' ? logTicks(values, most) : linearTicks(values, most);

/** From the lowest value or tick to the highest, a tick every other row at most. */
function upright(axis: Axis, values: readonly number[], height: number): Ruler {
  const ticks = ticksOf(axis, values, Math.max(3, Math.floor(height / 2)));
  return ruler(axis, ticks, ends([...values, ...ticks]));
}

/** From the first value to the last, with as many ticks as stand side by side below; the two ends if none does. */
function level(axis: Axis, values: readonly number[], room: number): Ruler {
  const range = ends(values);
  for (let most = Math.floor(room / 3); most >= 3; most--) {
    const within = ticksOf(axis, values, most).filter(
      (tick) => tick >= range[0] && tick <= range[1],
    );
    const found = ruler(axis, within, range);
    const columns = found.ticks.map(({ at }) => at * (room - 1));
    const apart = found.ticks.every(
      ({ label }, k) => k === 0 || columns[k]! - stringWidth(label) >= columns[k - 1]! + 2,
    );
    if (within.length > 0 && apart) return found;
  }
  return ruler(axis, [...new Set(range)], range);
}

const ends = (values: readonly number[]): [number, number] => [
  Math.min(...values),
  Math.max(...values),
];

/** One sentence per series of which points are not drawn. */
function leftOut(series: readonly Series[], x: Axis, y: Axis, page: Page): string[] {
  return series.flatMap(({ mark, name, points }) => {
    const count = points.filter((point) => !shows(x, point[0]) || !shows(y, point[1])).length;
    return count === 0
      ? []
      : paragraph(
          `${mark}  ${name}: ${count} of ${points.length} points are zero, negative or not finite and have no place on these axes.`,
          page,
        );
  });
}
