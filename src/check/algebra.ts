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
  /** aᵀ b: the sum of the products from the first on, starting at zero. */
  readonly dot: (a: readonly S[], b: readonly S[]) => S;
}

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
  sigmoid: (a) => 1 / (1 + Math.exp(-a)),
  tanh: (a) => Math.tanh(a),
  dot: (a, b) => a.reduce((sum, value, k) => sum + value * b[k]!, 0),
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
  div: (a, b) => ({ v: a.v / b.v, d: (a.d - (a.v / b.v) * b.d) / b.v }),
  exp: (a) => ({ v: Math.exp(a.v), d: a.d * Math.exp(a.v) }),
  log: (a) => ({ v: Math.log(a.v), d: a.d / a.v }),
  sqrt: (a) => ({ v: Math.sqrt(a.v), d: a.d / (2 * Math.sqrt(a.v)) }),
  max: (a, b) => (b.v > a.v ? b : a),
  sigmoid: (a) => {
    const v = reals.sigmoid(a.v);
    return { v, d: a.d * v * reals.sigmoid(-a.v) }; // σ' = σ(a) σ(-a): exact in both tails
  },
  tanh: (a) => {
    const e = Math.exp(-2 * Math.abs(a.v));
    return { v: Math.tanh(a.v), d: (a.d * 4 * e) / (1 + e) ** 2 }; // tanh' = sech²: 1 - tanh² cancels
  },
  dot: (a, b) =>
    a.reduce((sum, value, k) => duals.add(sum, duals.mul(value, b[k]!)), duals.constant(0)),
};
