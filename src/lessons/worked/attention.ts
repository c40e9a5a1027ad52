/** Attention worked by hand: one query over three keys, forward, back and key by key; held against the engine. */
import { Arena, attention, attentionBackward, onlineAttention } from '../../engine/index.js';
import { equationOf, evaluate, type Value } from '../../notation/index.js';
import { aligned, expectSame, four, given, matrix, shown, steps, vector } from './show.js';

/** Three keys with four columns each, so that √D = 2; values with two. */
const start = {
  Q: vector(2, 0, 2, 0),
  K: matrix([1, 0, 1, 0], [0, 1, 0, 1], [1, 1, 0, 0]),
  V: matrix([1, 0], [0, 1], [1, 1]),
};
const [T, D, H] = [3, 4, 2];
const dcontext = vector(1, 0);

const forward = ['scores', 'weights', 'context'].map((name) => `attention.${name}`);
const backward = ['weights', 'scores', 'query', 'values'].map(
  (name) => `attention.backward.${name}`,
);

const flat = (rows: readonly Float64Array[]): Float64Array =>
  Float64Array.from(rows.flatMap((row) => [...row]));
const dims = { Tq: 1, Tk: T, B: 1, heads: 1, dk: D, dv: H };
const inputs = { Q: start.Q, K: flat(start.K), V: flat(start.V) };

/** Three lines: scores, weights, context. */
export function attentionQuery(): string[] {
  const { lines, values } = steps(forward, { ...start, D });
  const run = attention(new Arena(), dims, inputs);
  expectSame('weights', run.weights, values.w!);
  expectSame('output', run.out, values.context!);
  return [...given(start), '', ...lines];
}

/** The same query, and what comes back where the loss asks for more of the context's first entry. */
export function attentionBack(): string[] {
  const { values } = steps(forward, { ...start, D });
  const { lines, values: back } = steps(backward, { ...values, D, dcontext });
  const arena = new Arena();
  const d = attentionBackward(arena, attention(arena, dims, inputs), dcontext);
  expectSame('dQ', d.Q, back.dQ!);
  expectSame('dV', d.V, flat(back.dV as Float64Array[]));
  return [...given({ dcontext }), '', ...lines];
}

/** The same keys one after the other, last one first, so that the largest score comes at the end. */
export function onlineSoftmax(): string[] {
  const { values: whole } = steps(forward, { ...start, D });
  const scores = whole.e as Float64Array;
  let state: Record<string, Value> = { top: -Infinity, sum: 0, partial: new Float64Array(H) };
  const rows = [2, 1, 0].map((key) => {
    state = {
      ...{ score: scores[key]!, value: start.V[key]! },
      ...{ topPrev: state.top!, sumPrev: state.sum!, partialPrev: state.partial! },
    };
    for (const name of ['maximum', 'sum', 'context']) define(state, `attention.online.${name}`);
    return [key + 1, ...['score', 'value', 'top', 'sum', 'partial'].map((n) => shown(state[n]!))];
  });
  define(state, 'attention.online.finish');
  define(state, 'attention.online.log-sum-exp');
  const run = onlineAttention(new Arena(), dims, inputs);
  expectSame('output', run.out, state.context!);
  expectSame('log-sum-exp', run.logSumExp, state.lse!);
  return [
    ...aligned(['key', 'score', 'value', 'top', 'sum', 'partial'], rows),
    '',
    `context = partial / sum = ${shown(state.context!)}   lse = top + log(sum) = ${four(state.lse as number)}`,
  ];
}

/** Adds what an equation defines to what is known. */
function define(known: Record<string, Value>, id: string): void {
  const equation = equationOf(id);
  known[equation.defines] = evaluate(equation, known);
}
