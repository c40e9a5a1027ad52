/** Wrong solutions of the backward katas: each goes wrong in one or two places of the chain rule. */
import {
  concat,
  filledLike,
  map,
  outer,
  plus,
  plusMatrix,
  scaleMatrix,
  times,
  transposed,
  transposedProduct,
  zeroMatrix,
  zeros,
  zip,
} from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';
import type { Wrong } from './wrong.js';

const slope = (v: Vector): Vector => map(v, (u) => 1 - u * u);
const gateSlope = (v: Vector): Vector => map(v, (u) => u * (1 - u));
const tanh = (v: Vector): Vector => map(v, Math.tanh);
const negative = (v: Vector): Vector => map(v, (u) => -u);

interface Rnn extends Record<'xs' | 'hs' | 'dhs', Sequence> {
  h0: Vector;
  Wxh: Matrix;
  Whh: Matrix;
}

/** BPTT with its four accumulations as they may be written. */
function bptt(
  { xs, h0, hs, Wxh, Whh, dhs }: Rnn,
  {
    add = plusMatrix,
    addBias = plus,
    own = (dh: Vector, _t: number): Vector => dh,
    carry = (v: Vector): Vector => v,
  } = {},
) {
  const dxs = zeroMatrix(xs.length, xs[0]!.length);
  let [dWxh, dWhh, dbh, carried] = [
    ...[filledLike(Wxh, 0), filledLike(Whh, 0)],
    ...[zeros(h0.length), zeros(h0.length)],
  ] as [Matrix, Matrix, Vector, Vector];
  for (let t = xs.length - 1; t >= 0; t--) {
    const da = times(plus(own(dhs[t]!, t), carried), slope(hs[t]!));
    dxs[t] = transposedProduct(Wxh, da);
    dWxh = plusMatrix(dWxh, outer(da, xs[t]!));
    dWhh = add(dWhh, outer(da, t === 0 ? h0 : hs[t - 1]!));
    dbh = addBias(dbh, da);
    carried = carry(transposedProduct(Whh, da));
  }
  return { dxs, dh0: carried, dWxh, dWhh, dbh };
}

type Lstm = Record<
  'x' | 'hPrev' | 'cPrev' | 'f' | 'i' | 'cTilde' | 'o' | 'c' | 'dh' | 'dc',
  Vector
> &
  Record<'Wf' | 'Wi' | 'Wc' | 'Wo', Matrix>;

/** One LSTM step backward, its places as they may be written. */
function lstmBack(
  given: Lstm,
  {
    dc = (right: Vector): Vector => right,
    das = (right: Vector[]): Vector[] => right,
    through = (W: Matrix[], right: Vector[]): Vector[] =>
      W.map((w, k) => transposedProduct(w, right[k]!)),
    weight = (da: Vector, hx: Vector): Matrix => outer(da, hx),
  } = {},
) {
  const { x, hPrev, cPrev, f, i, cTilde, o, c, Wf, Wi, Wc, Wo, dh } = given;
  const all = dc(plus(given.dc, times(times(dh, o), slope(tanh(c)))));
  const [daf, dai, dac, dao] = das([
    times(times(all, cPrev), gateSlope(f)),
    times(times(all, cTilde), gateSlope(i)),
    times(times(all, i), slope(cTilde)),
    times(times(dh, tanh(c)), gateSlope(o)),
  ]) as [Vector, Vector, Vector, Vector];
  const dhx = through([Wf, Wi, Wc, Wo], [daf, dai, dac, dao]).reduce(plus);
  const hx = concat(hPrev, x);
  return {
    ...{ dhPrev: dhx.slice(0, hPrev.length), dx: dhx.slice(hPrev.length), dcPrev: times(all, f) },
    ...{ dWf: weight(daf, hx), dWi: outer(dai, hx), dWc: outer(dac, hx), dWo: outer(dao, hx) },
    ...{ dbf: daf, dbi: dai, dbc: dac.slice(), dbo: dao },
  };
}

