/** A chart of chart.ts as SVG for a page: the same spec, drawn by @observablehq/plot without a browser. */
import * as Plot from '@observablehq/plot';
import { parseHTML } from 'linkedom';
import { linearTicks, logTicks } from '../ticks.js';
import { seriesColour } from './style.js';
import type { Axis, ChartSpec } from '../chart.js';

/** Whether an axis can show a value; a log axis knows no zero. */
const shows = ({ scale }: Axis, value: number): boolean =>
  Number.isFinite(value) && (scale === 'linear' || value > 0);

/** A scale that holds values and ticks, and the ticks themselves. */
function scaleOf(axis: Axis, values: readonly number[], most: number) {
  const ticks = axis.scale === 'log' ? logTicks(values, most) : linearTicks(values, most);
  const all = [...values, ...ticks];
  return {
    ticks,
    scale: { type: axis.scale, domain: [Math.min(...all), Math.max(...all)] },
    // Not `tickFormat`: on a log scale Plot would leave out the labels of some ticks.
    axis: { label: axis.label, text: (value: number) => axis.format(value) },
  };
}

/** The marks at the ends of lines: series that end in one place share a label. */
function endLabels(
  drawn: readonly {
    readonly mark: string;
    readonly points: readonly (readonly [number, number])[];
  }[],
): { readonly at: readonly [number, number]; readonly text: string; readonly k: number }[] {
  const labels = new Map<string, { at: readonly [number, number]; text: string; k: number }>();
  for (const [k, { mark, points }] of drawn.entries()) {
    const at = points.at(-1);
    if (!at) continue;
    const there = labels.get(String(at));
    if (there) there.text += ` ${mark}`;
    else labels.set(String(at), { at, text: mark, k });
  }
  return [...labels.values()];
}

/** One SVG element as text; an empty string where there is no point to draw. */
export function figureSvg({ title, x, y, series }: ChartSpec): string {
  const drawn = series.map(({ mark, points }) => ({
    mark,
    points: points
      .filter((point) => shows(x, point[0]) && shows(y, point[1]))
      .sort((one, other) => one[0] - other[0]),
  }));
  const all = drawn.flatMap(({ points }) => points);
  if (all.length === 0) return '';
  const across = scaleOf(
    x,
    all.map(([at]) => at),
    9,
  );
  const up = scaleOf(
    y,
    all.map(([, at]) => at),
    7,
  );
  const { document } = parseHTML('<!doctype html><html><body></body></html>') as unknown as {
    readonly document: NonNullable<Plot.PlotOptions['document']>;
  };
  const svg = Plot.plot({
    document,
    ...{
      width: 800,
      height: 440,
      marginTop: 32,
      marginBottom: 44,
      marginLeft: 68,
      marginRight: 40,
    },
    ariaLabel: title,
    style: { fontSize: '13px', background: 'transparent' },
    x: across.scale,
    y: up.scale,
    marks: [
      Plot.gridX(across.ticks),
      Plot.gridY(up.ticks),
      Plot.axisX(across.ticks, across.axis),
      Plot.axisY(up.ticks, up.axis),
      ...drawn.flatMap(({ points }, k) => {
        const stroke = seriesColour(k);
        // Every other line is dashed, so that what lies under it is seen.
        const strokeDasharray = k % 2 === 0 ? 'none' : '7 4';
        return [
          Plot.line(points, { x: '0', y: '1', stroke, strokeWidth: 1.5, strokeDasharray }),
          Plot.dot(points, { x: '0', y: '1', r: 2.5, fill: stroke }),
        ];
      }),
      ...endLabels(drawn).map(({ at, text, k }) =>
        Plot.text([at], {
          ...{ x: '0', y: '1', dx: 8, textAnchor: 'start', text: () => text },
          ...{ fill: seriesColour(k), fontWeight: 'bold', fontSize: 14 },
        }),
      ),
    ],
  }) as unknown as { readonly outerHTML: string }; // a program for Node does not load the DOM's types
  return svg.outerHTML;
}
