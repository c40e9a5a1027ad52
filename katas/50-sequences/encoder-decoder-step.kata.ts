import { additiveAttention, Arena, createAdditiveParameters } from 'bptt';
import {
  close,
  concat,
  filledLike,
  kata,
  map,
  matrix,
  plus,
  product,
  sequence,
  sigmoid,
  throughEngine,
  times,
  vector,
  zeros,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';

type Given = Record<'x' | 'sPrev' | 'cPrev', Vector> & { hs: Sequence } & Record<
    'Ws' | 'Wh' | 'Wf' | 'Wi' | 'Wc' | 'Wo',
    Matrix
  > &
  Record<'v' | 'bf' | 'bi' | 'bc' | 'bo', Vector>;

type Got = Record<'context' | 'weights' | 's' | 'c', Vector>;

const total = (a: Vector): number => a.reduce((sum, v) => sum + v, 0);
const scaled = (a: Vector, by: number): Vector => map(a, (v) => v * by);
const shares = (a: Vector): Vector => scaled(a, 1 / total(a));

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** What asks. */
  query: ({ Ws, sPrev }: Given): Vector => product(Ws, sPrev),
  /** The score of one state, from the pre-activation of the small layer. */
  score: (a: Vector, v: Vector): number => total(times(v, map(a, Math.tanh))),
  /** Scores into shares of one. */
  normalised: (e: Vector): Vector => shares(map(e, (v) => Math.exp(v - Math.max(...e)))),
  /** The mean of the states, weighed. */
  gathered: (weights: Vector, hs: Sequence): Vector =>
    hs.map((h, t) => scaled(h, weights[t]!)).reduce(plus),
  /** What the LSTM reads. */
  joined: (sPrev: Vector, x: Vector, context: Vector): Vector => concat(sPrev, concat(x, context)),
  shown: (o: Vector, c: Vector): Vector => times(o, map(c, Math.tanh)),
};

/** Scores, weights and context alone. */
function attend(given: Given, change: Partial<typeof right> = {}) {
  const at = { ...right, ...change };
  const { hs, Wh, v } = given;
  const query = at.query(given);
  const e = Float64Array.from(hs, (h) => at.score(plus(query, product(Wh, h)), v));
  const weights = at.normalised(e);
  return { e, weights, context: at.gathered(weights, hs) };
}

/** The step as a learner would write it. */
function step(given: Given, change: Partial<typeof right> = {}): Got {
  const at = { ...right, ...change };
  const { x, sPrev, cPrev, Wf, Wi, Wc, Wo, bf, bi, bc, bo } = given;
  const { weights, context } = attend(given, change);
  const sx = at.joined(sPrev, x, context);
  const f = map(plus(product(Wf, sx), bf), sigmoid);
  const i = map(plus(product(Wi, sx), bi), sigmoid);
  const cTilde = map(plus(product(Wc, sx), bc), Math.tanh);
  const o = map(plus(product(Wo, sx), bo), sigmoid);
  const c = plus(times(f, cPrev), times(i, cTilde));
  return { context, weights, s: at.shown(o, c), c };
}

const filled = (a: Vector, value: number): Vector => map(a, () => value);
const meanOf = (hs: Sequence): Vector => scaled(hs.reduce(plus), 1 / hs.length);

