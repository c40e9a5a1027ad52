import {
  close,
  concat,
  filledLike,
  kata,
  map,
  matrix,
  plus,
  product,
  sigmoid,
  throughEngine,
  times,
  vector,
  zeros,
} from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

interface Given {
  x: Vector;
  hPrev: Vector;
  cPrev: Vector;
  Wf: Matrix;
  Wi: Matrix;
  Wc: Matrix;
  Wo: Matrix;
  bf: Vector;
  bi: Vector;
  bc: Vector;
  bo: Vector;
  pf: Vector;
  pi: Vector;
  po: Vector;
}

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  /** A gate, from its pre-activation without the peephole and from what the peephole lets it see. */
  gate: (a: Vector, p: Vector, seen: Vector): Vector => map(plus(a, times(p, seen)), sigmoid),
  /** What f and i see, and what o sees. */
  early: ({ cPrev }: Given): Vector => cPrev,
  late: (c: Vector, _given: Given): Vector => c,
  candidate: (a: Vector, _given: Given): Vector => map(a, Math.tanh),
  shown: (o: Vector, c: Vector): Vector => times(o, map(c, Math.tanh)),
};

/** One step as a learner would write it. */
function step(given: Given, change: Partial<typeof right> = {}): { h: Vector; c: Vector } {
  const { gate, early, late, candidate, shown } = { ...right, ...change };
  const { x, hPrev, cPrev, Wf, Wi, Wc, Wo, bf, bi, bc, bo, pf, pi, po } = given;
  const hx = concat(hPrev, x);
  const f = gate(plus(product(Wf, hx), bf), pf, early(given));
  const i = gate(plus(product(Wi, hx), bi), pi, early(given));
  const cTilde = candidate(plus(product(Wc, hx), bc), given);
  const c = plus(times(f, cPrev), times(i, cTilde));
  const o = gate(plus(product(Wo, hx), bo), po, late(c, given));
  return { h: shown(o, c), c };
}

const none = (p: Vector): Vector => zeros(p.length);
const filled = (v: Vector, value: number): Vector => map(v, () => value);

/** Blocks that see neither state nor input, and have no biases: what is left are the peepholes. */
const peepholesOnly = (given: Given): Given => ({
  ...given,
  Wf: filledLike(given.Wf, 0),
  Wi: filledLike(given.Wi, 0),
  Wc: filledLike(given.Wc, 0),
  Wo: filledLike(given.Wo, 0),
  bf: none(given.bf),
  bi: none(given.bi),
  bc: none(given.bc),
  bo: none(given.bo),
});

