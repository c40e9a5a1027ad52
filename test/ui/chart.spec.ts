import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { chart } from '../../src/ui/chart.js';
import { expectPrintable, plainPage, words } from './pages.js';
import type { Axis, ChartSpec } from '../../src/ui/chart.js';

const axis = (scale: Axis['scale']): Axis => ({
  label: `${scale} axis`,
  scale,
  format: (value) => (value !== 0 && Math.abs(value) < 1e-3 ? value.toExponential() : `${value} B`),
});
const marks = 'abcdefgh';
const value = (scale: Axis['scale']) =>
  scale === 'log'
    ? fc.double({ min: -9, max: 12, noNaN: true }).map((e) => 10 ** e)
    : fc.double({ min: -1e6, max: 1e6, noNaN: true });
const anything = fc.oneof(fc.double(), fc.integer({ min: -3, max: 9000 }), fc.constantFrom(0, -1));
const scales = fc.constantFrom<Axis['scale']>('linear', 'log');
const pageWidths = fc.constantFrom(40, 80, 120);

const specs = (point: (scale: Axis['scale']) => fc.Arbitrary<number>, minLength = 0) =>
  fc.tuple(scales, scales).chain(([sx, sy]) =>
    fc.record({
      title: fc.constant('bytes kept for T steps, one child process each'),
      x: fc.constant(axis(sx)),
      y: fc.constant(axis(sy)),
      series: fc
        .array(fc.array(fc.tuple(point(sx), point(sy)), { minLength, maxLength: 9 }), {
          maxLength: marks.length,
        })
        .map((all) => all.map((points, k) => ({ mark: marks[k]!, name: `NAME ${k}`, points }))),
    }),
  );

/** The plot's own rows, top first: what stands right of the axis. */
const plotted = (spec: ChartSpec, width: number): string[] =>
  chart(spec, plainPage(width))
    .filter((line) => /[│┤]/u.test(line))
    .map((line) => line.replace(/^.*?[│┤]/u, ''));

const seen = (spec: ChartSpec, width: number): Set<string> =>
  new Set(plotted(spec, width).join('').replaceAll(' ', ''));

