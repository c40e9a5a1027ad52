/** The flow report as lines: what is left of each gradient, the chart, the gates as heat rows, ∏ diag(f_t) beside dc_T/dc_1. */
import stringWidth from 'string-width';
import { chart } from './chart.js';
import { columns, ends, flow, paragraph } from './layout.js';
import { four } from './numbers.js';
import type { ChartSpec } from './chart.js';
import type { Column, Page } from './layout.js';
import type { FlowCurve, FlowReport, Norm } from '../bench/index.js';

/** One letter for each curve, in the report's order; the bound is a dot. */
export const flowMark = (k: number): string => 'abcdefgh'[k]!;
const boundMark = '·';

/** Two digits; an exponent where it is short; what is no number as what it is. */
export function normText(value: Norm): string {
  if (value === null) return 'overflow';
  if (value === 0) return '0';
  return value >= 0.01 && value < 1000 ? String(Number(value.toPrecision(2))) : power(value, 1);
}

const power = (value: number, digits: number): string =>
  value.toExponential(digits).replace('e+', 'e');

/** ‖dL/d(state)‖ of the state that carries the gradient. */
export const carriedBy = ({ dh, dc }: FlowCurve): readonly Norm[] => dc ?? dh;

/** What is to be seen: what is left of each gradient at t = 1. */
export function flowVerdict({ curves, sizes: { T } }: FlowReport): string {
  const left = curves.map((curve) => {
    if (carriedBy(curve)[0] === 0) return `nothing in the ${curve.name} (exactly 0, underflow)`;
    if (curve.ratio === null) return `no number in the ${curve.name} (overflow)`;
    const { ratio } = curve;
    return `${ratio > 1 ? 'grown to ' : ''}${normText(ratio)} in the ${curve.name}`;
  });
  return `Of a gradient at t = ${T}, this is left at t = 1, ${T - 1} steps back: ${left.join('; ')}.`;
}

/** The bound beside what came, and whether it held. */
export function boundSentence({ bound, curves, sizes: { T } }: FlowReport): string | null {
  const rnn = curves.find(({ cell }) => cell === 'rnn');
  if (!bound || !rnn) return null;
  const [most, came] = [bound.values[0]!, rnn.dh[0]!];
  return `RNN: ‖W_hh‖ = ${four(bound.norm)}, so the bound ‖W_hh‖^${T - 1} allows ${normText(most)} at t = 1, and ${normText(came)} came. ${
    bound.holds ? 'No step passed the bound.' : 'A step passed the bound: that is our bug.'
  }`;
}

/** How many times ∏ diag(f_t) the exact derivative is, a sentence for each LSTM. */
export function highwaySentences({ curves }: FlowReport): string[] {
  return curves.flatMap(({ name, highway }) => {
    if (!highway) return [];
    const { direct, total } = highway;
    if (direct === null || total === null || direct === 0) return [];
    return [`${name}: dc_T/dc_1 is ${normText(total / direct)} times ∏ diag(f_t).`];
  });
}

/** Where numbers ended: a sentence for each gradient that became exactly zero, and what that means. */
export function zeroSentences({ curves, sizes: { T } }: FlowReport): string[] {
  const ended = curves
    .filter(({ zeros }) => zeros > 0)
    .map(({ name, zeros, carries }) => `${name}: dL/d${carries} is exactly 0 at ${zeros} of ${T} steps.`); // prettier-ignore
  return ended.length === 0
    ? []
    : [...ended, 'Below 5e-324 there is no float64: nothing that is learnt reaches those steps.'];
}

/** The gradients in the states that carry them, and the bound of the Elman network. */
export function flowChart({ curves, bound }: FlowReport): ChartSpec {
  const points = (norms: readonly Norm[]) =>
    norms.map((value, t) => [t + 1, value ?? Infinity] as const);
  return {
    title: 'How much of the gradient reaches step t',
    x: { label: 'step t', scale: 'linear', format: String },
    y: {
      label: '‖dL/dh_t‖, for the LSTM ‖dL/dc_t‖',
      scale: 'log',
      format: (value) => power(value, 0),
    },
    series: [
      ...curves.map((curve, k) => ({
        mark: flowMark(k),
        name: `${curve.name} (${curve.carries})`,
        points: points(carriedBy(curve)),
      })),
      ...(bound
        ? [{ mark: boundMark, name: 'bound of the RNN', points: points(bound.values) }]
        : []),
    ],
    height: 12,
  };
}