type Gru = Record<'x' | 'hPrev' | 'z' | 'r' | 'hTilde' | 'dh', Vector> &
  Record<'Wz' | 'Wr' | 'Wh', Matrix>;

/** One GRU step backward, with the paths to h₋ as they may be added up. */
function gruBack(
  { x, hPrev, z, r, hTilde, Wz, Wr, Wh, dh }: Gru,
  paths: (all: { straight: Vector; reset: Vector; z: Vector; r: Vector }, dh: Vector) => Vector,
) {
  const H = hPrev.length;
  const daz = times(times(dh, plus(hTilde, negative(hPrev))), gateSlope(z));
  const dah = times(times(dh, z), slope(hTilde));
  const drhx = transposedProduct(Wh, dah);
  const dar = times(times(drhx.slice(0, H), hPrev), gateSlope(r));
  const [throughZ, throughR] = [transposedProduct(Wz, daz), transposedProduct(Wr, dar)];
  const all = {
    straight: times(
      dh,
      map(z, (v) => 1 - v),
    ),
    reset: times(drhx.slice(0, H), r),
    z: throughZ.slice(0, H),
    r: throughR.slice(0, H),
  };
  return {
    dx: plus(plus(throughZ, throughR), drhx).slice(H),
    dhPrev: paths(all, dh),
    ...{ dWz: outer(daz, concat(hPrev, x)), dWr: outer(dar, concat(hPrev, x)) },
    ...{ dWh: outer(dah, concat(times(r, hPrev), x)), dbz: daz, dbr: dar, dbh: dah },
  };
}

