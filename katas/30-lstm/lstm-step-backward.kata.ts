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
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

type Given = Record<'x' | 'hPrev' | 'cPrev' | 'f' | 'i' | 'cTilde' | 'o' | 'c', Vector> &
  Record<'Wf' | 'Wi' | 'Wc' | 'Wo', Matrix> &
  Record<'dh' | 'dc', Vector>;

type Gradients = Record<'dx' | 'dhPrev' | 'dcPrev', Vector> &
  Record<'dWf' | 'dWi' | 'dWc' | 'dWo', Matrix> &
  Record<'dbf' | 'dbi' | 'dbc' | 'dbo', Vector>;

const squared = (v: Vector): Vector => times(v, v);
const oneMinus = (v: Vector): Vector => map(v, (u) => 1 - u);

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** The derivative of σ, and of tanh, from the value. */
  gateSlope: (g: Vector): Vector => times(g, oneMinus(g)),
  tanhSlope: (v: Vector): Vector => oneMinus(squared(v)),
  /** What of dc comes through h. */
  throughHidden: (dh: Vector, o: Vector, c: Vector): Vector =>
    times(times(dh, o), oneMinus(squared(map(c, Math.tanh)))),
  /** All of dc, from the next step's part and the part through h. */
  cell: plus,
  /** dL/df, dL/di, dL/do. */
  forget: (dc: Vector, { cPrev }: Given): Vector => times(dc, cPrev),
  input: (dc: Vector, { cTilde }: Given): Vector => times(dc, cTilde),
  output: (dh: Vector, { c }: Given, _dc: Vector): Vector => times(dh, map(c, Math.tanh)),
  /** What goes back along the cell. */
  highway: (dc: Vector, { f }: Given): Vector => times(dc, f),
  /** [h₋, x] and how its gradient is taken apart. */
  joined: ({ hPrev, x }: Given): Vector => concat(hPrev, x),
  parted: (dhx: Vector, H: number, _D: number) => ({ dhPrev: dhx.slice(0, H), dx: dhx.slice(H) }),
};

/** One step backward as a learner would write it. */
function back(given: Given, change: Partial<typeof right> = {}): Gradients {
  const at = { ...right, ...change };
  const { f, i, cTilde, o, c, Wf, Wi, Wc, Wo, dh } = given;
  const dc = at.cell(given.dc, at.throughHidden(dh, o, c));
  const daf = times(at.forget(dc, given), at.gateSlope(f));
  const dai = times(at.input(dc, given), at.gateSlope(i));
  const dac = times(times(dc, i), at.tanhSlope(cTilde));
  const dao = times(at.output(dh, given, dc), at.gateSlope(o));
  const hx = at.joined(given);
  const dhx = [
    transposedProduct(Wf, daf),
    transposedProduct(Wi, dai),
    transposedProduct(Wc, dac),
    transposedProduct(Wo, dao),
  ].reduce(plus);
  return {
    ...at.parted(dhx, given.hPrev.length, given.x.length),
    dcPrev: at.highway(dc, given),
    dWf: outer(daf, hx),
    dWi: outer(dai, hx),
    dWc: outer(dac, hx),
    dWo: outer(dao, hx),
    dbf: daf,
    dbi: dai,
    dbc: dac,
    dbo: dao,
  };
}

const isZero = (v: Vector): boolean => v.every((u) => u === 0);
const ones = (v: Vector): Vector => map(v, () => 1);

