/** Pictures of the lesson on training: how far credit reaches, and how exact a difference is. */
import {
  Arena,
  createParameters,
  fillUniform,
  forgetBias,
  lstm,
  rng,
  slidingWindow,
  truncated,
} from '../../engine/index.js';
import { power, range, type Chart } from './chart.js';

/** A small LSTM with open gates over T random inputs. */
function smallLstm(arena: Arena, T: number) {
  const dims = { T, B: 1, D: 3, H: 4 };
  const random = rng(7);
  const parameters = createParameters(arena, lstm, dims);
  fillUniform(parameters.slab, random, -0.5, 0.5);
  forgetBias(parameters.bf, 3);
  const x = new Float64Array(T * dims.D);
  fillUniform(x, random, -1, 1);
  return { dims, parameters, x };
}

/** The gradient that a loss at the last step gives to each input: in full, in stretches, by a sliding window. */
export function truncatedReach(): Chart {
  const [T, k] = [60, 16];
  const arena = new Arena();
  const { dims, parameters, x } = smallLstm(arena, T);
  const run = lstm.forward(arena, dims, parameters, { x });
  const h = new Float64Array(T * dims.H);
  h.fill(1, (T - 1) * dims.H);
  const { gradients } = truncated(arena, lstm, dims, parameters, { x }, k, (_, segment) => ({
    h: h.subarray(segment.start * dims.H, (segment.start + segment.length) * dims.H),
  }));
  const line = (mark: string, name: string, dx: Float64Array) => ({
    ...{ mark, name },
    points: range(1, T).map((t) => {
      const own = dx.subarray((t - 1) * dims.D, t * dims.D);
      return [t, Math.max(...own.map(Math.abs))] as const;
    }),
  });
  return {
    title: `The largest entry of dx_t for a loss at step ${T} alone, k = ${k}`,
    x: { label: 'step t', scale: 'linear', format: String },
    y: { label: 'dx_t', scale: 'log', format: power },
    series: [
      line('f', 'full BPTT', lstm.backward(arena, run, { h }).gradients.x),
      line('w', 'sliding window', slidingWindow(arena, lstm, run, { h }, k).x),
      line('s', 'stretches', gradients.x),
    ],
  };
}

/** Differences of a function f at x with step h. */
const rules = [
  ['f', 'forward', (f, h) => (f(h) - f(0)) / h],
  ['c', 'central', (f, h) => (f(h) - f(-h)) / (2 * h)],
  ['5', 'five points', (f, h) => (8 * (f(h) - f(-h)) - (f(2 * h) - f(-2 * h))) / (12 * h)],
] as const satisfies readonly (readonly [
  string,
  string,
  (f: (by: number) => number, h: number) => number,
])[];

/** The relative error of three rules in one weight of W_f, by their step: truncation on one side, rounding on the other. */
export function differenceError(): Chart {
  const arena = new Arena();
  const { dims, parameters, x } = smallLstm(arena, 10);
  const { Wf } = parameters;
  const ones = new Float64Array(dims.H).fill(1);
  const loss = (by: number): number => {
    const before = Wf[0]!;
    Wf[0] = before + by;
    const { finals } = lstm.forward(arena, dims, parameters, { x });
    Wf[0] = before;
    return finals.hT.reduce((sum, h) => sum + h, 0);
  };
  const run = lstm.forward(arena, dims, parameters, { x });
  const exact = lstm.backward(arena, run, { hT: ones }).gradients.Wf[0]!;
  const halvings = range(5, 45, 2);
  return {
    title: 'The error of a numeric derivative of an LSTM’s loss, by its step',
    x: { label: 'step', scale: 'log', format: power },
    y: { label: 'relative error', scale: 'log', format: power },
    series: rules.map(([mark, name, rule]) => ({
      ...{ mark, name },
      points: halvings.map((k) => {
        const step = 3 * 2 ** -k; // exact, so that the rounding is that of the loss alone
        return [step, Math.abs(rule(loss, step) / exact - 1)] as const;
      }),
    })),
  };
}
