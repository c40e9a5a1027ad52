/**
 * Attention of one query Q, a row of the engine's queries: scaled dot-product, forward and back, and Bahdanau's additive score. T keys, D
 * columns of query and keys, H columns of values, A the attention size. Over several queries the parts of
 * dK, dV and the weights add up. Online softmax, for one query, takes key after key (or tile after tile of
 * them). Multi-head attention is one step of self-attention; each head attends within its own rows of query, key
 * and value. Its output projection is W_out here, because W_o is the LSTM's output gate.
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
  equation('attention.online.maximum', {
    says: 'online softmax, one key after the other: the largest score so far, at first -∞',
    symbols: { top: [], topPrev: [], score: [] },
    is: 'top = max(topPrev, score)',
  }),
  equation('attention.online.sum', {
    says: 'the terms so far, made relative to the new maximum, and one more',
    symbols: { sum: [], sumPrev: [], topPrev: [], top: [], score: [] },
    is: 'sum = sumPrev * exp(topPrev - top) + exp(score - top)',
  }),
  equation('attention.online.context', {
    says: 'the unfinished context shrinks by the same factor and takes in the value',
    symbols: {
      ...{ partial: ['H'], partialPrev: ['H'], topPrev: [], top: [] },
      score: [],
      value: ['H'],
    },
    is: 'partial = partialPrev * exp(topPrev - top) + exp(score - top) * value',
  }),
  equation('attention.online.finish', {
    says: 'after the last key: one division, and no T × T matrix',
    symbols: { context: ['H'], partial: ['H'], sum: [] },
    is: 'context = partial / sum',
  }),
  equation('attention.online.log-sum-exp', {
    says: 'all that backward needs of the scores: one number for each query',
    symbols: { lse: [], top: [], sum: [] },
    is: 'lse = top + log(sum)',
  }),
  equation('attention.online.backward.weights', {
    says: 'the weights again, without a second pass for their sum',
    symbols: { w: ['T'], e: ['T'], lse: [] },
    is: 'w = exp(e - lse)',
  }),
  equation('attention.online.backward.mean', {
    says: 'the weighed mean of dw, known from the context alone',
    symbols: { delta: [], dcontext: ['H'], context: ['H'] },
    is: "delta = dcontext' * context",
  }),
  equation('attention.online.backward.scores', {
    says: 'back through softmax, tile by tile',
    symbols: { de: ['T'], w: ['T'], dw: ['T'], delta: [] },
    is: 'de = w .* (dw - delta)',
  }),
  equation('attention.multi-head.query', {
    says: 'what this step asks, all heads at once',
    symbols: { Q: ['D'], Wq: ['D', 'D'], x: ['D'], bq: ['D'] },
    is: 'Q = Wq * x + bq',
  }),
  equation('attention.multi-head.key', {
    says: 'what this step answers to',
    symbols: { key: ['D'], Wk: ['D', 'D'], x: ['D'], bk: ['D'] },
    is: 'key = Wk * x + bk',
  }),
  equation('attention.multi-head.value', {
    says: 'what it answers',
    symbols: { value: ['H'], Wv: ['H', 'D'], x: ['D'], bv: ['H'] },
    is: 'value = Wv * x + bv',
  }),
  equation('attention.multi-head.output', {
    says: 'the heads meet: until here no head has seen another',
    symbols: { y: ['O'], Wout: ['O', 'H'], heads: ['H'], bout: ['O'] },
    is: 'y = Wout * heads + bout',
  }),
  equation('attention.multi-head.backward.heads', {
    says: 'to every head its rows of the error',
    symbols: { dheads: ['H'], Wout: ['O', 'H'], dy: ['O'] },
    is: "dheads = Wout' * dy",
  }),
  equation('attention.multi-head.backward.Wout', {
    says: 'each weight: error of its row times entry of the heads of its column',
    symbols: { dWout: ['O', 'H'], dy: ['O'], heads: ['H'] },
    is: "dWout = dy * heads'",
  }),
  equation('attention.multi-head.backward.bout', {
    says: 'the bias is added, so the error passes unchanged',
    symbols: { dbout: ['O'], dy: ['O'] },
    is: 'dbout = dy',
  }),
  equation('attention.multi-head.backward.Wq', {
    says: 'each weight: error of its row times entry of x of its column',
    symbols: { dWq: ['D', 'D'], dQ: ['D'], x: ['D'] },
    is: "dWq = dQ * x'",
  }),
  equation('attention.multi-head.backward.Wk', {
    says: 'likewise, from the queries that met this key',
    symbols: { dWk: ['D', 'D'], dkey: ['D'], x: ['D'] },
    is: "dWk = dkey * x'",
  }),
  equation('attention.multi-head.backward.Wv', {
    says: 'likewise, from the contexts that this value went into',
    symbols: { dWv: ['H', 'D'], dvalue: ['H'], x: ['D'] },
    is: "dWv = dvalue * x'",
  }),
  equation('attention.multi-head.backward.input', {
    says: 'in self-attention x asks, answers to and answers: three ways back',
    symbols: {
      ...{ dx: ['D'], Wq: ['D', 'D'], dQ: ['D'], Wk: ['D', 'D'], dkey: ['D'] },
      ...{ Wv: ['H', 'D'], dvalue: ['H'] },
    },
    is: "dx = Wq' * dQ + Wk' * dkey + Wv' * dvalue",
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