export default kata('peephole-step', {
  topic: '30-lstm',
  title: 'An LSTM step with peepholes',
  level: 2,
  minutes: 12,
  equations: [
    'lstm-peephole.forget-gate',
    'lstm-peephole.input-gate',
    'lstm-peephole.candidate',
    'lstm-peephole.cell',
    'lstm-peephole.output-gate',
    'lstm-peephole.hidden',
  ],
  inputs: {
    x: vector('D'),
    hPrev: vector('H'),
    cPrev: vector('H'),
    Wf: matrix('H', 'H+D'),
    Wi: matrix('H', 'H+D'),
    Wc: matrix('H', 'H+D'),
    Wo: matrix('H', 'H+D'),
    bf: vector('H'),
    bi: vector('H'),
    bc: vector('H'),
    bo: vector('H'),
    pf: vector('H'),
    pi: vector('H'),
    po: vector('H'),
  },
  outputs: { h: vector('H'), c: vector('H') },

  reference: ({ x, hPrev, cPrev, ...parameters }) => {
    const { h, c } = throughEngine('lstm-peephole', { xs: [x], h0: hPrev, c0: cPrev, parameters });
    return { h: h![0]!, c: c![0]! };
  },

  laws: [
    {
      name: 'with all peepholes at zero it is the plain LSTM',
      change: (given) => ({
        ...given,
        pf: none(given.pf),
        pi: none(given.pi),
        po: none(given.po),
      }),
      holds: ({ x, hPrev, cPrev, pf: _f, pi: _i, po: _o, ...parameters }, got) => {
        const { h, c } = throughEngine('lstm', { xs: [x], h0: hPrev, c0: cPrev, parameters });
        return close(got.h, h![0]!) && close(got.c, c![0]!);
      },
    },
    {
      name: 'a full cell holds itself through p_f, and shows itself through p_o',
      change: (given) => ({
        ...peepholesOnly(given),
        cPrev: map(given.cPrev, (c) => 1 + Math.abs(c)),
        pf: filled(given.pf, 60),
        pi: filled(given.pi, -60),
        po: filled(given.po, 60),
      }),
      holds: ({ cPrev }, got) => close(got.c, cPrev) && close(got.h, map(cPrev, Math.tanh)),
    },
    {
      name: 'the output gate sees the new cell: just filled with 1 from empty, it opens to σ(p_o)',
      change: (given) => ({
        ...peepholesOnly(given),
        cPrev: none(given.cPrev),
        bi: filled(given.bi, 60),
        bc: filled(given.bc, 60),
      }),
      holds: ({ po }, got) =>
        close(
          got.h,
          map(po, (p) => sigmoid(p) * Math.tanh(1)),
        ),
    },
  ],

  attempt: step,

  mistakes: [
    {
      id: 'no-peepholes',
      says: 'Your gates do not see the cell: p_f, p_i and p_o are not used.',
      change: { gate: (a) => map(a, sigmoid) },
      card: 'lstm.peephole.gates',
    },
    {
      id: 'forget-gate-only',
      says: 'Only your forget gate peeps. That variant exists; here p_i and p_o have their work too.',
      reads: (given) => ({ ...given, pi: none(given.pi), po: none(given.po) }),
      card: 'lstm.peephole.gates',
    },
    {
      id: 'output-gate-blind',
      says: 'Your output gate does not see the cell: p_o ⊙ c is missing.',
      reads: (given) => ({ ...given, po: none(given.po) }),
      card: 'lstm.peephole.output',
    },
    {
      id: 'output-sees-old-cell',
      says: 'Your output gate sees c₋. It comes after the update, so it sees the new cell: p_o ⊙ c.',
      change: { late: (_, { cPrev }) => cPrev },
      card: 'lstm.step.order',
    },
    {
      id: 'peephole-on-hidden',
      says: 'Your peepholes see h₋, which the gates know already. A peephole is a look at the cell: p ⊙ c₋.',
      change: { early: ({ hPrev }) => hPrev, late: (_, { hPrev }) => hPrev },
      card: 'lstm.peephole.reads',
    },
    {
      id: 'peephole-squashed',
      says: 'Your peepholes see tanh(c). They see the cell as it is.',
      change: {
        early: ({ cPrev }) => map(cPrev, Math.tanh),
        late: (c) => map(c, Math.tanh),
      },
      card: 'lstm.peephole.reads',
    },
    {
      id: 'peephole-outside',
      says: 'You add the peephole after σ. It is part of the pre-activation: σ(W [h₋, x] + p ⊙ c + b).',
      change: { gate: (a, p, seen) => plus(map(a, sigmoid), times(p, seen)) },
      card: 'lstm.peephole.forget',
    },
    {
      id: 'peephole-weights-missing',
      says: 'You add the cell itself to the gates: the weights p are not used.',
      change: { gate: (a, _, seen) => map(plus(a, seen), sigmoid) },
      card: 'lstm.peephole.reads',
    },
    {
      id: 'peepholes-swapped',
      says: 'You have p_f and p_i swapped.',
      reads: (given) => ({ ...given, pf: given.pi, pi: given.pf }),
      card: 'lstm.peephole.forget',
    },
    {
      id: 'candidate-peeps',
      says: 'Your candidate sees the cell too, through p_i. Only gates have peepholes.',
      change: {
        candidate: (a, { pi, cPrev }) => map(plus(a, times(pi, cPrev)), Math.tanh),
      },
      card: 'lstm.peephole.gates',
    },
    {
      id: 'forget-and-input-swapped',
      says: 'You have the forget and input gates swapped: W_f, b_f, p_f feed i, and W_i, b_i, p_i feed f.',
      reads: ({ Wf, bf, pf, Wi, bi, pi, ...given }) => ({
        ...given,
        Wf: Wi,
        bf: bi,
        pf: pi,
        Wi: Wf,
        bi: bf,
        pi: pf,
      }),
      card: 'lstm.gates.which-erases',
    },
    {
      id: 'hidden-without-tanh',
      says: 'Your h is o ⊙ c. The cell is unbounded, so it passes through tanh first: h = o ⊙ tanh(c).',
      change: { shown: times },
      card: 'lstm.hidden.tanh',
    },
  ],

  hints: [
    'In the plain LSTM a shut output gate hides the cell from the gates too. A peephole lets each gate look at the cell of its own unit.',
    'f = σ(W_f [h₋, x] + p_f ⊙ c₋ + b_f), likewise i; then c; then o = σ(W_o [h₋, x] + p_o ⊙ c + b_o), with the new c.',
    'In one loop over j, in this order: f and i with pf[j] * cPrev[j] and pi[j] * cPrev[j]; c[j]; then o with po[j] * c[j]; h[j] = o * Math.tanh(c[j]).',
  ],
  followUps: [
    'What were peepholes invented for, and why do cuDNN and PyTorch not have them?',
    'How many parameters do they add, and why not full matrices?',
    'Which new paths does dc take backward, from c_t to c_{t-1} and within a step?',
  ],
});