export default kata('encoder-decoder-step', {
  topic: '50-sequences',
  title: 'A decoder step with attention',
  level: 3,
  minutes: 20,
  equations: [
    'attention.additive.hidden',
    'attention.additive.score',
    'attention.weights',
    'attention.context',
    'lstm.forget-gate',
    'lstm.input-gate',
    'lstm.candidate',
    'lstm.cell',
    'lstm.output-gate',
    'lstm.hidden',
  ],
  inputs: {
    x: vector('D'),
    sPrev: vector('H'),
    cPrev: vector('H'),
    hs: sequence('V'),
    Ws: matrix('K', 'H'),
    Wh: matrix('K', 'V'),
    v: vector('K'),
    Wf: matrix('H', 'H+D+V'),
    Wi: matrix('H', 'H+D+V'),
    Wc: matrix('H', 'H+D+V'),
    Wo: matrix('H', 'H+D+V'),
    bf: vector('H'),
    bi: vector('H'),
    bc: vector('H'),
    bo: vector('H'),
  },
  outputs: { context: vector('V'), weights: vector('T'), s: vector('H'), c: vector('H') },

  // The engine's attention, and the engine's LSTM on the input [x, context].
  reference: ({ x, sPrev, cPrev, hs, Ws, Wh, v, ...parameters }) => {
    const arena = new Arena();
    const sizes = { T: hs.length, B: 1, H: hs[0]!.length, S: sPrev.length, A: v.length, J: 1 };
    const small = createAdditiveParameters(arena, sizes);
    small.Wa.set(Ws.flatMap((row) => [...row]));
    small.Ua.set(Wh.flatMap((row) => [...row]));
    small.va.set(v);
    const h = Float64Array.from(hs.flatMap((row) => [...row]));
    const { weights, context } = additiveAttention(arena, sizes, small, { s: sPrev, h });
    const xs = [concat(x, context)];
    const { h: s, c } = throughEngine('lstm', { xs, h0: sPrev, c0: cPrev, parameters });
    return { context: context.slice(), weights: weights.slice(), s: s![0]!, c: c![0]! };
  },

  /** The score of the first encoder state, then the weights of all; the LSTM calls s₋ h₋, and [x, context] x. */
  symbols: (given) => {
    const { x, sPrev, hs, Ws, Wh, v } = given;
    const { e, context } = attend(given);
    return {
      ...given,
      ...{ Wa: Ws, s: sPrev, Ua: Wh, h: hs[0]!, ba: zeros(v.length), va: v, e, V: hs },
      ...{ x: concat(x, context), hPrev: sPrev },
    };
  },

  laws: [
    {
      name: 'weights are shares: positive, summing to 1',
      change: (given) => given,
      holds: (_, { weights }) =>
        weights.every((w) => w > 0) && Math.abs(total(weights) - 1) <= 1e-12,
    },
    {
      name: 'scores of many thousands overflow nothing: the weights still sum to 1',
      change: (given) => ({ ...given, v: given.v.map((u) => 1e5 * u) }),
      holds: (_, { weights }) => Math.abs(total(weights) - 1) <= 1e-12,
      usual: 'Usually exp meets the scores as they are: take the largest of a query off first.',
    },
    {
      name: 'with v = 0 every state weighs the same: the context is their mean',
      change: (given) => ({ ...given, v: zeros(given.v.length) }),
      holds: ({ hs }, { context, weights }) =>
        close(weights, filled(weights, 1 / hs.length)) && close(context, meanOf(hs)),
    },
    {
      name: 'with f = 1 and i = 0 the cell holds, whatever was attended to',
      change: (given) => ({
        ...given,
        Wf: filledLike(given.Wf, 0),
        Wi: filledLike(given.Wi, 0),
        bf: filled(given.bf, 60),
        bi: filled(given.bi, -60),
      }),
      holds: ({ cPrev }, { c }) => close(c, cPrev),
    },
    {
      name: 'where all encoder states are equal, the context is that state',
      change: (given) => ({ ...given, hs: given.hs.map(() => given.hs[0]!.slice()) }),
      holds: ({ hs }, { context }) => close(context, hs[0]!),
    },
  ],

  attempt: step,

  mistakes: [
    {
      id: 'query-ignored',
      says: 'Your scores do not ask: W_s s₋ is missing, or in a term that is the same for every state, which the softmax drops. So every decoder step looks at the same states.',
      change: { query: ({ v }) => zeros(v.length) },
      card: 'sequences.additive.score',
    },
    {
      id: 'cell-asks',
      says: 'Your query is the decoder’s cell. What asks is its hidden state s₋.',
      change: { query: ({ Ws, cPrev }) => product(Ws, cPrev) },
      card: 'lstm.which-state',
    },
    {
      id: 'score-without-tanh',
      says: 'Your score lacks the tanh. Without it W_s s₋ adds the same to every score, and softmax forgets it: the query has no say.',
      change: { score: (a, v) => total(times(v, a)) },
      card: 'sequences.additive.score',
    },
    {
      id: 'score-without-v',
      says: 'Your score is the plain sum over tanh(…): v is not used.',
      change: { score: (a) => total(map(a, Math.tanh)) },
      card: 'sequences.additive.score',
    },
    {
      id: 'score-scaled',
      says: 'You divide the score by the root of its size. That belongs to dot products; additive attention has tanh and v instead.',
      change: { score: (a, v) => right.score(a, v) / Math.sqrt(v.length) },
      card: 'attention.scale',
    },
    {
      id: 'no-softmax',
      says: 'Your weights are the scores themselves. They go through softmax first: positive, summing to 1.',
      change: { normalised: (e) => e.slice() },
    },
    {
      id: 'not-normalised',
      says: 'Your weights are exp(e), never divided by their sum.',
      change: { normalised: (e) => map(e, Math.exp) },
    },
    {
      id: 'sigmoid-for-softmax',
      says: 'Your weights are σ(e), one by one. Softmax makes the states compete: the weights sum to 1.',
      change: { normalised: (e) => map(e, sigmoid) },
    },
    {
      id: 'last-state-only',
      says: 'Your context is the last encoder state: the bottleneck that attention is there to remove.',
      change: { gathered: (_, hs) => hs.at(-1)!.slice() },
      card: 'sequences.bottleneck',
    },
    {
      id: 'hard-attention',
      says: 'Your context is the one state with the largest weight. It is the mean of all of them, weighed, so that a gradient can pass.',
      change: {
        gathered: (weights, hs) => hs[weights.indexOf(Math.max(...weights))]!.slice(),
      },
    },
    {
      id: 'weights-reversed',
      says: 'Your weights meet the states in reverse order: weights[t] belongs to hs[t].',
      change: {
        gathered: (weights, hs) => right.gathered(weights.slice().reverse(), hs),
      },
    },
    {
      id: 'context-averaged',
      says: 'You divide the context by T. The weights sum to 1 already.',
      change: {
        gathered: (weights, hs) => scaled(right.gathered(weights, hs), 1 / hs.length),
      },
    },
    {
      id: 'context-not-read',
      says: 'Your LSTM does not read the context: zeros stand in its place.',
      change: {
        joined: (sPrev, x, context) => right.joined(sPrev, x, zeros(context.length)),
      },
      card: 'sequences.decoder.order',
    },
    {
      id: 'context-before-input',
      says: 'You join [s₋, context, x]. Here x comes before the context.',
      change: { joined: (sPrev, x, context) => concat(sPrev, concat(context, x)) },
    },
    {
      id: 'hidden-last',
      says: 'You join [x, context, s₋]. The columns of W meet s₋ first.',
      change: { joined: (sPrev, x, context) => concat(concat(x, context), sPrev) },
    },
    {
      id: 'hidden-without-tanh',
      says: 'Your s is o ⊙ c. The cell is unbounded, so it passes through tanh first: s = o ⊙ tanh(c).',
      change: { shown: times },
      card: 'lstm.hidden.tanh',
    },
    {
      id: 'forget-and-input-swapped',
      says: 'You have the forget and input gates swapped: W_f, b_f feed i, and W_i, b_i feed f.',
      reads: (given) => ({ ...given, Wf: given.Wi, bf: given.bi, Wi: given.Wf, bi: given.bf }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'input-first',
      says: 'You join [x, s₋, context]. Here the columns of W meet s₋ first: [s₋, x, context].',
      change: { joined: (sPrev, x, context) => concat(x, concat(sPrev, context)) },
    },
    {
      id: 'weights-unused',
      says: 'Your context is the plain mean of the encoder states: the weights are computed and never used.',
      change: { gathered: (_, hs) => meanOf(hs) },
    },
  ],

  hints: [
    'First ask, then step. The state before the step asks every encoder state how well it fits; what comes back is one vector, and the LSTM reads it beside its input.',
    'e_t = v · tanh(W_s s₋ + W_h h_t), weights = softmax(e), context = Σ_t weights_t h_t; then an LSTM step from s₋, c₋ on the input [x, context].',
    'const e = Float64Array.from(hs, (h) => Σ_k v[k] * Math.tanh(Σ_j Ws[k][j] * sPrev[j] + Σ_j Wh[k][j] * h[j])); subtract Math.max(...e) before exp.',
    'const sx = concat(sPrev, concat(x, context)); the rest is lstm-step with sx for [h₋, x].',
  ],
  followUps: [
    'Which part of the scores does not depend on the decoder, and what do you save by computing it once?',
    'How many scores for a source of T words and a target of J, and which of them can be computed in parallel in training?',
    'Bahdanau asks with s_{j-1} before the step, Luong with s_j after it. What changes in the code?',
    'What is x in training, what is it in use, and what is the difference called?',
  ],
});