export const backward: readonly Wrong[] = [
  {
    kata: 'rnn-bptt',
    what: 'dWhh is overwritten, the others add up',
    solve: (given: Rnn) => bptt(given, { add: (_, term) => term }),
    says: /In your dWhh, there is the term of the first step only.*= where \+= belongs/,
  },
  {
    kata: 'rnn-bptt',
    what: 'db is overwritten and W_hh not transposed on the way back',
    solve: (given: Rnn) => {
      const { Whh, ...rest } = given;
      return bptt({ ...rest, Whh: transposed(Whh) }, { addBias: (_, da) => da });
    },
    says: /this is a guess\. In your dxs, dh0, dWxh and dWhh, dh₋ has W_hh where W_hhᵀ belongs/,
  },
  {
    kata: 'rnn-bptt',
    what: 'the step’s own loss is left out where something was carried',
    solve: (given: Rnn) =>
      bptt(given, { own: (dh, t) => (t === given.xs.length - 1 ? dh : zeros(dh.length)) }),
    says: /takes the place of dh/,
  },
  {
    kata: 'rnn-bptt',
    what: 'what is carried is clipped to ±0.1',
    solve: (given: Rnn) =>
      bptt(given, { carry: (v) => map(v, (u) => Math.max(-0.1, Math.min(0.1, u))) }),
    says: null,
  },
  {
    kata: 'rnn-bptt',
    what: 'what is carried is halved',
    solve: (given: Rnn) => bptt(given, { carry: (v) => map(v, (u) => u / 2) }),
    says: /dh₋ is half of/,
  },
  {
    kata: 'rnn-bptt',
    what: 'mean over time of db only',
    solve: (given: Rnn) => {
      const d = bptt(given);
      return { ...d, dbh: map(d.dbh, (v) => v / given.xs.length) };
    },
    says: /dbh is what belongs there divided by T/,
  },
  {
    kata: 'truncated-bptt',
    what: 'cuts nothing and forgets 1 - h²',
    solve: ({ xs, h0, hs, Wxh, Whh, dhs }: Rnn) => {
      const dxs: Sequence = [];
      let [dWxh, dWhh] = [filledLike(Wxh, 0), filledLike(Whh, 0)];
      let [dbh, carried] = [zeros(h0.length), zeros(h0.length)];
      for (let t = xs.length - 1; t >= 0; t--) {
        const da = plus(dhs[t]!, carried);
        dxs[t] = transposedProduct(Wxh, da);
        dWxh = plusMatrix(dWxh, outer(da, xs[t]!));
        dWhh = plusMatrix(dWhh, outer(da, t === 0 ? h0 : hs[t - 1]!));
        dbh = plus(dbh, da);
        carried = transposedProduct(Whh, da);
      }
      return { dxs, dh0: carried, dWxh, dWhh, dbh };
    },
    says: /Two mistakes at once\. Nothing is cut.* And: The derivative of tanh is missing/,
  },
  {
    kata: 'lstm-step-backward',
    what: 'the path through the candidate is missing in d[h, x]',
    solve: (given: Lstm) =>
      lstmBack(given, {
        through: (W, das) =>
          W.map((w, k) => (k === 2 ? zeros(w[0]!.length) : transposedProduct(w, das[k]!))),
      }),
    says: /lacks W_cᵀ da_c/,
  },
  {
    kata: 'lstm-step-backward',
    what: 'only the forget gate goes back to [h, x]',
    solve: (given: Lstm) =>
      lstmBack(given, {
        through: (W, das) => W.slice(0, 1).map((w, k) => transposedProduct(w, das[k]!)),
      }),
    says: /dhPrev lacks the h part of W_iᵀ da_i, the h part of W_cᵀ da_c and the h part of W_oᵀ da_o/,
  },
  {
    kata: 'lstm-step-backward',
    what: 'the forget gate’s derivative without f',
    solve: (given: Lstm) =>
      lstmBack(given, {
        das: ([daf, ...rest]) => [zip(daf!, given.f, (v, f) => v / f), ...rest],
      }),
    says: /da_f lacks the factor f/,
  },
  {
    kata: 'lstm-step-backward',
    what: 'the candidate is paired with f',
    solve: (given: Lstm) =>
      lstmBack(given, {
        das: ([daf, dai, dac, dao]) => [
          ...[daf!, dai!],
          ...[
            zip(
              zip(dac!, given.i, (v, i) => v / i),
              given.f,
              (v, f) => v * f,
            ),
            dao!,
          ],
        ],
      }),
    says: /da_c has f where i belongs/,
  },
  {
    kata: 'lstm-step-backward',
    what: 'dWf has twice what belongs there',
    solve: (given: Lstm) => lstmBack(given, { weight: (da, hx) => scaleMatrix(outer(da, hx), 2) }),
    says: /dW_f is twice what/,
  },
  {
    kata: 'lstm-step-backward',
    what: 'dc is doubled, and the candidate loses its derivative',
    solve: (given: Lstm) =>
      lstmBack(given, {
        dc: (dc) => map(dc, (v) => 2 * v),
        das: ([daf, dai, dac, dao]) => [
          ...[daf!, dai!],
          ...[zip(dac!, slope(given.cTilde), (v, s) => v / s), dao!],
        ],
      }),
    says: /dcPrev, dWf, dWi, dbf and dbi are 2 times what belongs there/,
  },
  {
    kata: 'gru-step-backward',
    what: 'two of the four paths to h₋ are missing',
    solve: (given: Gru) => gruBack(given, ({ straight, z }) => plus(straight, z)),
    says: /dhPrev lacks r ⊙ \(W_hᵀ da_h\)\[:H\] and \(W_rᵀ da_r\)\[:H\]\./,
  },
  {
    kata: 'gru-step-backward',
    what: 'the path through W_r has the wrong sign',
    solve: (given: Gru) =>
      gruBack(given, ({ straight, reset, z, r }) =>
        plus(plus(straight, reset), plus(z, negative(r))),
      ),
    says: /W_rᵀ da_r.* with the wrong sign/,
  },
  {
    kata: 'gru-step-backward',
    what: 'dh on top of the four paths',
    solve: (given: Gru) =>
      gruBack(given, ({ straight, reset, z, r }, dh) =>
        plus(plus(plus(straight, reset), plus(z, r)), dh),
      ),
    says: /dhPrev has dh added to it/,
  },
];