export default kata('lstm-step-backward', {
  topic: '30-lstm',
  title: 'One LSTM step backward',
  level: 3,
  minutes: 25,
  equations: [
    'lstm.backward.output-gate',
    'lstm.backward.cell',
    'lstm.backward.forget-gate',
    'lstm.backward.input-gate',
    'lstm.backward.candidate',
    'lstm.backward.cell-previous',
    'lstm.backward.hidden-and-input',
  ],
  inputs: {
    x: vector('D'),
    hPrev: vector('H'),
    cPrev: vector('H'),
    f: vector('H'),
    i: vector('H'),
    cTilde: vector('H'),
    o: vector('H'),
    c: vector('H'),
    Wf: matrix('H', 'H+D'),
    Wi: matrix('H', 'H+D'),
    Wc: matrix('H', 'H+D'),
    Wo: matrix('H', 'H+D'),
    dh: vector('H'),
    dc: vector('H'),
  },
  outputs: {
    dx: vector('D'),
    dhPrev: vector('H'),
    dcPrev: vector('H'),
    dWf: matrix('H', 'H+D'),
    dWi: matrix('H', 'H+D'),
    dWc: matrix('H', 'H+D'),
    dWo: matrix('H', 'H+D'),
    dbf: vector('H'),
    dbi: vector('H'),
    dbc: vector('H'),
    dbo: vector('H'),
  },

  /** Gates, candidate and cell are those of a forward step with these weights; the drawn f, i, c̃, o are its biases. */
  prepare: (given) => {
    const { x, hPrev, cPrev, f, i, cTilde, o, Wf, Wi, Wc, Wo } = given;
    const parameters = { Wf, Wi, Wc, Wo, bf: f, bi: i, bc: cTilde, bo: o };
    const kept = keptByEngine('lstm', { xs: [x], h0: hPrev, c0: cPrev, parameters });
    return {
      ...given,
      f: kept.fs[0]!,
      i: kept.is[0]!,
      cTilde: kept.cTildes[0]!,
      o: kept.os[0]!,
      c: kept.cs[0]!,
    };
  },
  reference: ({ x, hPrev, cPrev, f, i, cTilde, o, c, Wf, Wi, Wc, Wo, dh, dc }) => {
    const d = backThroughKept(
      'lstm',
      { xs: [x], h0: hPrev, c0: cPrev, parameters: { Wf, Wi, Wc, Wo } },
      { fs: [f], is: [i], cTildes: [cTilde], os: [o], cs: [c], hs: [times(o, map(c, Math.tanh))] },
      { dhs: [dh], dcs: [dc] },
    );
    return {
      dx: (d.x as Matrix)[0]!,
      dhPrev: d.h0 as Vector,
      dcPrev: d.c0 as Vector,
      dWf: d.Wf as Matrix,
      dWi: d.Wi as Matrix,
      dWc: d.Wc as Matrix,
      dWo: d.Wo as Matrix,
      dbf: d.bf as Vector,
      dbi: d.bi as Vector,
      dbc: d.bc as Vector,
      dbo: d.bo as Vector,
    };
  },

  /** The dc that comes in is the next step's; the equations call dc what it becomes here. */
  symbols: ({ dc, ...rest }) => ({ ...rest, dcNext: dc }),

  answers: ({ dhPrev, dx, dbf, dbi, dbc, dbo, ...rest }) => ({
    ...rest,
    ...{ dhx: concat(dhPrev, dx), daf: dbf, dai: dbi, dac: dbc, dao: dbo },
  }),

  backward: {
    of: 'lstm',
    upstream: ['dh', 'dc'],
    steps: ({ dc, ...rest }) => [{ ...rest, dcNext: dc }],
    carries: { dhPrev: 'dh', dcPrev: 'dcNext' },
  },

  laws: [
    {
      name: 'the highway: with dh = 0, dcPrev = f ⊙ dc and nothing else',
      change: (given) => ({ ...given, dh: zeros(given.dh.length) }),
      holds: ({ f, dc }, { dcPrev }) => close(dcPrev, times(f, dc)),
    },
    {
      name: 'with dh = 0 the output gate gets no gradient',
      change: (given) => ({ ...given, dh: zeros(given.dh.length) }),
      holds: (_, { dbo }) => isZero(dbo),
    },
    {
      name: 'gates at exactly 1 are saturated: they get no gradient',
      change: (given) => ({ ...given, f: ones(given.f), i: ones(given.i), o: ones(given.o) }),
      holds: (_, { dbf, dbi, dbo }) => [dbf, dbi, dbo].every(isZero),
    },
    {
      name: 'a forget gate at 0 lets nothing back along the cell',
      change: (given) => ({ ...given, f: zeros(given.f.length) }),
      holds: (_, { dcPrev }) => isZero(dcPrev),
    },
  ],

  attempt: back,

  mistakes: [
    {
      id: 'cell-without-hidden',
      says: 'Your dc is only what the next step sends. h was made from c too: dc += dh ⊙ o ⊙ (1 - tanh²c).',
      change: { cell: (dc) => dc },
      card: 'lstm.backward.cell',
    },
    {
      id: 'cell-overwritten',
      says: 'Your dc is only what comes through h: you write = where += belongs, and what the next step sent is lost.',
      change: { cell: (_, throughHidden) => throughHidden },
      card: 'lstm.backward.cell',
    },
    {
      id: 'cell-tanh-derivative-missing',
      says: 'Your path from h to c lacks the derivative of tanh: dh ⊙ o ⊙ (1 - tanh²c), not dh ⊙ o.',
      change: { throughHidden: (dh, o) => times(dh, o) },
      card: 'lstm.backward.cell',
    },
    {
      id: 'cell-tanh-derivative-of-c',
      says: 'You use 1 - c² on the path from h to c. The derivative of tanh is taken from its value: 1 - tanh²c.',
      change: {
        throughHidden: (dh, o, c) => times(times(dh, o), oneMinus(squared(c))),
      },
      card: 'lstm.backward.cell',
    },
    {
      id: 'cell-without-output-gate',
      says: 'Your path from h to c lacks the output gate: dh ⊙ o ⊙ (1 - tanh²c).',
      change: { throughHidden: (dh, o, c) => right.throughHidden(dh, ones(o), c) },
      card: 'lstm.backward.cell',
    },
    {
      id: 'highway-without-forget',
      says: 'You hand dc back as it is. It passes the forget gate on the way: dcPrev = dc ⊙ f.',
      change: { highway: (dc) => dc },
      card: 'lstm.addition',
    },
    {
      id: 'highway-incoming-only',
      says: 'Your dcPrev is f times the dc that came in. What h added to dc goes back through f too.',
      change: { highway: (_, { dc, f }) => times(dc, f) },
      card: 'lstm.backward.cell',
    },
    {
      id: 'forget-with-new-cell',
      says: 'Your df is dc ⊙ c. What f multiplied was the old cell: dc ⊙ c₋.',
      change: { forget: (dc, { c }) => times(dc, c) },
    },
    {
      id: 'forget-and-input-swapped',
      says: 'You pair f with the candidate and i with the old cell. f multiplied c₋ and i multiplied c̃.',
      change: { forget: right.input, input: right.forget },
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'output-without-tanh',
      says: 'Your do is dh ⊙ c. What o multiplied was tanh(c).',
      change: { output: (dh, { c }) => times(dh, c) },
      card: 'lstm.hidden.tanh',
    },
    {
      id: 'output-from-cell-gradient',
      says: 'Your do is made from dc. The output gate stands between c and h, so it gets dh: do = dh ⊙ tanh(c).',
      change: { output: (_, given_, dc) => right.output(dc, given_, dc) },
    },
    {
      id: 'gate-derivative-missing',
      says: 'Your gates lack the derivative of σ: df is not da_f. da_f = df ⊙ f ⊙ (1 - f), and so for i and o.',
      change: { gateSlope: ones },
    },
    {
      id: 'gates-as-tanh',
      says: 'You use 1 - g² on the gates. That belongs to tanh; the derivative of σ is g ⊙ (1 - g).',
      change: { gateSlope: right.tanhSlope },
    },
    {
      id: 'candidate-as-gate',
      says: 'You use c̃ ⊙ (1 - c̃) on the candidate. That belongs to σ; the candidate is a tanh: 1 - c̃².',
      change: { tanhSlope: right.gateSlope },
      card: 'lstm.candidate.activation',
    },
    {
      id: 'input-before-hidden',
      says: 'You take [x, h₋] apart. Here the columns of W meet h₋ first: the first H entries are dhPrev, the last D are dx.',
      change: {
        joined: ({ hPrev, x }) => concat(x, hPrev),
        parted: (dhx, _, D) => ({ dx: dhx.slice(0, D), dhPrev: dhx.slice(D) }),
      },
    },
  ],

  hints: [
    'Go through the six equations from the last to the first. A value that was used twice collects from both uses: c was used by h and by the next step; [h₋, x] was used by all four blocks.',
    'dc += dh ⊙ o ⊙ (1 - tanh²c). Then do = dh ⊙ tanh(c), df = dc ⊙ c₋, di = dc ⊙ c̃, dc̃ = dc ⊙ i, dc₋ = dc ⊙ f. Each da is that times the derivative of its own squashing.',
    'da_f = df ⊙ f ⊙ (1 - f), likewise i and o; da_c = dc̃ ⊙ (1 - c̃²).',
    'For each block db = da, dW[j][k] = da[j] * hx[k], and dhx[k] += W[j][k] * da[j]; at the end dhPrev = dhx.slice(0, H), dx = dhx.slice(H).',
  ],
  followUps: [
    'Which of these lines is the gradient highway, and which paths from c_t to c_{t-1} does it leave out?',
    'What does the backward pass need from the forward pass, and what of it could be computed again?',
    'A gate is saturated at 1. What can still be learnt through it?',
  ],
});
