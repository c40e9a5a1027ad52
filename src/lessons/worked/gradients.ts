/** Vanishing gradients in numbers: a product by hand, the bound beside the truth, norm beside radius. */
import { Arena, createParameters, fillNormal, orthogonal, rng } from '../../engine/index.js';
import { rnn, stateJacobian } from '../../engine/index.js';
import { spectralNorm } from '../../bench/index.js';
import { aligned, four, matrix, shown, steps, vector } from './show.js';

/** One unit, and a single input at the first step. */
const weights = { Wxh: matrix([1]), Whh: matrix([0.9]), bh: vector(0) };
const xs = [1, 0, 0, 0, 0];
const backward = ['preactivation', 'Whh', 'hidden-previous'].map((name) => `rnn.backward.${name}`);

/** Five steps back from dL/dh_5 = 1: each step's factor, and its part of dL/dW_hh. */
export function productByHand(): string[] {
  const T = xs.length;
  const hs = [vector(0)];
  for (const [t, x] of xs.entries()) {
    const { values } = steps(['rnn.hidden'], { ...weights, x: vector(x), hPrev: hs[t]! });
    hs.push(values.h as Float64Array);
  }
  let dh = vector(1);
  let total = 0;
  const rows = xs
    .map((_, k) => T - k)
    .map((t) => {
      const [h, hPrev] = [hs[t]!, hs[t - 1]!];
      const { values } = steps(backward, { ...weights, h, hPrev, dh });
      const part = (values.dWhh as Float64Array[])[0]![0]!;
      total += part;
      const row = [String(t), shown(h), four(1 - h[0]! ** 2), shown(dh), four(part)];
      dh = values.dhPrev as Float64Array;
      return row;
    });
  expectSame(total);
  return [
    ...aligned(['t', 'h_t', '1 - h_t²', 'dL/dh_t', 'part of dL/dW_hh'], rows),
    '',
    `sum of the parts   dL/dW_hh = ${four(total)}`,
  ];
}

/** The engine's dL/dW_hh for the same five steps must be the sum of the parts. */
function expectSame(total: number): void {
  const arena = new Arena();
  const parameters = createParameters(arena, rnn, { T: xs.length, B: 1, D: 1, H: 1 });
  parameters.Wxh.set(weights.Wxh[0]!);
  parameters.Whh.set(weights.Whh[0]!);
  const x = Float64Array.from(xs);
  const run = rnn.forward(arena, { T: xs.length, B: 1, D: 1, H: 1 }, parameters, { x });
  const engines = rnn.backward(arena, run, { hT: vector(1) }).gradients.Whh;
  if (shown(engines) !== four(total)) throw new Error(`The engine's dWhh is ${shown(engines)}.`);
}

/** The norms of W_hh, which `fill` writes, and of dh_T/dh_1; no biases, and x is normal times `input`. */
function jacobian(T: number, H: number, input: number, fill: (Whh: Float64Array) => void) {
  const arena = new Arena();
  const dims = { T, B: 1, D: H, H };
  const parameters = createParameters(arena, rnn, dims);
  fill(parameters.Whh);
  for (let j = 0; j < H; j++) parameters.Wxh[j * H + j] = 1;
  const x = new Float64Array(T * H);
  fillNormal(x, rng(3));
  for (let j = 0; j < x.length; j++) x[j]! *= input;
  const J = stateJacobian(arena, rnn, rnn.forward(arena, dims, parameters, { x })).h!.h!;
  return { W: spectralNorm(parameters.Whh, H), J: spectralNorm(J, H) };
}

/** Orthogonal W_hh, so that every singular value is `gain`: the bound over fifty factors, and what is there. */
export function boundAndTruth(): string[] {
  const [T, H] = [51, 16];
  const rows = [0.9, 1, 1.5, 3].map((gain) => {
    const { W, J } = jacobian(T, H, 1, (Whh) => {
      orthogonal(Whh, H, H, rng(7));
      for (let j = 0; j < Whh.length; j++) Whh[j]! *= gain;
    });
    return [four(W), four(W ** (T - 1)), four(J)];
  });
  return aligned(['‖W_hh‖', 'bound ‖W_hh‖^50', '‖dh_51/dh_1‖'], rows);
}

/** The matrix [0.9 2; 0 0.9] and its powers: both eigenvalues are 0.9, and yet it grows at first. */
export function normAndRadius(): string[] {
  const rows = [1, 2, 5, 10, 20, 50, 100].map((n) => {
    // With no input the state stays at 0, where tanh' = 1: n steps back are the power W_hh^n.
    const { W, J } = jacobian(n + 1, 2, 0, (Whh) => Whh.set([0.9, 2, 0, 0.9]));
    return [String(n), four(0.9 ** n), four(J), four(W ** n)];
  });
  return aligned(['n', 'radius^n', '‖W_hh^n‖', '‖W_hh‖^n'], rows);
}
