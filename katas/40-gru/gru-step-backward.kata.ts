import {
  backThroughKept,
  close,
  concat,
  kata,
  keptByEngine,
  map,
  matrix,
  outer,
  plus,
  times,
  transposedProduct,
  vector,
  zeros,
  zip,
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

type Given = Record<'x' | 'hPrev' | 'z' | 'r' | 'hTilde', Vector> &
  Record<'Wz' | 'Wr' | 'Wh', Matrix> &
  Record<'dh', Vector>;

type Gradients = Record<'dx' | 'dhPrev' | 'dbz' | 'dbr' | 'dbh', Vector> &
  Record<'dWz' | 'dWr' | 'dWh', Matrix>;

const oneMinus = (v: Vector): Vector => map(v, (u) => 1 - u);
const minus = (a: Vector, b: Vector): Vector => zip(a, b, (u, v) => u - v);
const ones = (v: Vector): Vector => map(v, () => 1);
const none = (v: Vector): Vector => zeros(v.length);
const isZero = (v: Vector): boolean => v.every((u) => u === 0);

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The derivative of σ, and of tanh, from the value. */
  gateSlope: (g: Vector): Vector => times(g, oneMinus(g)),
  tanhSlope: (v: Vector): Vector => oneMinus(times(v, v)),
  /** What dh is multiplied by on its way to z, to the candidate, and straight to h₋. */
  toUpdate: ({ hTilde, hPrev }: Given): Vector => minus(hTilde, hPrev),
  toCandidate: ({ z }: Given): Vector => z,
  toState: ({ z }: Given): Vector => oneMinus(z),
  /** d(r ⊙ h₋) on its way to r and to h₋. */
  toReset: (drh: Vector, { hPrev }: Given): Vector => times(drh, hPrev),
  pastReset: (drh: Vector, { r }: Given): Vector => times(drh, r),
  /** What the gates send back to h₋ through their weights. */
  throughGates: (dhx: Vector): Vector => dhx,
  /** The state that the candidate's weights met. */
  met: ({ r, hPrev }: Given): Vector => times(r, hPrev),
  joined: concat,
  parted: (dhx: Vector, H: number, _D: number): [Vector, Vector] => [dhx.slice(0, H), dhx.slice(H)],
};

/** One step backward as a learner would write it. */
function back(given: Given, change: Partial<typeof right> = {}): Gradients {
  const at = { ...right, ...change };
  const { x, hPrev, z, r, hTilde, Wz, Wr, Wh, dh } = given;
  const [H, D] = [hPrev.length, x.length];
  const daz = times(times(dh, at.toUpdate(given)), at.gateSlope(z));
  const dah = times(times(dh, at.toCandidate(given)), at.tanhSlope(hTilde));
  const [drh, dxThroughCandidate] = at.parted(transposedProduct(Wh, dah), H, D);
  const dar = times(at.toReset(drh, given), at.gateSlope(r));
  const dhx = plus(transposedProduct(Wz, daz), transposedProduct(Wr, dar));
  const [dhThroughGates, dxThroughGates] = at.parted(dhx, H, D);
  const straight = times(dh, at.toState(given));
  return {
    dx: plus(dxThroughCandidate, dxThroughGates),
    dhPrev: plus(plus(straight, at.pastReset(drh, given)), at.throughGates(dhThroughGates)),
    dWz: outer(daz, at.joined(hPrev, x)),
    dWr: outer(dar, at.joined(hPrev, x)),
    dWh: outer(dah, at.joined(at.met(given), x)),
    dbz: daz,
    dbr: dar,
    dbh: dah,
  };
}