function summary({ curves, sizes: { T } }: FlowReport, page: Page): string[] {
  const heads: readonly Column[] = [
    { head: '' },
    { head: 'cell', drop: page.width < 44 ? 5 : 0 },
    { head: '‖dL/dh_1‖', align: 'right', drop: 2 },
    { head: '‖dL/dc_1‖', align: 'right', drop: 3 },
    { head: 'left at t = 1', align: 'right' },
    { head: 'a step', align: 'right', drop: 1 },
    { head: 'zeros', align: 'right', drop: 4 },
  ];
  const rows = curves.map((curve, k) => [
    flowMark(k),
    curve.name,
    normText(curve.dh[0]!),
    curve.dc ? normText(curve.dc[0]!) : '–',
    normText(curve.ratio),
    curve.ratio ? `× ${(curve.ratio ** (1 / (T - 1))).toFixed(3)}` : '–',
    String(curve.zeros),
  ]);
  return columns(heads, rows, page);
}

const shades = ['·', '░', '▒', '▓', '█'] as const;
/** A gate from 0 to 1 as one of five characters. */
const shadeOf = (value: number): string => shades[Math.min(4, Math.max(0, Math.floor(5 * value)))]!;

/** The means of `room` equal stretches of steps, or every step where there are fewer. */
function stretches(values: readonly number[], room: number): number[] {
  const n = Math.min(room, values.length);
  return Array.from({ length: n }, (_, k) => {
    const part = values.slice(
      Math.floor((k * values.length) / n),
      Math.floor(((k + 1) * values.length) / n),
    );
    return part.reduce((sum, value) => sum + value, 0) / part.length;
  });
}

/** One row of shades for each gate, from t = 1 to T, with its lowest, mean and highest step in numbers. */
function heat({ curves }: FlowReport, page: Page): string[] {
  const rows = curves.flatMap(({ gates }, k) =>
    gates.map(({ name, mean }) => {
      const all = mean.reduce((sum, value) => sum + value, 0) / mean.length;
      const [low, high] = [Math.min(...mean), Math.max(...mean)];
      const numbers = `${low.toFixed(2)} ${all.toFixed(2)} ${high.toFixed(2)}`;
      return { head: `  ${flowMark(k)} ${name} `, mean, numbers };
    }),
  );
  if (rows.length === 0) return [];
  return [
    '',
    ...paragraph(
      `Gates, mean over the units${page.spoken ? ':' : ', t from 1 to T; then'} the lowest step, the mean, the highest:`,
      page,
    ),
    ...(page.spoken
      ? []
      : flow(
          shades.map(
            (sign, k) => `${sign} ${k === 4 ? 'up to 1' : `below ${((k + 1) / 5).toFixed(1)}`}`,
          ),
          page,
        )),
    ...rows.flatMap(({ head, mean, numbers }) => {
      const room = page.spoken ? 0 : page.width - stringWidth(head) - numbers.length - 1;
      const row = room < 4 ? '' : `${stretches(mean, Math.min(room, 60)).map(shadeOf).join('')} `;
      return [`${head}${row}${numbers}`];
    }),
  ];
}

function highways(report: FlowReport, page: Page): string[] {
  const { curves } = report;
  const rows = curves.flatMap(({ name, highway }, k) =>
    highway
      ? [
          [
            flowMark(k),
            name,
            normText(highway.direct),
            normText(highway.hiddenFixed),
            normText(highway.total),
          ],
        ]
      : [],
  );
  if (rows.length === 0) return [];
  const heads: readonly Column[] = [
    { head: '' },
    { head: 'dc_T/dc_1', drop: page.width < 52 ? 2 : 0 },
    { head: '∏ diag(f_t)', align: 'right' },
    { head: 'h_1 held', align: 'right', drop: 1 },
    { head: 'total', align: 'right' },
  ];
  return [
    '',
    ...columns(heads, rows, page),
    ...highwaySentences(report).flatMap((one) => paragraph(page.paint.dim(one), page)),
  ];
}

export function flowText(report: FlowReport, page: Page): string[] {
  const { sizes, seed } = report;
  const { paint } = page;
  const bound = boundSentence(report);
  return [
    ...ends(
      paint.strong(`flow   T = ${sizes.T} · H = D = ${sizes.H}`),
      `seed ${seed} · L = Σ h_T / √H`,
      page,
    ),
    '',
    ...paragraph(flowVerdict(report), page),
    ...zeroSentences(report).flatMap((one) => paragraph(paint.warn(one), page)),
    '',
    ...chart(flowChart(report), page),
    '',
    ...summary(report, page),
    ...(bound === null
      ? []
      : ['', ...paragraph(report.bound!.holds ? bound : paint.bad(bound), page)]),
    ...highways(report, page),
    ...heat(report, page),
  ];
}
