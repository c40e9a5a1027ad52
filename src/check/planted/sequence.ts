/**
 * What the textbook backward passes share: the walk over batch and time, the accumulation of
 * per-step gradients, and the mistakes that have nothing to do with the kind of cell.
 */
import { reals } from '../algebra.js';
import { textbookParameters, textbookSteps } from '../textbook/cells.js';
import type { Arrays, CellKind, Dims } from '../../engine/index.js';
import type { StepValues, TextbookParameters } from '../textbook/cells.js';

export type MistakeTable = Readonly<Record<string, string>>;
export type Backward = (
  mistake: string,
  dims: Dims,
  values: Readonly<Record<string, Float64Array>>,
  upstream: Arrays,
) => Record<string, Float64Array>;

type Vector = readonly number[];

/** What one step of backward is given. */
export interface StepContext {
  readonly mistake: string;
  readonly p: TextbookParameters<number>;
  readonly x: Vector;
  readonly previous: StepValues<number>;
  readonly now: StepValues<number>;
  /** The gradients that reached this step's outputs, upstream and carried: h, c, y. */
  readonly d: Readonly<Record<string, Vector>>;
}

/** What one step of backward gives: terms of the parameter gradients (flat), dx, and what is carried to h₋ and c₋. */
export interface StepGradients {
  readonly parameters: Readonly<Record<string, Vector>>;
  readonly x: Vector;
  readonly hPrev: Vector;
  readonly cPrev?: Vector;
}

/** Mistakes that any backward pass over time can have. */
export const timeMistakes = {
  'bias-skips-first-step': 'The bias gradient sums over t = 2 … T and forgets t = 1.',
  'truncated-half': 'What is carried back is cut in the middle of the sequence.',
  'truncated-first': 'What is carried back is cut just before the first step.',
  'initial-hidden-zero': 'The gradient of the initial state h0 is never written.',
  'mean-over-time': 'The parameter gradients are averaged over time instead of summed.',
  'one-sign': 'One entry of one weight gradient has the wrong sign.',
  'one-percent': 'One entry of one weight gradient is 1 % too large.',
} as const satisfies MistakeTable;

/** The outer product a bᵀ, flat. */
export const outer = (a: Vector, b: Vector): number[] => a.flatMap((u) => b.map((v) => u * v));

/** Wᵀ v, for W by rows. */
export const transposed = (W: readonly Vector[], v: Vector): number[] =>
  (W[0] ?? []).map((_, k) => W.reduce((sum, row, j) => sum + row[k]! * v[j]!, 0));

export function backwardOverTime(
  kind: CellKind,
  stepBackward: (context: StepContext) => StepGradients,
): Backward {
  return (mistake, dims, values, upstream) => {
    const { T, B, D, H, O = 0 } = dims;
    const p = textbookParameters({
      Why: [],
      by: [],
      ...Object.fromEntries(Object.entries(values).map(([k, v]) => [k, [...v]])),
    });
    const gradients = Object.fromEntries(
      Object.entries(values).map(([name, v]) => [name, new Float64Array(v.length)]),
    );
    const slice = (array: Float64Array | undefined, start: number, length: number): number[] =>
      array ? [...array.subarray(start, start + length)] : new Array<number>(length).fill(0);
    const plus = (a: Vector, b: Vector): number[] => a.map((v, j) => v + b[j]!);
    const cut =
      mistake === 'truncated-half' ? Math.floor(T / 2) : mistake === 'truncated-first' ? 1 : 0;

    for (let n = 0; n < B; n++) {
      const trace: StepValues<number>[] = [
        { h: slice(values.h0, n * H, H), c: slice(values.c0, n * H, H) },
      ];
      const xs = Array.from({ length: T }, (_, t) => slice(values.x, (t * B + n) * D, D));
      for (const [t, x] of xs.entries()) trace.push(textbookSteps[kind](reals, p, x, trace[t]!));

      let dh = slice(upstream.hT, n * H, H);
      let dc = slice(upstream.cT, n * H, H);
      for (let t = T - 1; t >= 0; t--) {
        const row = t * B + n;
        const step = stepBackward({
          mistake,
          p,
          x: xs[t]!,
          previous: trace[t]!,
          now: trace[t + 1]!,
          d: {
            h: plus(dh, slice(upstream.h, row * H, H)),
            c: plus(dc, slice(upstream.c, row * H, H)),
            y: slice(upstream.y, row * O, O),
          },
        });
        for (const [name, term] of Object.entries(step.parameters)) {
          if (name.startsWith('b') && t === 0 && mistake === 'bias-skips-first-step') continue;
          const scale = mistake === 'mean-over-time' ? 1 / T : 1;
          term.forEach((v, j) => (gradients[name]![j]! += scale * v));
        }
        gradients.x!.set(step.x, row * D);
        dh = cut > 0 && t === cut ? dh.map(() => 0) : [...step.hPrev];
        dc = cut > 0 && t === cut ? dc.map(() => 0) : [...(step.cPrev ?? dc)];
      }
      if (mistake !== 'initial-hidden-zero') gradients.h0!.set(dh, n * H);
      gradients.c0?.set(dc, n * H);
    }
    const [weights] = Object.keys(values).filter((name) => name.startsWith('W'));
    const entry = gradients[weights!]!;
    const largest = entry.reduce(
      (best, v, j) => (Math.abs(v) > Math.abs(entry[best]!) ? j : best),
      0,
    );
    if (mistake === 'one-sign') entry[largest]! *= -1;
    if (mistake === 'one-percent') entry[largest]! *= 1.01;
    return gradients;
  };
}
