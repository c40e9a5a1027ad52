/**
 * Wrong solutions written by someone who had seen stubs, solutions and equations, and no definition: one of
 * each kind that the judge once passed, misnamed or had nothing to say about.
 */
import {
  concat,
  map,
  outer,
  plus,
  plusMatrix,
  product,
  sigmoid,
  times,
  transposedProduct,
  zeroMatrix,
  zeros,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';
import type { Wrong } from './wrong.js';

interface Elman {
  xs: Sequence;
  h0: Vector;
  hs: Sequence;
  Wxh: Matrix;
  Whh: Matrix;
  dhs: Sequence;
}

/** BPTT of the Elman network with an end of the loop, a state to pair with, and a carry of one's own. */
const elmanBack = (
  { xs, h0, hs, Wxh, Whh, dhs }: Elman,
  { end = 0, paired = -1, carries = true }: { end?: number; paired?: number; carries?: boolean },
) => {
  const [T, H] = [xs.length, h0.length];
  const dxs = zeroMatrix(T, xs[0]!.length);
  let [dWxh, dWhh, dbh] = [zeroMatrix(H, xs[0]!.length), zeroMatrix(H, H), zeros(H)];
  let carried = zeros(H);
  for (let t = T - 1; t >= end; t--) {
    const da = times(
      plus(dhs[t]!, carried),
      map(hs[t]!, (h) => 1 - h * h),
    );
    dxs[t] = transposedProduct(Wxh, da);
    dWxh = plusMatrix(dWxh, outer(da, xs[t]!));
    dWhh = plusMatrix(dWhh, outer(da, t === 0 ? h0 : hs[t + paired]!));
    dbh = plus(dbh, da);
    if (carries) carried = transposedProduct(Whh, da);
  }
  return { dxs, dh0: carried, dWxh, dWhh, dbh };
};

type Cell = Record<'x' | 'hPrev' | 'cPrev' | 'bf' | 'bi' | 'bc' | 'bo', Vector> &
  Record<'Wf' | 'Wi' | 'Wc' | 'Wo', Matrix>;

/** The LSTM step, with its blocks under names of one's own. */
const lstm = (given: Cell, candidate = Math.tanh) => {
  const { x, hPrev, cPrev, Wf, Wi, Wc, Wo, bf, bi, bc, bo } = given;
  const hx = concat(hPrev, x);
  const [f, i, o] = [product(Wf, hx), product(Wi, hx), product(Wo, hx)];
  const g = map(plus(product(Wc, hx), bc), candidate);
  const c = plus(times(map(plus(f, bf), sigmoid), cPrev), times(map(plus(i, bi), sigmoid), g));
  return { h: times(map(plus(o, bo), sigmoid), map(c, Math.tanh)), c };
};

type Step = Record<'x' | 'hPrev' | 'bh', Vector> & Record<'Wxh' | 'Whh', Matrix>;
const elman = ({ x, hPrev, Wxh, Whh, bh }: Step): Vector =>
  map(plus(plus(product(Whh, hPrev), product(Wxh, x)), bh), Math.tanh);

/** e^s without the maximum taken off. */
const naive = (s: Vector): Vector => {
  const e = map(s, Math.exp);
  const sum = e.reduce((all, v) => all + v, 0);
  return map(e, (v) => v / sum);
};

const buffer = new Float64Array(16);

export const blind: readonly Wrong[] = [
  {
    kata: 'rnn-bptt',
    what: 'ends before the first step',
    solve: (given: Elman) => elmanBack(given, { end: 1 }),
    says: /^Your way back ends before the first step, t = 0/,
  },
  {
    kata: 'rnn-bptt',
    what: 'pairs da with h_t, but for the first step',
    solve: (given: Elman) => elmanBack(given, { paired: 0 }),
    says: /^Your dW_hh has h where h₋ belongs, in all steps but the first\./,
  },
  {
    kata: 'rnn-bptt',
    what: 'never sets what it carries, so that dh0 is zero too',
    solve: (given: Elman) => elmanBack(given, { carries: false }),
    says: /^Your dh₋ is not carried on/,
  },
  {
    kata: 'rnn-step',
    what: 'reads all entries of x but the last',
    solve: (given: Step) => {
      const x = given.x.map((v, k, all) => (k < all.length - 1 ? v : 0));
      return { h: elman({ ...given, x }) };
    },
    says: /The last entry of x plays no part/,
  },
  {
    kata: 'rnn-step',
    what: 'runs over x as far as H',
    solve: ({ x, hPrev, Wxh, Whh, bh }: Step) => ({
      h: bh.map((b, j) => {
        let a = b;
        for (let k = 0; k < bh.length; k++) a += Whh[j]![k]! * hPrev[k]! + Wxh[j]![k]! * x[k]!;
        return Math.tanh(a);
      }),
    }),
    says: /h\[0\] is NaN, in just those cases that have H > D/,
  },
  {
    kata: 'rnn-step',
    what: 'rounds to single precision',
    solve: (given: Step) => ({ h: Float64Array.from(elman(given), Math.fround) }),
    says: /right to about [78] digits/,
  },
  {
    kata: 'rnn-step',
    what: 'writes to the same array at every call',
    solve: (given: Step) => {
      const h = buffer.subarray(0, given.bh.length);
      h.set(elman(given));
      return { h };
    },
    says: /h and h of the call before share memory|h of the call before and h share memory/,
  },
  {
    kata: 'lstm-step',
    what: 'forgets the bias of the forget gate',
    solve: (given: Cell) => lstm({ ...given, bf: zeros(given.bf.length) }),
    says: /^Your f lacks b_f\. It is f = /,
  },
  {
    kata: 'lstm-step',
    what: 'takes the output gate and the candidate in the other order',
    solve: (given: Cell) =>
      lstm({ ...given, Wc: given.Wo, bc: given.bo, Wo: given.Wc, bo: given.bc }),
    says: /^You have Wc and bc exchanged with Wo and bo\./,
  },
  {
    kata: 'lstm-step',
    what: 'squashes the candidate with σ, and forgets a bias',
    solve: (given: Cell) => lstm({ ...given, bf: zeros(given.bf.length) }, sigmoid),
    says: /^Two mistakes at once\. Your candidate goes through σ\..* And: bf plays no part/,
  },
  {
    kata: 'lstm-step',
    what: 'returns one array for both states',
    solve: (given: Cell) => ({ h: lstm(given).h, c: lstm(given).h }),
    says: /^Your c is h once more\./,
  },
  {
    kata: 'gradient-highway',
    what: 'multiplies onto zeros',
    solve: ({ fs }: { fs: Sequence }) => ({ highway: zeros(fs[0]!.length) }),
    says: /highway is zero everywhere/,
  },
  {
    kata: 'scaled-dot-product',
    what: 'has a softmax that overflows',
    solve: ({ Q, K, V }: { Q: Matrix; K: Matrix; V: Matrix }) => {
      const root = Math.sqrt(K[0]!.length);
      const P = Q.map((q) => naive(map(product(K, q), (s) => s / root)));
      return { O: P.map((p) => transposedProduct(V, p)), P };
    },
    says: /This law does not hold for your outputs: there O\[0\]\[0\] is NaN\./,
  },
  {
    kata: 'masked-loss',
    what: 'multiplies by a mask of 0 and 1',
    solve: ({ losses, lengths }: { losses: Sequence; lengths: Vector }) => {
      let sum = 0;
      for (const [t, row] of losses.entries())
        for (const [n, loss] of row.entries()) sum += loss * Number(t < lengths[n]!);
      return { loss: sum / lengths.reduce((all, length) => all + length, 0) };
    },
    says: /there loss is NaN/,
  },
  {
    kata: 'gradient-bound',
    what: 'ends the power iteration after ten rounds',
    solve: ({ Whh, steps }: { Whh: Matrix; steps: number }) => {
      let v: Vector = Float64Array.from(Whh, (_, k) => 1 / (k + 1));
      for (let round = 0; round < 10; round++) {
        const u = transposedProduct(Whh, product(Whh, v));
        v = map(u, (one) => one / (Math.hypot(...u) || 1));
      }
      const norm = Math.hypot(...product(Whh, v));
      return { norm, bound: norm ** (steps - 1) };
    },
    says: /This law does not hold/,
  },
];
