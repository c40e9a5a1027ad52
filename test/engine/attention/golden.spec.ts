/** Attention against PyTorch float64: outputs within 1e-12 of the tensor's largest entry, gradients of the file's. */
import { describe, expect, it } from 'vitest';
import {
  Arena,
  additiveAttention,
  additiveAttentionBackward,
  attention,
  attentionBackward,
  createAdditiveParameters,
  createMultiHeadParameters,
  createParameters,
  lstm,
  multiHead,
  multiHeadBackward,
  onlineAttention,
  onlineAttentionBackward,
  softmaxRowsBackward,
} from '../../../src/engine/index.js';
import { distance, flat, golden, largest } from '../golden-file.js';
import type { Arrays } from '../../../src/engine/index.js';
import type { Nested } from '../golden-file.js';

type Record_ = Record<string, Nested>;

/** Every named array equal to its golden one, within 1e-12 of `scale`. */
function expectAll(got: Arrays, want: Record_, scale?: number): void {
  expect(Object.keys(got).length).toBeGreaterThan(0);
  for (const [name, array] of Object.entries(got)) {
    const wanted = flat(want[name]!);
    expect(largest(wanted), name).toBeGreaterThan(0);
    expect(distance(array, wanted), name).toBeLessThanOrEqual(1e-12 * (scale ?? largest(wanted)));
  }
}
const scaleOf = (...records: Record_[]): number =>
  Math.max(...records.flatMap((record) => Object.values(record).map((v) => largest(flat(v)))));

describe.each(['attention_full_base', 'attention_causal_base'])('%s', (file) => {
  const { config, inputs, outputs, grads } = golden<{
    config: Record<'B' | 'Tq' | 'Tk' | 'd' | 'dv', number> & { causal: boolean };
    inputs: Record<'Q' | 'K' | 'V', Nested> & { upstream: { out: Nested } };
    outputs: Record<'out' | 'weights' | 'scores', Nested>;
    grads: { inputs: Record_; states: Record<'scores' | 'weights', Nested> };
  }>(file);
  const { B, Tq, Tk, d, dv, causal } = config;
  const dims = { B, Tq, Tk, dk: d, dv, heads: 1 };
  const given = { Q: flat(inputs.Q), K: flat(inputs.K), V: flat(inputs.V) };
  const dout = flat(inputs.upstream.out);
  const arena = new Arena();

  it('by the whole matrix', () => {
    const run = attention(arena, dims, given, { causal });
    expectAll({ out: run.out, weights: run.weights }, outputs);
    const { Q, K, V } = attentionBackward(arena, run, dout);
    expectAll({ Q, K, V }, grads.inputs, scaleOf(grads.inputs));
  });

  it('by tiles, with the row log-sum-exp of the golden scores', () => {
    const run = onlineAttention(arena, dims, given, { causal });
    expectAll({ out: run.out }, outputs);
    const scores = flat(outputs.scores);
    run.logSumExp.forEach((L, i) => {
      const row = scores.slice(i * Tk, causal ? i * Tk + i + 1 : (i + 1) * Tk);
      const want = Math.log(row.reduce((sum, s) => sum + Math.exp(s), 0));
      expect(Math.abs(L - want)).toBeLessThanOrEqual(1e-13);
    });
    const { Q, K, V } = onlineAttentionBackward(arena, run, dout);
    expectAll({ Q, K, V }, grads.inputs, scaleOf(grads.inputs));
  });

  it('softmax: from the gradient of the weights to that of the scores', () => {
    const dS = flat(grads.states.weights);
    softmaxRowsBackward(dS, flat(outputs.weights), Tk, Tq, Tk);
    expectAll({ scores: dS }, { scores: grads.states.scores }, scaleOf(grads.states));
  });
});

it('mha_self_base', () => {
  const { config, inputs, params, outputs, grads } = golden<{
    config: Record<'B' | 'Tq' | 'Tk' | 'E' | 'heads', number>;
    inputs: { x: Nested; upstream: { out: Nested } };
    params: Record_;
    outputs: Record<'out' | 'weights' | 'heads', Nested>;
    grads: { inputs: Record_; params: Record_ };
  }>('mha_self_base');
  const { B, Tq, Tk, E, heads } = config;
  const arena = new Arena();
  const parameters = createMultiHeadParameters(arena, { E });
  for (const [name, value] of Object.entries(params)) parameters[name as 'Wq'].set(flat(value));
  const run = multiHead(arena, { B, Tq, Tk, E, heads }, parameters, { x: flat(inputs.x) });
  expectAll({ out: run.out, weights: run.heads.weights }, outputs);
  const { x, memory, slab: _, ...d } = multiHeadBackward(arena, run, flat(inputs.upstream.out));
  expect(Object.keys(d).sort()).toEqual(Object.keys(params).sort());
  expectAll({ x, ...d }, { ...grads.inputs, ...grads.params }, scaleOf(grads.inputs, grads.params));
  expect(memory).toHaveLength(0);
});

it('bahdanau_lstm_base, through the LSTM under it', () => {
  type Of<Inner> = Record<'Wa' | 'Ua' | 'ba' | 'va', Nested> & { lstm: Inner };
  const { config, inputs, params, outputs, grads } = golden<{
    config: Record<'T' | 'B' | 'D' | 'H' | 'S' | 'A' | 'J', number>;
    inputs: Record<'x' | 'h0' | 'c0' | 's', Nested> & { upstream: { context: Nested } };
    params: Of<Record_>;
    outputs: Record<'h' | 'weights' | 'context', Nested>;
    grads: { inputs: Record_; params: Of<Record_>; states: { h: Nested } };
  }>('bahdanau_lstm_base');
  const { T, B, D, H, S, A, J } = config;
  const arena = new Arena();
  const cell = createParameters(arena, lstm, { T, B, D, H });
  for (const [name, value] of Object.entries(params.lstm)) cell[name as 'Wf'].set(flat(value));
  const parameters = createAdditiveParameters(arena, { H, S, A });
  for (const name of ['Wa', 'Ua', 'ba', 'va'] as const) parameters[name].set(flat(params[name]));

  const encoder = lstm.forward(arena, { T, B, D, H }, cell, {
    x: flat(inputs.x),
    h0: flat(inputs.h0),
    c0: flat(inputs.c0),
  });
  const dims = { T, B, H, S, A, J };
  const run = additiveAttention(arena, dims, parameters, {
    s: flat(inputs.s),
    h: encoder.outputs.h,
  });
  expectAll({ h: encoder.outputs.h, weights: run.weights, context: run.context }, outputs);

  const d = additiveAttentionBackward(arena, run, flat(inputs.upstream.context));
  const back = lstm.backward(arena, encoder, { h: d.h });
  const { lstm: cellGrads, ...own } = grads.params;
  const scale = scaleOf(grads.inputs, cellGrads, own, grads.states);
  const { x, h0, c0 } = back.gradients;
  expectAll({ s: d.s, x, h0, c0 }, grads.inputs, scale);
  const { Wa, Ua, ba, va } = d;
  expectAll({ Wa, Ua, ba, va }, own, scale);
  const names = Object.keys(cellGrads) as 'Wf'[];
  expectAll(
    Object.fromEntries(names.map((name) => [name, back.gradients[name]])),
    cellGrads,
    scale,
  );
  expectAll({ h: back.states.h! }, grads.states, scale);
});