export default kata('gru-step-backward', {
  topic: '40-gru',
  title: 'One GRU step backward',
  level: 3,
  minutes: 25,
  equations: [
    'gru.backward.update-gate',
    'gru.backward.candidate',
    'gru.backward.reset-gate',
    'gru.backward.hidden-previous',
    'gru.backward.input',
    'gru.backward.Wh',
  ],
  inputs: {
    x: vector('D'),
    hPrev: vector('H'),
    z: vector('H'),
    r: vector('H'),
    hTilde: vector('H'),
    Wz: matrix('H', 'H+D'),
    Wr: matrix('H', 'H+D'),
    Wh: matrix('H', 'H+D'),
    dh: vector('H'),
  },
  outputs: {
    dx: vector('D'),
    dhPrev: vector('H'),
    dWz: matrix('H', 'H+D'),
    dWr: matrix('H', 'H+D'),
    dWh: matrix('H', 'H+D'),
    dbz: vector('H'),
    dbr: vector('H'),
    dbh: vector('H'),
  },

  /** Gates and candidate are those of a forward step with these weights; the drawn z, r, h̃ are its biases. */
  prepare: (given) => {
    const { x, hPrev, z, r, hTilde, Wz, Wr, Wh } = given;
    const parameters = { Wz, Wr, Wh, bz: z, br: r, bh: hTilde };
    const { zs, rs, hTildes } = keptByEngine('gru', { xs: [x], h0: hPrev, parameters });
    return { ...given, z: zs[0]!, r: rs[0]!, hTilde: hTildes[0]! };
  },
  reference: ({ x, hPrev, z, r, hTilde, Wz, Wr, Wh, dh }) => {
    const h = plus(times(oneMinus(z), hPrev), times(z, hTilde));
    const d = backThroughKept(
      'gru',
      { xs: [x], h0: hPrev, parameters: { Wz, Wr, Wh } },
      { zs: [z], rs: [r], hTildes: [hTilde], hs: [h] },
      { dhs: [dh] },
    );
    return {
      dx: (d.x as Matrix)[0]!,
      dhPrev: d.h0 as Vector,
      dWz: d.Wz as Matrix,
      dWr: d.Wr as Matrix,
      dWh: d.Wh as Matrix,
      dbz: d.bz as Vector,
      dbr: d.br as Vector,
      dbh: d.bh as Vector,
    };
  },

  backward: { of: 'gru', upstream: ['dh'], steps: (given) => [given], carries: { dhPrev: 'dh' } },

  laws: [
    {
      name: 'z = 0 copied the state, so dh passes straight through and no parameter gets a gradient',
      change: (given) => ({ ...given, z: none(given.z) }),
      holds: ({ dh }, { dhPrev, dbz, dbr, dbh }) =>
        close(dhPrev, dh) && [dbz, dbr, dbh].every(isZero),
    },
    {
      name: 'z = 1 and r = 0 forgot the state, so nothing goes back to it',
      change: (given) => ({ ...given, z: ones(given.z), r: none(given.r) }),
      holds: (_, { dhPrev }) => isZero(dhPrev),
    },
    {
      name: 'with r = 0 the candidate saw no state: the h columns of dWh are zero',
      change: (given) => ({ ...given, r: none(given.r) }),
      holds: ({ hPrev }, { dWh }) => dWh.every((row) => isZero(row.slice(0, hPrev.length))),
    },
  ],

  attempt: back,

  mistakes: [
    {
      id: 'straight-path-missing',
      says: 'Your dhPrev lacks the straight path: h = (1 - z) ⊙ h₋ + …, so dh ⊙ (1 - z) goes back past all weights.',
      change: { toState: ({ z }) => none(z) },
      card: 'gru.hidden',
    },
    {
      id: 'other-convention',
      says: 'You go back through h = z ⊙ h₋ + (1 - z) ⊙ h̃. Here z weighs the candidate and 1 - z the old state.',
      change: {
        toUpdate: ({ hTilde, hPrev }) => minus(hPrev, hTilde),
        toCandidate: ({ z }) => oneMinus(z),
        toState: ({ z }) => z,
      },
      card: 'gru.z.convention',
    },
    {
      id: 'update-sign',
      says: 'Your dz has the wrong sign: more z means more h̃ and less h₋, so dz = dh ⊙ (h̃ - h₋).',
      change: { toUpdate: ({ hTilde, hPrev }) => minus(hPrev, hTilde) },
      card: 'gru.z.convention',
    },
    {
      id: 'update-candidate-only',
      says: 'Your dz is dh ⊙ h̃. z stands in both terms of h: dz = dh ⊙ (h̃ - h₋).',
      change: { toUpdate: ({ hTilde }) => hTilde },
      card: 'gru.hidden',
    },
    {
      id: 'candidate-without-update',
      says: 'Your dh̃ is dh. The candidate was weighed by z: dh̃ = dh ⊙ z.',
      change: { toCandidate: ({ z }) => ones(z) },
    },
    {
      id: 'reset-not-applied-back',
      says: 'You add d(r ⊙ h₋) to dhPrev as it is. On its way to h₋ it passes r: d(r ⊙ h₋) ⊙ r.',
      change: { pastReset: (drh) => drh },
      card: 'gru.reset.before',
    },
    {
      id: 'reset-gate-cut-off',
      says: 'Your reset gate gets no gradient. r multiplied h₋ inside the candidate: dr = d(r ⊙ h₋) ⊙ h₋.',
      change: { toReset: none },
    },
    {
      id: 'reset-with-itself',
      says: 'Your dr is d(r ⊙ h₋) ⊙ r. The derivative with respect to r is the other factor: d(r ⊙ h₋) ⊙ h₋.',
      change: { toReset: (drh, { r }) => times(drh, r) },
    },
    {
      id: 'candidate-met-whole-state',
      says: 'Your dW_h pairs da_h with h₋. What W_h met was r ⊙ h₋.',
      change: { met: ({ hPrev }) => hPrev },
      card: 'gru.reset.before',
    },
    {
      id: 'gates-not-followed',
      says: 'Your dhPrev lacks what the gates send back: they read h₋ too, so W_zᵀ da_z + W_rᵀ da_r belongs in it.',
      change: { throughGates: none },
    },
    {
      id: 'gate-derivative-missing',
      says: 'Your gates lack the derivative of σ: da_z = dz ⊙ z ⊙ (1 - z), and so for r.',
      change: { gateSlope: ones },
    },
    {
      id: 'candidate-as-gate',
      says: 'You use h̃ ⊙ (1 - h̃) on the candidate. That belongs to σ; the candidate is a tanh: 1 - h̃².',
      change: { tanhSlope: right.gateSlope },
    },
    {
      id: 'input-before-hidden',
      says: 'You take [x, h₋] apart. Here the columns of W meet h₋ first: the first H entries are the state, the last D are x.',
      change: {
        joined: (h, x) => concat(x, h),
        parted: (dhx, _, D) => [dhx.slice(D), dhx.slice(0, D)],
      },
    },
  ],

  hints: [
    'h₋ was used in four places: straight in h, inside r ⊙ h₋, and by both gates. r was used in one, and it is reached only through the product with W_h.',
    'From dh: dz = dh ⊙ (h̃ - h₋), dh̃ = dh ⊙ z. Then d[r ⊙ h₋, x] = W_hᵀ da_h, and from its first H entries dr = d(r ⊙ h₋) ⊙ h₋. Each da is that times the derivative of its own squashing.',
    'dh₋ = dh ⊙ (1 - z) + d(r ⊙ h₋) ⊙ r + the h part of W_zᵀ da_z + W_rᵀ da_r; dW_h = da_h [r ⊙ h₋, x]ᵀ, the other two with [h₋, x]ᵀ.',
    'In this order: daz and dah from dh; drhx = W_hᵀ dah; dar from drhx; then dhPrev, dx and the three outer products.',
  ],
  followUps: [
    'Which of the four paths to h₋ is the highway of the GRU, and what is it multiplied by at each step?',
    'Why does r get hardly any gradient while z is near 0?',
    'What becomes simpler when the reset gate acts after the product?',
  ],
});
