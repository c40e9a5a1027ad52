/** What stands around a cell, in numbers: a layer that reads from both ends, three means, one decoder's question. */
import {
  Arena,
  additiveAttention,
  bidirectional,
  createAdditiveParameters,
} from '../../engine/index.js';
import { createParameters, rnn, softmaxCrossEntropy } from '../../engine/index.js';
import { aligned, four, given, matrix, shown, steps, vector } from './show.js';

/** One unit in each direction, with the same weights; a sequence of two steps in a batch that is four long. */
const weights = { Wxh: matrix([1]), Whh: matrix([0.5]), bh: vector(0.5) };
const [xs, length] = [[1, -1, 0, 0], 2];

/** The states of one unit that reads these inputs, through the notation. */
function read(inputs: readonly number[]): Float64Array[] {
  let hPrev = vector(0);
  return inputs.map(
    (x) =>
      (hPrev = steps(['rnn.hidden'], { ...weights, x: vector(x), hPrev }).values.h as Float64Array),
  );
}

/** Both states at every step, and h← as it comes out where the whole padded row is turned round. */
export function bothEnds(): string[] {
  const forward = read(xs.slice(0, length));
  const backward = read(xs.slice(0, length).reverse()).reverse();
  const careless = read([...xs].reverse()).reverse();
  const ours = forward.flatMap((h, t) => [...h, ...backward[t]!]);
  if (shown(engine().subarray(0, 2 * length)) !== shown(Float64Array.from(ours)))
    throw new Error(`The engine's h↔ is ${shown(engine())}.`);
  const rows = xs.map((x, t) => [
    `${t + 1}${t < length ? '' : ' (padding)'}`,
    String(x),
    forward[t] ? shown(forward[t]) : '',
    backward[t] ? shown(backward[t]) : '',
    shown(careless[t]!),
  ]);
  return [
    ...given(weights),
    '',
    ...aligned(['t', 'x', 'h→', 'h←', 'h← begun in the padding'], rows),
  ];
}

/** h↔ (T,1,2) of the same sequence. */
function engine(): Float64Array {
  const arena = new Arena();
  const dims = { T: xs.length, B: 1, D: 1, H: 1 };
  const parameters = createParameters(arena, rnn, dims);
  for (const [name, rows] of Object.entries({ ...weights, bh: [weights.bh] }))
    parameters[name as 'Wxh'].set(rows[0]!);
  const x = Float64Array.from(xs);
  const both = { forward: parameters, backward: parameters };
  return bidirectional(arena, rnn, dims, both, { x, lengths: [length] }).h;
}

/** Two sequences of 4 steps and 1, padded to 4, and what the network thinks of class 1 against class 0. */
const [real, scores] = [
  [1, 1, 1, 1, 1, 0, 0, 0],
  [2, 1.5, 2.5, 2, -1, 0, 0, 0],
] as const;

/** One batch, three numbers that are all called the mean loss. */
export function threeMeans(): string[] {
  const arena = new Arena();
  const mean = (start: number, end: number, mask: readonly number[]): number =>
    softmaxCrossEntropy(
      arena,
      { N: end - start, C: 2 },
      Float64Array.from(scores.slice(start, end).flatMap((score) => [0, score])),
      Array.from(scores.slice(start, end), () => 1),
      { mask: Uint8Array.from(mask) },
    ).loss;
  // Through the notation: the losses of the steps that are there, one by one.
  const losses = scores.map((score) => {
    const given = { y: vector(0, score), target: vector(0, 1) };
    return steps(['training.cross-entropy'], given).values.L as number;
  });
  const ours = losses.reduce((sum, loss, n) => sum + real[n]! * loss, 0) / 5;
  const tokens = mean(0, 8, real);
  if (four(tokens) !== four(ours)) throw new Error(`The engine's mean is ${four(tokens)}.`);
  const sequences = (mean(0, 4, real.slice(0, 4)) + mean(4, 8, real.slice(4))) / 2;
  return [
    `losses   ${losses.slice(0, 4).map(four).join('  ')}   and   ${four(losses[4]!)}`,
    '',
    ...aligned(
      ['divided by', 'loss'],
      [
        ['the 5 real steps', four(tokens)],
        ['steps of each sequence, then 2 sequences', four(sequences)],
        ['all 8 places, padding as loss 0', four((5 * tokens) / 8)],
      ],
    ),
  ];
}

/** Three encoder states, one decoder state that asks; H = S = A = 2. */
const asked = {
  ...{ s: vector(1, 0), Wa: matrix([1, 0], [0, 1]), Ua: matrix([1, 0.5], [-0.5, 1]) },
  ...{ ba: vector(0, 0), va: vector(1, -1) },
};
const states = matrix([1, 0], [0, 1], [-1, 0.5]);

/** One score for each state, the scores as shares, and the mean of the states with these shares. */
export function decoderAsks(): string[] {
  const names = ['hidden', 'score'].map((name) => `attention.additive.${name}`);
  const runs = states.map((h) => steps(names, { ...asked, h }).values);
  const e = Float64Array.from(runs, ({ score }) => score as number);
  const last = steps(['attention.weights', 'attention.context'], { e, V: states });
  const arena = new Arena();
  const dims = { J: 1, T: 3, B: 1, H: 2, S: 2, A: 2 };
  const parameters = createAdditiveParameters(arena, dims);
  for (const name of ['Wa', 'Ua'] as const)
    parameters[name].set(asked[name].flatMap((row) => [...row]));
  parameters.va.set(asked.va);
  const h = Float64Array.from(states.flatMap((row) => [...row]));
  const { context } = additiveAttention(arena, dims, parameters, { s: asked.s, h });
  if (shown(context) !== shown(last.values.context!))
    throw new Error(`The engine's context is ${shown(context)}.`);
  const weightOf = last.values.w as Float64Array;
  return [
    ...given(asked),
    '',
    ...aligned(
      ['t', 'h_t', 'u_a', 'score', 'weight'],
      states.map((state, t) => [
        ...[String(t + 1), shown(state), shown(runs[t]!.ua!)],
        ...[four(e[t]!), four(weightOf[t]!)],
      ]),
    ),
    '',
    last.lines.at(-1)!,
  ];
}
