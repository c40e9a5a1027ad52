/**
 * Number systems. The textbook cells are written over an algebra, so the same lines give a value (reals)
 * and an exact derivative (duals): the second opinion that the engine's gradients are held against.
 */

/** The operations that a recurrent cell and attention need. */
export interface Algebra<S> {
  readonly constant: (value: number) => S;
  readonly add: (a: S, b: S) => S;
  readonly sub: (a: S, b: S) => S;
  readonly mul: (a: S, b: S) => S;
  readonly div: (a: S, b: S) => S;
  readonly exp: (a: S) => S;
  readonly log: (a: S) => S;
  readonly sqrt: (a: S) => S;
  /** The one with the larger value; the first where they are equal. */
  readonly max: (a: S, b: S) => S;
  readonly sigmoid: (a: S) => S;
  readonly tanh: (a: S) => S;
  /** W v: of each row the sum of the products from the first on, starting at zero. */
  readonly product: (W: readonly (readonly S[])[], v: readonly S[]) => S[];
}

/** σ(a) by e^-|a|, which never overflows: right in both tails, where 1 / (1 + e^-a) is cut off. */
const sigmoid = (a: number): number => {
  const e = Math.exp(-Math.abs(a));
  return (a < 0 ? e : 1) / (1 + e);
};
/** σ'(a) = σ(a) σ(-a): not σ (1 - σ), which cancels. */
export const sigmoidSlope = (a: number): number => {
  const e = Math.exp(-Math.abs(a));
  return e / ((1 + e) * (1 + e));
};
/** tanh'(a) = sech²(a) = 4 σ'(2a): not 1 - tanh², which cancels. */
export const tanhSlope = (a: number): number => 4 * sigmoidSlope(2 * a);

const dot = (a: readonly number[], b: readonly number[], from = 0): number =>
  a.reduce((sum, v, k) => sum + v * b[k]!, from);

export const reals: Algebra<number> = {
  constant: (value) => value,
  add: (a, b) => a + b,
  sub: (a, b) => a - b,
  mul: (a, b) => a * b,
  div: (a, b) => a / b,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  max: (a, b) => (b > a ? b : a),
  sigmoid,
  tanh: Math.tanh,
  product: (W, v) => W.map((row) => dot(row, v)),
};

/** v + d ε with ε² = 0: the complex step in the limit, with no step left to choose. */
export interface Dual {
  readonly v: number;
  readonly d: number;
}

export const duals: Algebra<Dual> = {
  constant: (v) => ({ v, d: 0 }),
  add: (a, b) => ({ v: a.v + b.v, d: a.d + b.d }),
  sub: (a, b) => ({ v: a.v - b.v, d: a.d - b.d }),
  mul: (a, b) => ({ v: a.v * b.v, d: a.v * b.d + a.d * b.v }),
  div: (a, b) => ({ v: a.v / b.v, d: (1 / b.v) * a.d + (-a.v / b.v / b.v) * b.d }),
  exp: (a) => ({ v: Math.exp(a.v), d: a.d * Math.exp(a.v) }),
  log: (a) => ({ v: Math.log(a.v), d: a.d * (1 / a.v) }),
  sqrt: (a) => ({ v: Math.sqrt(a.v), d: a.d * (0.5 / Math.sqrt(a.v)) }),
  max: (a, b) => (b.v > a.v ? b : a),
  sigmoid: (a) => ({ v: sigmoid(a.v), d: a.d * sigmoidSlope(a.v) }),
  tanh: (a) => ({ v: Math.tanh(a.v), d: a.d * tanhSlope(a.v) }),
  product: (W, v) => {
    const [values, tangents] = [v.map((b) => b.v), v.map((b) => b.d)];
    return W.map((row) => {
      const [w, dw] = [row.map((a) => a.v), row.map((a) => a.d)];
      return { v: dot(w, values), d: dot(dw, values, dot(w, tangents)) }; // d(W v) = W dv + dW v
    });
  },
};
