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

type Given = Record<'xs' | 'zs' | 'rs' | 'hTildes' | 'hs' | 'dhs', Sequence> &
  Record<'h0', Vector> &
  Record<'Wz' | 'Wr' | 'Wh', Matrix>;

type Gradients = Record<'dxs', Sequence> &
  Record<'dh0' | 'dbz' | 'dbr' | 'dbh', Vector> &
  Record<'dWz' | 'dWr' | 'dWh', Matrix>;

const oneMinus = (v: Vector): Vector => map(v, (u) => 1 - u);
const minus = (a: Vector, b: Vector): Vector => zip(a, b, (u, v) => u - v);
const none = (v: Vector): Vector => zeros(v.length);
const open = (gates: Sequence): Sequence => filledLike(gates, 1);
const shut = (gates: Sequence): Sequence => filledLike(gates, 0);

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  gateSlope: (g: Vector): Vector => times(g, oneMinus(g)),
  /** The four paths to h₋: straight, through r ⊙ h₋, through W_z and through W_r. */
  straight: (dh: Vector, z: Vector): Vector => times(dh, oneMinus(z)),
  pastReset: (drh: Vector, r: Vector): Vector => times(drh, r),
  throughGates: (dhx: Vector): Vector => dhx,
  /** What is handed to the step before. */
  carry: (dhPrev: Vector, _t: number): Vector => dhPrev,
  /** The state that the step started from, of that before it and that after it. */
  startedFrom: (hPrev: Vector, _h: Vector, _t: number): Vector => hPrev,
  /** The state that the candidate's weights met. */
  met: (r: Vector, hPrev: Vector): Vector => times(r, hPrev),
  /** One more step's term of a parameter gradient. */
  weight: plusMatrix,
  bias: (sum: Vector, da: Vector, _t: number): Vector => plus(sum, da),
  order: (T: number): number[] => Array.from({ length: T }, (_, t) => T - 1 - t),
};

/** BPTT as a learner would write it. */
function bptt(given: Given, change: Partial<typeof right> = {}): Gradients {
  const at = { ...right, ...change };
  const { xs, h0, Wz, Wr, Wh, zs, rs, hTildes, hs, dhs } = given;
  const [T, H] = [xs.length, h0.length];
  const dxs = zeroMatrix(T, xs[0]!.length);
  let [dWz, dWr, dWh] = [filledLike(Wz, 0), filledLike(Wr, 0), filledLike(Wh, 0)];
  let [dbz, dbr, dbh] = [zeros(H), zeros(H), zeros(H)];
  let dhNext = zeros(H);
  for (const t of at.order(T)) {
    const [x, z, r, hTilde] = [xs[t]!, zs[t]!, rs[t]!, hTildes[t]!];
    const hPrev = at.startedFrom(t === 0 ? h0 : hs[t - 1]!, hs[t]!, t);
    const dh = plus(dhs[t]!, dhNext);
    const daz = times(times(dh, minus(hTilde, hPrev)), at.gateSlope(z));
    const dah = times(times(dh, z), oneMinus(times(hTilde, hTilde)));
    const drhx = transposedProduct(Wh, dah);
    const drh = drhx.slice(0, H);
    const dar = times(times(drh, hPrev), at.gateSlope(r));
    const dhx = plus(transposedProduct(Wz, daz), transposedProduct(Wr, dar));
    dxs[t] = plus(dhx, drhx).slice(H);
    [dbz, dbr, dbh] = [at.bias(dbz, daz, t), at.bias(dbr, dar, t), at.bias(dbh, dah, t)];
    dWz = at.weight(dWz, outer(daz, concat(hPrev, x)));
    dWr = at.weight(dWr, outer(dar, concat(hPrev, x)));
    dWh = at.weight(dWh, outer(dah, concat(at.met(r, hPrev), x)));
    const paths = [at.straight(dh, z), at.pastReset(drh, r), at.throughGates(dhx.slice(0, H))];
    dhNext = at.carry(paths.reduce(plus), t);
  }
  return { dxs, dh0: dhNext, dWz, dWr, dWh, dbz, dbr, dbh };
}

