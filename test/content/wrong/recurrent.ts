/** Wrong solutions of the katas 10-rnn, 30-lstm forward and 40-gru forward. */
import {
  concat,
  map,
  outer,
  plus,
  product,
  sigmoid,
  times,
  transposedProduct,
  zeros,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';
import type { Wrong } from './wrong.js';

interface Step {
  x: Vector;
  hPrev: Vector;
  Wxh: Matrix;
  Whh: Matrix;
  bh: Vector;
}
interface Forward extends Omit<Step, 'x' | 'hPrev'> {
  xs: Sequence;
  h0: Vector;
  Why: Matrix;
  by: Vector;
}
type Lstm = Record<'x' | 'hPrev' | 'cPrev' | 'bf' | 'bi' | 'bc' | 'bo', Vector> &
  Record<'Wf' | 'Wi' | 'Wc' | 'Wo', Matrix>;
type Gru = Record<'x' | 'hPrev' | 'bz' | 'br' | 'bh', Vector> & Record<'Wz' | 'Wr' | 'Wh', Matrix>;

const preActivation = ({ x, hPrev, Wxh, Whh, bh }: Step): Vector =>
  plus(plus(product(Whh, hPrev), product(Wxh, x)), bh);
const next = (given: Step): Vector => map(preActivation(given), Math.tanh);
const gate = (W: Matrix, hx: Vector, b: Vector): Vector => map(plus(product(W, hx), b), sigmoid);
const candidate = (W: Matrix, hx: Vector, b: Vector): Vector =>
  map(plus(product(W, hx), b), Math.tanh);
const oneMinus = (v: Vector): Vector => map(v, (u) => 1 - u);

export const recurrent: readonly Wrong[] = [
  {
    kata: 'rnn-step',
    what: 'writes the new state into hPrev',
    solve: (given: Step) => {
      given.hPrev.set(next(given));
      return { h: given.hPrev.slice() };
    },
    says: /You changed your input hPrev\[0\]/,
  },
  {
    kata: 'rnn-step',
    what: 'returns a Float32Array',
    solve: (given: Step) => ({ h: Float32Array.from(next(given)) }),
    says: /Expected h to be a Float64Array of .*, got a Float32Array/,
  },
  {
    kata: 'rnn-step',
    what: 'computes in float32 and returns float64',
    solve: (given: Step) => ({ h: Float64Array.from(Float32Array.from(next(given))) }),
    says: null,
  },
  {
    kata: 'rnn-step',
    what: 'forgets the bias and transposes W_hh',
    solve: ({ x, hPrev, Wxh, Whh }: Step) => ({
      h: map(plus(transposedProduct(Whh, hPrev), product(Wxh, x)), Math.tanh),
    }),
    says: /Two mistakes at once\. You multiply by Whhᵀ.* And: Your bias is not added/,
  },
  {
    kata: 'rnn-step',
    what: 'σ and no bias',
    solve: (given: Step) => ({
      h: map(preActivation({ ...given, bh: zeros(given.bh.length) }), sigmoid),
    }),
    says: /Two mistakes at once\. Your state goes through σ.* And: Your bias is not added/,
  },
  {
    kata: 'rnn-step',
    what: 'adds the state once more, as a residual',
    solve: (given: Step) => ({ h: plus(next(given), given.hPrev) }),
    says: /Your h has hPrev added to it/,
  },
  {
    kata: 'rnn-forward',
    what: 'pushes one state array T times',
    solve: ({ xs, h0, Why, by, ...W }: Forward) => {
      const h = h0.slice();
      const hs: Sequence = [];
      const ys: Sequence = [];
      for (const x of xs) {
        h.set(next({ ...W, x, hPrev: h }));
        hs.push(h);
        ys.push(plus(product(Why, h), by));
      }
      return { hs, ys };
    },
    says: /hs\[0\] and hs\[1\] share memory/,
  },
  {
    kata: 'rnn-forward',
    what: 'returns T + 1 states, h0 first',
    solve: ({ xs, h0, Why, by, ...W }: Forward) => {
      const hs: Sequence = [h0.slice()];
      for (const x of xs) hs.push(next({ ...W, x, hPrev: hs.at(-1)! }));
      return { hs, ys: hs.slice(1).map((h) => plus(product(Why, h), by)) };
    },
    says: /Expected hs to be T?.*rows of/,
  },
  {
    kata: 'rnn-forward',
    what: 'neither bias',
    solve: ({ xs, h0, Why, bh, ...W }: Forward) => {
      let hPrev = h0;
      const hs = xs.map((x) => (hPrev = next({ ...W, x, hPrev, bh: zeros(bh.length) })));
      return { hs, ys: hs.map((h) => product(Why, h)) };
    },
    says: /No bias plays a part/,
  },
  {
    kata: 'rnn-forward',
    what: 'outputs in reverse order',
    solve: ({ xs, h0, Why, by, ...W }: Forward) => {
      let hPrev = h0;
      const hs = xs.map((x) => (hPrev = next({ ...W, x, hPrev })));
      return { hs, ys: hs.map((h) => plus(product(Why, h), by)).reverse() };
    },
    says: /In your ys, the steps stand in reverse order/,
  },
  {
    kata: 'lstm-step',
    what: 'h from c instead of tanh(c), and a candidate through σ',
    solve: ({ x, hPrev, cPrev, Wf, Wi, Wc, Wo, bf, bi, bc, bo }: Lstm) => {
      const hx = concat(hPrev, x);
      const c = plus(times(gate(Wf, hx, bf), cPrev), times(gate(Wi, hx, bi), gate(Wc, hx, bc)));
      return { h: times(gate(Wo, hx, bo), c), c };
    },
    says: /Two mistakes at once\. Your candidate goes through σ.* And: Your h is o ⊙ c/,
  },
  {
    kata: 'lstm-step',
    what: '[x, h] in the columns, and gates swapped',
    solve: ({ x, hPrev, cPrev, Wf, Wi, Wc, Wo, bf, bi, bc, bo }: Lstm) => {
      const hx = concat(x, hPrev);
      const c = plus(
        times(gate(Wi, hx, bi), cPrev),
        times(gate(Wf, hx, bf), candidate(Wc, hx, bc)),
      );
      return { h: times(gate(Wo, hx, bo), map(c, Math.tanh)), c };
    },
    says: /Two mistakes at once\. You have the forget and input gates swapped.* And: .*\[x, h₋\]/,
  },
  {
    kata: 'lstm-step',
    what: 'the output gate reads the old cell as its pre-activation',
    solve: ({ x, hPrev, cPrev, Wf, Wi, Wc, bf, bi, bc }: Lstm) => {
      const hx = concat(hPrev, x);
      const c = plus(
        times(gate(Wf, hx, bf), cPrev),
        times(gate(Wi, hx, bi), candidate(Wc, hx, bc)),
      );
      return { h: times(map(cPrev, sigmoid), map(c, Math.tanh)), c };
    },
    says: /h is wrong.*c is right/,
  },
  {
    kata: 'lstm-step',
    what: 'updates cPrev in place',
    solve: ({ x, hPrev, cPrev, Wf, Wi, Wc, Wo, bf, bi, bc, bo }: Lstm) => {
      const hx = concat(hPrev, x);
      cPrev.set(
        plus(times(gate(Wf, hx, bf), cPrev), times(gate(Wi, hx, bi), candidate(Wc, hx, bc))),
      );
      return { h: times(gate(Wo, hx, bo), map(cPrev, Math.tanh)), c: cPrev };
    },
    says: /You changed your input cPrev\[0\]/,
  },
  {
    kata: 'lstm-step',
    what: 'returns NaN when a gate is nearly shut: o / o',
    solve: ({ cPrev }: Lstm) => ({ h: map(cPrev, () => NaN), c: map(cPrev, () => Infinity) }),
    says: /h\[0\] is NaN/,
  },
  {
    kata: 'cell-update',
    what: 'f - i ⊙ c̃',
    solve: ({ f, i, cTilde, cPrev }: Record<'f' | 'i' | 'cTilde' | 'cPrev', Vector>) => ({
      c: plus(
        times(f, cPrev),
        map(times(i, cTilde), (v) => -v),
      ),
    }),
    says: /Your c has i ⊙ c̃ with the wrong sign/,
  },
  {
    kata: 'gru-step',
    what: 'the other convention of z, and the reset gate after the product',
    solve: ({ x, hPrev, Wz, Wr, Wh, bz, br, bh }: Gru) => {
      const hx = concat(hPrev, x);
      const H = hPrev.length;
      const [z, r] = [gate(Wz, hx, bz), gate(Wr, hx, br)];
      const state = Wh.map((row) => row.slice(0, H));
      const input = Wh.map((row) => row.slice(H));
      const hTilde = map(
        plus(plus(times(r, product(state, hPrev)), product(input, x)), bh),
        Math.tanh,
      );
      return { h: plus(times(z, hPrev), times(oneMinus(z), hTilde)) };
    },
    says: /Two mistakes at once\..*z.* And: .*reset/i,
  },
  {
    kata: 'gru-step',
    what: 'r = z: one gate for both',
    solve: ({ x, hPrev, Wz, Wh, bz, bh }: Gru) => {
      const z = gate(Wz, concat(hPrev, x), bz);
      const hTilde = candidate(Wh, concat(times(z, hPrev), x), bh);
      return { h: plus(times(oneMinus(z), hPrev), times(z, hTilde)) };
    },
    says: /You use Wz and bz where Wr and br belong/,
  },
  {
    kata: 'rnn-step-backward',
    what: 'db through 1 - h',
    solve: ({ x, hPrev, h, Wxh, Whh, dh }: Step & Record<'h' | 'dh', Vector>) => {
      const da = times(
        dh,
        map(h, (v) => 1 - v * v),
      );
      return {
        dx: transposedProduct(Wxh, da),
        dhPrev: transposedProduct(Whh, da),
        dWxh: outer(da, x),
        dWhh: outer(da, hPrev),
        dbh: times(
          dh,
          map(h, (v) => 1 - v),
        ),
      };
    },
    says: /dbh.*h where h² belongs/,
  },
];
