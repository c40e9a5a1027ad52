/** The Elman network worked by hand, forward and back over two steps, and held against the engine. */
import { Arena, createParameters, rnn } from '../../engine/index.js';
import { expectSame, given, matrix, shown, steps, vector } from './show.js';

/** One unit, one input. */
const weights = { Wxh: matrix([1]), Whh: matrix([0.5]), bh: vector(0) };
const xs = [vector(1), vector(-0.5)];
const h0 = vector(0);

/** h after each step, through the notation. */
function unrolled(): { lines: string[]; hs: Float64Array[] } {
  const hs = [h0];
  const lines = xs.flatMap((x, t) => {
    const { lines: one, values } = steps(['rnn.hidden'], { ...weights, x, hPrev: hs[t]! });
    hs.push(values.h as Float64Array);
    return [
      `t = ${t + 1}   x = ${shown(x)}   h₋ = ${shown(hs[t]!)}`,
      ...one.map((line) => `        ${line}`),
    ];
  });
  return { lines, hs };
}

/** Two steps forward: the same weights at both, and the engine's h must be the same. */
export function rnnForward(): string[] {
  const { lines, hs } = unrolled();
  const { outputs } = engine();
  expectSame('h', outputs.h, vector(...hs.slice(1).flatMap((h) => [...h])));
  return [...given(weights), '', ...lines];
}

/** Back over the same two steps, where only the last h has a gradient of its own: dL/dh_2 = 1. */
export function rnnBackward(): string[] {
  const { hs } = unrolled();
  const names = ['preactivation', 'Whh', 'Wxh', 'hidden-previous'].map(
    (name) => `rnn.backward.${name}`,
  );
  let dh = vector(1);
  const total = { Whh: 0, Wxh: 0 };
  const lines = [2, 1].flatMap((t) => {
    const { lines: one, values } = steps(names, {
      ...weights,
      x: xs[t - 1]!,
      hPrev: hs[t - 1]!,
      h: hs[t]!,
      dh,
    });
    const line = `t = ${t}   dh = ${shown(dh)}`;
    dh = values.dhPrev as Float64Array;
    total.Whh += (values.dWhh as Float64Array[])[0]![0]!;
    total.Wxh += (values.dWxh as Float64Array[])[0]![0]!;
    return [line, ...one.map((text) => `        ${text}`)];
  });
  const { gradients } = engine().backward();
  expectSame('dWhh', gradients.Whh, vector(total.Whh));
  expectSame('dWxh', gradients.Wxh, vector(total.Wxh));
  return [
    ...lines,
    '',
    `over both steps   dW_hh = ${shown(vector(total.Whh))}   dW_xh = ${shown(vector(total.Wxh))}`,
  ];
}

/** The same network in the engine. */
function engine() {
  const arena = new Arena();
  const dims = { T: xs.length, B: 1, D: 1, H: 1 };
  const parameters = createParameters(arena, rnn, dims);
  parameters.Wxh.set(weights.Wxh[0]!);
  parameters.Whh.set(weights.Whh[0]!);
  const x = Float64Array.from(xs.flatMap((one) => [...one]));
  const run = rnn.forward(arena, dims, parameters, { x, h0 });
  return { ...run, backward: () => rnn.backward(arena, run, { hT: vector(1) }) };
}
