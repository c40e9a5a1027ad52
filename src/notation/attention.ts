/**
 * Attention of one query Q, a row of the engine's queries: scaled dot-product, forward and back, and Bahdanau's additive score. T keys, D
 * columns of query and keys, H columns of values, A the attention size. Over several queries the parts of
 * dK, dV and the weights add up. The tiles of online softmax are in src/engine/attention/online-softmax.ts.
 */
import { equation } from './equation.js';

export const attentionEquations = [
  equation('attention.scores', {
    says: 'how well each key answers the query; √D keeps the scores of long vectors from saturating the softmax',
    symbols: { e: ['T'], K: ['T', 'D'], Q: ['D'], D: [] },
    is: 'e = K * Q / sqrt(D)',
  }),
  equation('attention.weights', {
    says: 'scores as shares of one: positive, summing to 1',
    symbols: { w: ['T'], e: ['T'] },
    is: 'w = softmax(e)',
  }),
  equation('attention.context', {
    says: 'the mean of the values, weighed',
    symbols: { context: ['H'], V: ['T', 'H'], w: ['T'] },
    is: "context = V' * w",
  }),
  equation('attention.backward.weights', {
    says: 'to each weight: how far its value points along the error',
    symbols: { dw: ['T'], V: ['T', 'H'], dcontext: ['H'] },
    is: 'dw = V * dcontext',
  }),
  equation('attention.backward.scores', {
    says: 'back through softmax: only what differs from the weighed mean passes, so the entries sum to 0',
    symbols: { de: ['T'], w: ['T'], dw: ['T'] },
    is: "de = w .* (dw - w' * dw)",
  }),
  equation('attention.backward.query', {
    says: 'every key pulls at the query, by its error',
    symbols: { dQ: ['D'], K: ['T', 'D'], de: ['T'], D: [] },
    is: "dQ = K' * de / sqrt(D)",
  }),
  equation('attention.backward.keys', {
    says: 'each key: its error times the query',
    symbols: { dK: ['T', 'D'], de: ['T'], Q: ['D'], D: [] },
    is: "dK = de * Q' / sqrt(D)",
  }),
  equation('attention.backward.values', {
    says: 'each value gets the share of the error that it had in the context',
    symbols: { dV: ['T', 'H'], w: ['T'], dcontext: ['H'] },
    is: "dV = w * dcontext'",
  }),
  equation('attention.additive.hidden', {
    says: 'query and state meet in one small layer',
    symbols: { ua: ['A'], Wa: ['A', 'S'], s: ['S'], Ua: ['A', 'H'], h: ['H'], ba: ['A'] },
    is: 'ua = tanh(Wa * s + Ua * h + ba)',
  }),
  equation('attention.additive.score', {
    says: 'one number for each state; softmax over the states comes next',
    symbols: { score: [], va: ['A'], ua: ['A'] },
    is: "score = va' * ua",
  }),
  equation('attention.additive.backward.va', {
    says: 'the score is linear in v_a',
    symbols: { dva: ['A'], dscore: [], ua: ['A'] },
    is: 'dva = dscore * ua',
  }),
  equation('attention.additive.backward.hidden', {
    says: 'to the pre-activation, back through tanh',
    symbols: { dau: ['A'], dscore: [], va: ['A'], ua: ['A'] },
    is: 'dau = dscore * va .* (1 - ua.^2)',
  }),
  equation('attention.additive.backward.query', {
    says: 'what one state sends back to the query; the states add up',
    symbols: { ds: ['S'], Wa: ['A', 'S'], dau: ['A'] },
    is: "ds = Wa' * dau",
  }),
  equation('attention.additive.backward.Wa', {
    says: 'each weight: error of its row times entry of s of its column',
    symbols: { dWa: ['A', 'S'], dau: ['A'], s: ['S'] },
    is: "dWa = dau * s'",
  }),
  equation('attention.additive.backward.Ua', {
    says: 'each weight: error of its row times entry of h of its column',
    symbols: { dUa: ['A', 'H'], dau: ['A'], h: ['H'] },
    is: "dUa = dau * h'",
  }),
  equation('attention.additive.backward.ba', {
    says: 'the bias is added, so the error passes unchanged',
    symbols: { dba: ['A'], dau: ['A'] },
    is: 'dba = dau',
  }),
] as const;