export default kata('gru-bptt', {
  topic: '40-gru',
  title: 'Backpropagation through time for the GRU',
  level: 3,
  minutes: 35,
  equations: [
    'gru.backward.update-gate',
    'gru.backward.candidate',
    'gru.backward.reset-gate',
    'gru.backward.hidden-previous',
    'gru.backward.input',
    'gru.backward.Wh',
  ],
  inputs: {
    xs: sequence('D'),
    h0: vector('H'),
    Wz: matrix('H', 'H+D'),
    Wr: matrix('H', 'H+D'),
    Wh: matrix('H', 'H+D'),
    bz: vector('H'),
    br: vector('H'),
    bh: vector('H'),
    zs: sequence('H'),
    rs: sequence('H'),
    hTildes: sequence('H'),
    hs: sequence('H'),
    dhs: sequence('H'),
  },
  outputs: {
    dxs: sequence('D'),
    dh0: vector('H'),
    dWz: matrix('H', 'H+D'),
    dWr: matrix('H', 'H+D'),
    dWh: matrix('H', 'H+D'),
    dbz: vector('H'),
    dbr: vector('H'),
    dbh: vector('H'),
  },

  prepare: (given) => {
    const { xs, h0, Wz, Wr, Wh, bz, br, bh } = given;
    const parameters = { Wz, Wr, Wh, bz, br, bh };
    const { zs, rs, hTildes, hs } = keptByEngine('gru', { xs, h0, parameters });
    return { ...given, zs, rs, hTildes, hs };
  },
  reference: ({ xs, h0, Wz, Wr, Wh, zs, rs, hTildes, hs, dhs }) => {
    const kept = { zs, rs, hTildes, hs };
    const d = backThroughKept('gru', { xs, h0, parameters: { Wz, Wr, Wh } }, kept, { dhs });
    return {
      dxs: d.x as Sequence,
      dh0: d.h0 as Vector,
      dWz: d.Wz as Matrix,
      dWr: d.Wr as Matrix,
      dWh: d.Wh as Matrix,
      dbz: d.bz as Vector,
      dbr: d.br as Vector,
      dbh: d.bh as Vector,
    };
  },

  /** The last step, where the way back begins. */
  backward: {
    of: 'gru',
    upstream: ['dhs'],
    steps: ({ xs, h0, zs, rs, hTildes, hs, dhs, Wz, Wr, Wh }) =>
      xs.map((x, t) => ({
        ...{ x, hPrev: hs[t - 1] ?? h0, h: hs[t]!, z: zs[t]!, r: rs[t]!, hTilde: hTildes[t]! },
        ...{ dh: dhs[t]!, Wz, Wr, Wh },
      })),
    carries: { dhPrev: 'dh' },
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
      name: 'with every z at 0 the state was only copied: dh0 is the sum of all dhs',
      change: (given) => ({ ...given, zs: shut(given.zs) }),
      holds: ({ dhs }, { dh0 }) => close(dh0, dhs.reduce(plus)),
    },
    {
      name: 'with every z at 1 and every r at 0 each step forgot the state: nothing reaches h0',
      change: (given) => ({ ...given, zs: open(given.zs), rs: shut(given.rs) }),
      holds: (_, { dh0 }) => dh0.every((v) => v === 0),
    },
  ],

  attempt: bptt,

  mistakes: [
    {
      id: 'no-carry',
      says: 'Nothing is carried back: every step sees only its own loss. dh_t also needs what step t + 1 sends to its h₋.',
      change: { carry: (dh, t) => (t === 0 ? dh : none(dh)) },
      card: 'rnn.bptt.carry',
    },
    {
      id: 'straight-path-missing',
      says: 'What you carry back lacks the straight path dh ⊙ (1 - z), the one that passes no weights: your gradient vanishes as in a plain network.',
      change: { straight: none },
      card: 'gru.hidden',
    },
    {
      id: 'straight-through-update',
      says: 'You carry back dh ⊙ z. Here z weighs the candidate; the old state was weighed by 1 - z.',
      change: { straight: times },
      card: 'gru.z.convention',
    },
    {
      id: 'straight-unweighed',
      says: 'You carry back all of dh on the straight path. The old state was weighed by 1 - z.',
      change: { straight: (dh) => dh },
      card: 'gru.hidden',
    },
    {
      id: 'reset-not-applied-back',
      says: 'You carry d(r ⊙ h₋) back as it is. On its way to h₋ it passes r: d(r ⊙ h₋) ⊙ r.',
      change: { pastReset: (drh) => drh },
      card: 'gru.reset.before',
    },
    {
      id: 'gates-not-followed',
      says: 'What you carry back lacks what the gates send: they read h₋ too, so W_zᵀ da_z + W_rᵀ da_r belongs in it.',
      change: { throughGates: none },
    },
    {
      id: 'candidate-met-whole-state',
      says: 'Your dW_h pairs da_h with h₋. What W_h met was r ⊙ h₋.',
      change: { met: (_, hPrev) => hPrev },
      card: 'gru.reset.before',
    },
    {
      id: 'gate-derivative-missing',
      says: 'Your gates lack the derivative of σ: da_z = dz ⊙ z ⊙ (1 - z), and so for r.',
      change: { gateSlope: (g) => map(g, () => 1) },
    },
    {
      id: 'new-state-for-old',
      says: 'At step t you use h_t where the step read h_{t-1}: hs[t - 1], and h0 at the first step.',
      change: { startedFrom: (_, h) => h },
    },
    {
      id: 'initial-state-ignored',
      says: 'At the first step you use zeros for the state before it. It is h0.',
      change: { startedFrom: (hPrev, _, t) => (t === 0 ? none(hPrev) : hPrev) },
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
      id: 'time-forward',
      says: 'You walk from the first step to the last. What is carried comes from the later steps: start at t = T - 1.',
      change: { order: (T) => Array.from({ length: T }, (_, t) => t) },
      card: 'rnn.bptt.carry',
    },
    {
      id: 'straight-path-only',
      says: 'You carry the straight path alone, dh ⊙ (1 - z). Three more lead to h₋: through r ⊙ h₋, W_z and W_r.',
      change: {
        pastReset: (drh) => zeros(drh.length),
        throughGates: (dhx) => zeros(dhx.length),
      },
    },
    {
      id: 'other-convention',
      says: 'You go back through h = z ⊙ h₋ + (1 - z) ⊙ h̃. That is the convention of PyTorch; here z weighs the new candidate.',
      reads: (given) => ({ ...given, zs: given.zs.map(oneMinus), Wz: scaleMatrix(given.Wz, -1) }),
      returns: (got) => ({ ...got, dWz: scaleMatrix(got.dWz, -1), dbz: map(got.dbz, (v) => -v) }),
      card: 'gru.z.convention',
    },
  ],

  hints: [
    'As for the Elman network, from the last step to the first with dL/dh in hand. What a step sends back to h₋ comes along four paths: straight, through r ⊙ h₋, and through both gates.',
    'At step t: dh = dhs[t] + dhNext, then everything as in gru-step-backward; dhNext = dh ⊙ (1 - z) + d(r ⊙ h₋) ⊙ r + the h part of W_zᵀ da_z + W_rᵀ da_r.',
    'for (let t = T - 1; t >= 0; t--) with hPrev = t === 0 ? h0 : hs[t - 1]; dW and db with +=; a fresh dhPrev per step; at the end dhNext = dhPrev, and after the last step dh0 = dhNext.',
  ],
  followUps: [
    'Which product over time decides whether the straight path survives, and how does it compare with the forget gates of an LSTM?',
    'r ⊙ h₋ was not kept. What does it cost to compute it again, and what does that save?',
    'Which products of this loop can wait and be done for all steps at once at the end?',
  ],
});
