/** Wrong cells inside of layers: the slip is made in both layers, or in both directions. */
import { concat, map, plus, product, sigmoid, times, zeros } from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';
import type { Wrong } from './wrong.js';

type Blocks = readonly (readonly [Matrix, Vector])[];
type Stack = { xs: Sequence } & Record<`W${'f' | 'i' | 'c' | 'o'}${1 | 2}`, Matrix> &
  Record<`b${'f' | 'i' | 'c' | 'o'}${1 | 2}`, Vector>;

const tanh = (v: Vector): Vector => map(v, Math.tanh);
const gate = (v: Vector): Vector => map(v, sigmoid);

/** Two LSTM layers, with one's own candidate and output gate. */
const stack =
  (candidate: (v: Vector) => Vector, output: (v: Vector) => Vector) =>
  (given: Stack): Record<string, Sequence | Vector> => {
    const layer = (xs: Sequence, blocks: Blocks) => {
      let [h, c] = [zeros(blocks[0]![1].length), zeros(blocks[0]![1].length)];
      const hs = xs.map((x) => {
        const [f, i, cTilde, o] = blocks.map(([W, b]) => plus(product(W, concat(h, x)), b));
        c = plus(times(gate(f!), c), times(gate(i!), candidate(cTilde!)));
        return (h = times(output(o!), tanh(c)));
      });
      return { hs, h: h.slice(), c };
    };
    const { Wf1, Wi1, Wc1, Wo1, bf1, bi1, bc1, bo1, Wf2, Wi2, Wc2, Wo2, bf2, bi2, bc2, bo2 } =
      given;
    // prettier-ignore
    const lower = layer(given.xs, [[Wf1, bf1], [Wi1, bi1], [Wc1, bc1], [Wo1, bo1]]);
    // prettier-ignore
    const upper = layer(lower.hs, [[Wf2, bf2], [Wi2, bi2], [Wc2, bc2], [Wo2, bo2]]);
    return { hs: upper.hs, h1: lower.h, c1: lower.c, h2: upper.h, c2: upper.c };
  };

interface Both {
  xs: Sequence;
  length: number;
  WxhForward: Matrix;
  WhhForward: Matrix;
  bhForward: Vector;
  WxhBackward: Matrix;
  WhhBackward: Matrix;
  bhBackward: Vector;
}

/** Both directions without their biases. */
function withoutBiases(given: Both): { hs: Sequence } {
  const none = zeros(given.bhForward.length);
  const pass = (xs: Sequence, Wxh: Matrix, Whh: Matrix): Sequence => {
    let h = none;
    return xs.map((x) => (h = tanh(plus(product(Whh, h), product(Wxh, x)))));
  };
  const real = given.xs.slice(0, given.length);
  const left = pass(real, given.WxhForward, given.WhhForward);
  const right = pass([...real].reverse(), given.WxhBackward, given.WhhBackward).reverse();
  return { hs: given.xs.map((_, t) => concat(left[t] ?? none, right[t] ?? none)) };
}

export const layers: readonly Wrong[] = [
  {
    kata: 'stacked-lstm',
    what: 'a candidate without tanh, in both layers',
    solve: stack((v) => v, gate),
    says: /Your c̃ has W_c \[h₋, x\] \+ b_c where tanh\(/,
  },
  {
    kata: 'stacked-lstm',
    what: 'an output gate with tanh, in both layers',
    solve: stack(tanh, tanh),
    says: /Your o has tanh\(W_o \[h₋, x\] \+ b_o\) where σ\(/,
  },
  {
    kata: 'bidirectional-rnn',
    what: 'no biases, in both directions',
    solve: withoutBiases,
    says: /Your h lacks b_h\./,
  },
];