describe('a chart', () => {
  it('fits the page, whatever is drawn, and stays low', () => {
    fc.assert(
      fc.property(
        specs(() => anything),
        fc.integer({ min: 40, max: 200 }),
        (spec, width) => {
          expectPrintable((page) => chart(spec, page), width);
          expect(plotted(spec, width).length).toBeLessThanOrEqual(10);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says on a narrower page that it cannot draw', () => {
    const spec = { title: 'title', x: axis('log'), y: axis('log') };
    for (let width = 20; width < 40; width++)
      expectPrintable(
        (page) =>
          chart({ ...spec, series: [{ mark: 'a', name: 'A', points: [[1e-9, 1e9]] }] }, page),
        width,
      );
  });

  it('shows the mark of every series, or says behind which it stands', () => {
    fc.assert(
      fc.property(specs(value, 1), pageWidths, (spec, width) => {
        const drawn = seen(spec, width);
        const legend = words(chart(spec, plainPage(width)));
        for (const { mark, name } of spec.series) {
          expect(legend).toContain(`${mark} ${name}`);
          const behind = new RegExp(`${mark} ${name} \\(behind ([a-h](, [a-h])*)\\)`).exec(
            legend,
          )?.[1];
          expect(drawn.has(mark)).toBe(behind === undefined);
          for (const other of behind?.split(', ') ?? []) expect(drawn.has(other)).toBe(true);
        }
      }),
    );
  });

  it('shows every one of equal series that have as many points far apart', () => {
    const points = [1, 2, 4, 8, 16, 32, 64, 128].map((T) => [T, 7 * T] as const);
    const series = Array.from(marks).map((mark) => ({ mark, name: mark, points }));
    for (const width of [40, 80, 120])
      expect(
        [...seen({ title: 't', x: axis('log'), y: axis('log'), series }, width)].sort().join(''),
      ).toBe(marks);
  });

  it('stands a greater value in no lower row, and further right what comes later', () => {
    fc.assert(
      fc.property(
        scales.chain((scale) =>
          fc.record({
            scale: fc.constant(scale),
            values: fc.array(value(scale), { minLength: 1, maxLength: 8 }),
          }),
        ),
        pageWidths,
        ({ scale, values }, width) => {
          const series = values.map((y, k) => ({
            mark: marks[k]!,
            name: '',
            points: [[k, y] as const],
          }));
          const rows = plotted({ title: '', x: axis('linear'), y: axis(scale), series }, width);
          const place = values.map((_, k) => {
            const row = rows.findIndex((line) => line.includes(marks[k]!));
            return { row, column: rows[row]!.indexOf(marks[k]!) };
          });
          for (const [j, one] of place.entries())
            for (const [k, other] of place.entries()) {
              if (values[j]! < values[k]!) expect(one.row).toBeGreaterThanOrEqual(other.row);
              if (j < k) expect(one.column).toBeLessThan(other.column);
            }
          const [high, low] = [Math.max(...values), Math.min(...values)];
          const spread =
            scale === 'log'
              ? high / low
              : (high - low) / Math.max(1, Math.abs(high), Math.abs(low));
          if (values.length > 1 && spread > (scale === 'log' ? 1e3 : 1))
            expect(new Set(place.map(({ row }) => row)).size).toBeGreaterThan(1);
        },
      ),
    );
  });

  it('writes the value of a tick where that value stands, and no label into another', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 3, max: 8 }),
        fc.integer({ min: 2, max: 10 }),
        pageWidths,
        (n, base, width) => {
          const values = Array.from({ length: n }, (_, k) => base ** k);
          const format = (value: number) => `${value}u`;
          const lines = chart(
            {
              title: '',
              x: { label: '', scale: 'log', format },
              y: { label: '', scale: 'log', format },
              series: values.map((v, k) => ({ mark: marks[k]!, name: '', points: [[v, v]] })),
            },
            plainPage(width),
          );
          const rows = lines.filter((line) => /[│┤]/u.test(line));
          const under = lines[lines.findIndex((line) => line.includes('└')) + 1]!;
          const labels = [...under.matchAll(/\S+/g)].map(({ 0: label, index }) => ({
            label,
            end: index + label.length - 1,
          }));
          expect(labels.length).toBeGreaterThan(0);
          for (const { label } of labels) expect(label).toMatch(/^\d+u$/);
          for (const [k, v] of values.entries()) {
            const row = rows.find((line) => line.includes(marks[k]!))!;
            const [said] = /\d+u(?=┤)/u.exec(row) ?? [];
            if (said !== undefined && values.some((other) => format(other) === said))
              expect(said).toBe(format(v));
            const labelled = rows.find(
              (line) => line.includes(` ${format(v)}┤`) || line.startsWith(`${format(v)}┤`),
            );
            if (labelled !== undefined) expect(labelled).toContain(marks[k]);
            const here = labels.find(({ label }) => label === format(v));
            if (here) expect(here.end).toBe(row.indexOf(marks[k]!));
          }
          const top = rows.findIndex((line) => line.includes(marks[n - 1]!));
          const bottom = rows.findIndex((line) => line.includes(marks[0]!));
          expect(bottom - top).toBeGreaterThan(rows.length / 2);
        },
      ),
    );
  });

  it('leaves out what a log axis cannot show, and says how much of what', () => {
    const points = [
      [0, 1],
      [1, 0],
      [2, -1],
      [3, NaN],
      [4, 10],
    ] as const;
    const spec: ChartSpec = {
      title: 't',
      x: axis('linear'),
      y: axis('log'),
      series: [{ mark: 'a', name: 'A', points }],
    };
    expect(seen(spec, 80)).toEqual(new Set('a'));
    expect(words(chart(spec, plainPage(80)))).toContain(
      'a A: 3 of 5 points are zero, negative or not finite',
    );
    const linear = words(chart({ ...spec, y: axis('linear') }, plainPage(80)));
    expect(linear).toContain('a A: 1 of 5 points');
  });

  it('names a series without points, and says when there is nothing at all', () => {
    const spec = { title: 'Title', x: axis('log'), y: axis('log') };
    const empty = { mark: 'a', name: 'A', points: [] };
    const full = { mark: 'b', name: 'B', points: [[1, 1]] as const };
    expect(words(chart({ ...spec, series: [empty, full] }, plainPage(40)))).toContain(
      'a A (no points)',
    );
    for (const series of [[], [empty]])
      expect(words(chart({ ...spec, series }, plainPage(40)))).toContain(
        'There is no point to draw.',
      );
  });
});
