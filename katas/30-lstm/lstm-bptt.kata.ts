import {
  backThroughKept,
  close,
  concat,
  filledLike,
  kata,
  keptByEngine,
  map,
  matrix,
  outer,
  plus,
  plusMatrix,
  scaleMatrix,
  sequence,
  times,
  transposedProduct,
  vector,
  zeroMatrix,
  zeros,
  zip,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';

type Given = Record<'xs' | 'fs' | 'is' | 'cTildes' | 'os' | 'cs' | 'hs' | 'dhs', Sequence> &
  Record<'h0' | 'c0', Vector> &
  Record<'Wf' | 'Wi' | 'Wc' | 'Wo', Matrix>;

type Gradients = Record<'dxs', Sequence> &
  Record<'dh0' | 'dc0' | 'dbf' | 'dbi' | 'dbc' | 'dbo', Vector> &
  Record<'dWf' | 'dWi' | 'dWc' | 'dWo', Matrix>;

const oneMinus = (v: Vector): Vector => map(v, (u) => 1 - u);
const tanhSlope = (v: Vector): Vector => oneMinus(times(v, v));
const ones = (v: Vector): Vector => map(v, () => 1);
const clip = (v: number): number => Math.max(-1, Math.min(1, v));
const none = (v: Vector): Vector => zeros(v.length);

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  gateSlope: (g: Vector): Vector => times(g, oneMinus(g)),
  /** All of dL/dc, from the later steps' part and the part through h. */
  cell: plus,
  throughHidden: (dh: Vector, o: Vector, c: Vector): Vector =>
    times(times(dh, o), tanhSlope(map(c, Math.tanh))),
  /** What is handed to the step before. */
  carryHidden: (dhPrev: Vector, _t: number): Vector => dhPrev,
  carryCell: (dc: Vector, f: Vector, _t: number): Vector => times(dc, f),
  /** The states that the step started from, of those before it and those after it. */
  startedFrom: (before: [Vector, Vector], _after: [Vector, Vector], _t: number) => before,
  /** One more step's term of a parameter gradient. */
  weight: plusMatrix,
  bias: (sum: Vector, da: Vector, _t: number): Vector => plus(sum, da),
  order: (T: number): number[] => Array.from({ length: T }, (_, t) => T - 1 - t),
};

/** BPTT as a learner would write it. */
function bptt(given: Given, change: Partial<typeof right> = {}): Gradients {
  const at = { ...right, ...change };
  const { xs, h0, c0, Wf, Wi, Wc, Wo, fs, is, cTildes, os, cs, hs, dhs } = given;
  const [T, H] = [xs.length, h0.length];
  const blocks = [Wf, Wi, Wc, Wo];
  const dxs = zeroMatrix(T, xs[0]!.length);
  let dW = blocks.map((W) => filledLike(W, 0));
  let db = blocks.map(() => zeros(H));
  let [dhNext, dcNext] = [zeros(H), zeros(H)];
  for (const t of at.order(T)) {
    const [f, i, cTilde, o, c] = [fs[t]!, is[t]!, cTildes[t]!, os[t]!, cs[t]!];
    const before: [Vector, Vector] = t === 0 ? [h0, c0] : [hs[t - 1]!, cs[t - 1]!];
    const [hPrev, cPrev] = at.startedFrom(before, [hs[t]!, c], t);
    const dh = plus(dhs[t]!, dhNext);
    const dc = at.cell(dcNext, at.throughHidden(dh, o, c));
    const daf = times(times(dc, cPrev), at.gateSlope(f));
    const dai = times(times(dc, cTilde), at.gateSlope(i));
    const dac = times(times(dc, i), tanhSlope(cTilde));
    const dao = times(times(dh, map(c, Math.tanh)), at.gateSlope(o));
    const das = [daf, dai, dac, dao];
    const hx = concat(hPrev, xs[t]!);
    const dhx = blocks.map((W, k) => transposedProduct(W, das[k]!)).reduce(plus);
    dW = dW.map((sum, k) => at.weight(sum, outer(das[k]!, hx)));
    db = db.map((sum, k) => at.bias(sum, das[k]!, t));
    dxs[t] = dhx.slice(H);
    dhNext = at.carryHidden(dhx.slice(0, H), t);
    dcNext = at.carryCell(dc, f, t);
  }
  return gradients(dxs, dhNext, dcNext, dW, db);
}

/** Gradients of the four blocks by their names. */
const gradients = (
  dxs: Sequence,
  dh0: Vector,
  dc0: Vector,
  [dWf, dWi, dWc, dWo]: Matrix[],
  [dbf, dbi, dbc, dbo]: Vector[],
): Gradients => ({ dxs, dh0, dc0, dWf, dWi, dWc, dWo, dbf, dbi, dbc, dbo }) as Required<Gradients>;

const parameterShapes = {
  Wf: matrix('H', 'H+D'),
  Wi: matrix('H', 'H+D'),
  Wc: matrix('H', 'H+D'),
  Wo: matrix('H', 'H+D'),
  bf: vector('H'),
  bi: vector('H'),
  bc: vector('H'),
  bo: vector('H'),
} as const;

