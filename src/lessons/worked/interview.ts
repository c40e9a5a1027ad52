/** Numbers worth having in the head before an interview: each is computed, none is typed. */
import { bytesOfKvCache, cells, parameterCount, sigmoid } from '../../engine/index.js';
import { predictedBytes } from '../../bench/index.js';
import { grouped } from './comparison.js';
import { beside, four } from './show.js';

const D = 128;
const H = 256;
const T = 1000;

/** A model of 32 layers with 32 heads of 128 columns, 2 bytes a number: Llama 2 7B. */
const large = { layers: 32, heads: 32, head: 128, bytes: 2 };

export function numbersToKnow(): string[] {
  const count = (kind: keyof typeof cells, bias = true) =>
    parameterCount(cells[kind], { D, H }, { bias });
  const layer = { hidden: H, heads: 1, k: 32, T };
  const cache = { B: 1, heads: large.heads, dk: large.head, dv: large.head };
  const state = (capacity: number) => bytesOfKvCache({ ...cache, capacity }).state;
  const perToken = ((state(2) - state(1)) / 8) * large.bytes * large.layers;
  const rows: [string, string][] = [
    ['σ(0), σ(1), σ(3), σ(5)', [0, 1, 3, 5].map((a) => four(sigmoid(a))).join(', ')],
    ['0.5^100, 0.9^100, 0.99^100', [0.5, 0.9, 0.99].map((f) => four(f ** 100)).join(', ')],
    ['', ''],
    [`D = ${D}, H = ${H}: LSTM, parameters`, grouped(count('lstm'))],
    ['  the same with two biases a block', grouped(2 * count('lstm') - count('lstm', false))],
    ['  GRU, parameters', grouped(count('gru'))],
    ['  RNN, parameters', grouped(count('rnn'))],
    ['  multiply-adds of an LSTM step', grouped(count('lstm', false))],
    ['', ''],
    [`H = ${H}, float64: state of a stream, bytes`, kept('lstm-streaming', 'state')],
    [`  tape of BPTT, T = ${grouped(T)}`, kept('lstm-bptt', 'tape')],
    ['  attention weights of one head, naive', kept('attention-naive-training', 'tape')],
    ['  log-sum-exp of one head, online', kept('attention-online', 'tape')],
    ['', ''],
    ['Llama 2 7B, fp16: KV cache, bytes a token', grouped(perToken)],
    ['  4,096 tokens', grouped(4096 * perToken)],
  ];
  return beside(rows, '   ').map((line) => line.trimEnd());

  function kept(mode: Parameters<typeof predictedBytes>[0], of: 'state' | 'tape'): string {
    return grouped(predictedBytes(mode, layer).byClass[of]);
  }
}