export default kata('lstm-bptt', {
  topic: '30-lstm',
  title: 'Backpropagation through time for the LSTM',
  level: 3,
  minutes: 35,
  equations: [
    'lstm.backward.output-gate',
    'lstm.backward.cell',
    'lstm.backward.forget-gate',
    'lstm.backward.input-gate',
    'lstm.backward.candidate',
    'lstm.backward.cell-previous',
    'lstm.backward.hidden-and-input',
  ],
  // prettier-ignore
  inputs: {
    xs: sequence('D'), h0: vector('H'), c0: vector('H'),
    ...parameterShapes,
    fs: sequence('H'), is: sequence('H'), cTildes: sequence('H'), os: sequence('H'),
    cs: sequence('H'), hs: sequence('H'), dhs: sequence('H'),
  },
  // prettier-ignore
  outputs: {
    dxs: sequence('D'), dh0: vector('H'), dc0: vector('H'),
    dWf: parameterShapes.Wf, dWi: parameterShapes.Wi, dWc: parameterShapes.Wc, dWo: parameterShapes.Wo,
    dbf: parameterShapes.bf, dbi: parameterShapes.bi, dbc: parameterShapes.bc, dbo: parameterShapes.bo,
  },

  prepare: (given) => {
    const { xs, h0, c0, Wf, Wi, Wc, Wo, bf, bi, bc, bo } = given;
    const parameters = { Wf, Wi, Wc, Wo, bf, bi, bc, bo };
    const { fs, is, cTildes, os, cs, hs } = keptByEngine('lstm', { xs, h0, c0, parameters });
    return { ...given, fs, is, cTildes, os, cs, hs };
  },
  reference: ({ xs, h0, c0, Wf, Wi, Wc, Wo, dhs, ...kept }) => {
    const input = { xs, h0, c0, parameters: { Wf, Wi, Wc, Wo } };
    const d = backThroughKept('lstm', input, kept, { dhs });
    return gradients(
      d.x as Sequence,
      d.h0 as Vector,
      d.c0 as Vector,
      [d.Wf, d.Wi, d.Wc, d.Wo] as Matrix[],
      [d.bf, d.bi, d.bc, d.bo] as Vector[],
    );
  },

  /** The last step, where the way back begins: nothing comes from a next one. */
  backward: {
    of: 'lstm',
    upstream: ['dhs'],
    steps: ({ xs, h0, c0, fs, is, cTildes, os, cs, hs, dhs, Wf, Wi, Wc, Wo }) =>
      xs.map((x, t) => ({
        ...{ x, hPrev: hs[t - 1] ?? h0, cPrev: cs[t - 1] ?? c0, Wf, Wi, Wc, Wo },
        ...{ f: fs[t]!, i: is[t]!, cTilde: cTildes[t]!, o: os[t]!, c: cs[t]!, h: hs[t]! },
        ...{ dh: dhs[t]!, dcNext: zeros(c0.length) },
      })),
    carries: { dhPrev: 'dh', dcPrev: 'dcNext' },
  },

  laws: [
    {
      name: 'step t does not see losses of the steps before it',
      change: (given) => ({
        ...given,
        dhs: given.dhs.map((dh, t) => (t === 0 ? dh : none(dh))),
      }),
      holds: (_, { dxs }) => dxs.slice(1).every((dx) => dx.every((v) => v === 0)),
    },
    {
      name: 'the highway: with all weights zero, dc0 is the gradient at c_T times the product of all f',
      change: (given) => ({
        ...given,
        Wf: filledLike(given.Wf, 0),
        Wi: filledLike(given.Wi, 0),
        Wc: filledLike(given.Wc, 0),
        Wo: filledLike(given.Wo, 0),
        dhs: given.dhs.map((dh, t) => (t === given.dhs.length - 1 ? dh : none(dh))),
      }),
      holds: ({ dhs, os, cs, fs }, { dc0 }) =>
        close(dc0, fs.reduce(times, right.throughHidden(dhs.at(-1)!, os.at(-1)!, cs.at(-1)!))),
    },
    {
      name: 'each bias gradient is a column of its dW when every input is 1',
      change: (given) => ({ ...given, xs: filledLike(given.xs, 1) }),
      holds: ({ h0 }, { dWf, dbf, dWo, dbo }) => {
        const column = (W: Matrix): Vector => Float64Array.from(W, (row) => row[h0.length]!);
        return close(column(dWf), dbf) && close(column(dWo), dbo);
      },
    },
  ],

  attempt: bptt,

  mistakes: [
    {
      id: 'hidden-not-carried',
      says: 'You carry dc back and not dh. The blocks of the next step read h_t: dh_t also needs the h part of Wᵀ da_{t+1}.',
      change: { carryHidden: (dh, t) => (t === 0 ? dh : none(dh)) },
      card: 'rnn.bptt.carry',
    },
    {
      id: 'cell-not-carried',
      says: 'You carry dh back and not dc: the highway is closed. dc_t also needs dc_{t+1} ⊙ f_{t+1}.',
      change: { carryCell: (dc, f, t) => (t === 0 ? times(dc, f) : none(dc)) },
      card: 'lstm.backward.cell',
    },
    {
      id: 'cell-carried-without-forget',
      says: 'You carry dc back as it is. It passes the forget gate on the way: dc₋ = dc ⊙ f.',
      change: { carryCell: (dc) => dc },
      card: 'lstm.addition',
    },
    {
      id: 'carry-clipped',
      says: 'You clip what you carry back at ±1. It is a term of dL/dh and dL/dc: cut off, the gradients are of no loss.',
      change: {
        carryHidden: (dhPrev) => map(dhPrev, clip),
        carryCell: (dc, f) => map(times(dc, f), clip),
      },
      card: 'gradients.clipping.direction',
    },
    {
      id: 'cell-without-hidden',
      says: 'Your dc lacks what comes through h in the same step: dc += dh ⊙ o ⊙ (1 - tanh²c).',
      change: { cell: (dcNext) => dcNext },
      card: 'lstm.backward.cell',
    },
    {
      id: 'cell-tanh-derivative-missing',
      says: 'Your path from h to c lacks the derivative of tanh: dh ⊙ o ⊙ (1 - tanh²c), not dh ⊙ o.',
      change: { throughHidden: (dh, o) => times(dh, o) },
      card: 'lstm.backward.cell',
    },
    {
      id: 'gate-derivative-missing',
      says: 'Your gates lack the derivative of σ: da_f = df ⊙ f ⊙ (1 - f), and so for i and o.',
      change: { gateSlope: ones },
    },
    {
      id: 'new-cell-for-old',
      says: 'At step t you pair df with c_t. f_t multiplied c_{t-1}: cs[t - 1], and c0 at the first step.',
      change: { startedFrom: ([hPrev], [, c]) => [hPrev, c] },
    },
    {
      id: 'new-hidden-for-old',
      says: 'At step t you pair da with h_t. The blocks read h_{t-1}: hs[t - 1], and h0 at the first step.',
      change: { startedFrom: ([, cPrev], [h]) => [h, cPrev] },
    },
    {
      id: 'initial-states-ignored',
      says: 'At the first step you use zeros for the states before it. They are h0 and c0.',
      change: {
        startedFrom: ([h, c], _, t) => (t === 0 ? [none(h), none(c)] : [h, c]),
      },
    },
    {
      id: 'bias-last-step-only',
      says: 'Your bias gradients have the term of one step only, the last: they are sums over all steps.',
      change: (given) => ({ bias: (sum, da, t) => (t === given.xs.length - 1 ? da : sum) }),
      card: 'rnn.bptt.sum-over-time',
    },
    {
      id: 'overwritten-weights',
      says: 'Your parameter gradients hold the term of the first step only: you write = where += belongs.',
      change: { weight: (_, term) => term, bias: (_, da) => da },
      card: 'rnn.bptt.sum-over-time',
    },
    {
      id: 'mean-over-time',
      says: 'Your parameter gradients are averages over time. The weights are shared, so their gradients add up.',
      change: ({ xs }) => ({
        weight: (sum, term) => plusMatrix(sum, scaleMatrix(term, 1 / xs.length)),
        bias: (sum, da) => zip(sum, da, (s, v) => s + v / xs.length),
      }),
      card: 'rnn.bptt.sum-over-time',
    },
    {
      id: 'last-loss-only',
      says: 'You start from dhs[T - 1] and leave out the losses of the other steps: dh_t = dhs[t] + what comes back.',
      reads: (given) => ({
        ...given,
        dhs: given.dhs.map((dh, t, { length }) => (t === length - 1 ? dh : none(dh))),
      }),
      card: 'rnn.bptt.carry',
    },
    {
      id: 'time-forward',
      says: 'You walk from the first step to the last. What is carried comes from the later steps: start at t = T - 1.',
      change: { order: (T) => Array.from({ length: T }, (_, t) => t) },
      card: 'rnn.bptt.carry',
    },
  ],

  hints: [
    'As for the Elman network, from the last step to the first, but with two things to carry: dL/dh, which comes through the blocks of the next step, and dL/dc, which comes along the cell.',
    'At step t: dh = dhs[t] + dhNext; dc = dcNext + dh ⊙ o ⊙ (1 - tanh²c). From these the four da, as in lstm-step-backward. Then dcNext = dc ⊙ f, and d[h₋, x] = Σ Wᵀ da gives dhNext and dx.',
    'for (let t = T - 1; t >= 0; t--) with hPrev = t === 0 ? h0 : hs[t - 1], and cPrev likewise; dW and db with +=; a fresh dhx and dcPrev per step; after the last one dh0 = dhNext, dc0 = dcNext.',
  ],
  followUps: [
    'The biases are among the inputs and you need none of them. Why?',
    'Which of the kept sequences could you compute again from the others, and what would that save?',
    'Where does the gradient vanish in this loop, and where can it still explode?',
    'Truncated at k steps: which two lines change?',
  ],
});
