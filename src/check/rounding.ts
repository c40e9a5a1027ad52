/**
 * Dual numbers that keep account of their own rounding: beside v and d stands the size of error to expect in
 * each, as if every operation rounded by an independent amount of relative size u (probabilistic rounding
 * error analysis, Higham & Mary 2019). Where a sum cancels, that size stays what the terms made it: so the
 * condition of the sum is measured. A worst-case bound would be some hundred times larger and say nothing.
 */
import { reals } from './algebra.js';
import type { Algebra } from './algebra.js';
import type { Exact } from './exact.js';

/** Half the distance from 1 to the next number: the relative error of one rounded operation. */
const u = Number.EPSILON / 2;

/** v + d ε, and the squares of the errors to expect in v and in d. */
export interface Rounded {
  readonly v: number;
  readonly d: number;
  readonly vv: number;
  readonly dd: number;
}

const square = (x: number): number => x * x;

/** f(a) from its value, slope and curvature at a; `roundings` is how many operations the value and the slope take. */
function through(
  a: Rounded,
  v: number,
  slope: number,
  curvature: number,
  roundings: number,
): Rounded {
  const d = a.d * slope;
  return {
    v,
    d,
    vv: square(slope) * a.vv + roundings * square(u * v),
    dd: square(slope) * a.dd + square(curvature * a.d) * a.vv + (roundings + 1) * square(u * d),
  };
}

const sum = (a: Rounded, b: Rounded, sign: number): Rounded => {
  const [v, d] = [a.v + sign * b.v, a.d + sign * b.d];
  return { v, d, vv: a.vv + b.vv + square(u * v), dd: a.dd + b.dd + square(u * d) };
};

export const rounded: Algebra<Rounded> = {
  constant: (v) => ({ v, d: 0, vv: 0, dd: 0 }),
  add: (a, b) => sum(a, b, 1),
  sub: (a, b) => sum(a, b, -1),
  mul: (a, b) => {
    const v = a.v * b.v;
    const [one, other] = [a.v * b.d, a.d * b.v];
    const d = one + other;
    const vv = square(a.v) * b.vv + square(b.v) * a.vv + square(u * v);
    const kept = square(a.v) * b.dd + square(b.v) * a.dd; // errors of the tangents
    const bent = square(b.d) * a.vv + square(a.d) * b.vv; // errors of the values beside them
    return { v, d, vv, dd: kept + bent + square(u) * (one * one + other * other + d * d) };
  },
  div: (a, b) => rounded.mul(a, through(b, 1 / b.v, -1 / square(b.v), 2 / b.v ** 3, 1)),
  exp: (a) => through(a, Math.exp(a.v), Math.exp(a.v), Math.exp(a.v), 1),
  log: (a) => through(a, Math.log(a.v), 1 / a.v, -1 / square(a.v), 1),
  sqrt: (a) => {
    const v = Math.sqrt(a.v);
    return through(a, v, 1 / (2 * v), -1 / (4 * v * a.v), 1);
  },
  max: (a, b) => (b.v > a.v ? b : a),
  sigmoid: (a) => {
    const [v, other] = [reals.sigmoid(a.v), reals.sigmoid(-a.v)];
    return through(a, v, v * other, v * other * (other - v), 5);
  },
  tanh: (a) => {
    const e = Math.exp(-2 * Math.abs(a.v));
    const slope = (4 * e) / square(1 + e);
    const v = Math.tanh(a.v);
    return through(a, v, slope, -2 * v * slope, 5);
  },
  dot: (a, b) => {
    let [v, d, vv, dd] = [0, 0, 0, 0];
    for (let k = 0; k < a.length; k++) {
      const term = rounded.mul(a[k]!, b[k]!);
      v += term.v;
      d += term.d;
      vv += term.vv + square(u * v);
      dd += term.dd + square(u * d);
    }
    return { v, d, vv, dd };
  },
};

/** The rounding error to expect in the exact gradient's entry j of tensor k. */
export function roundingOf(
  problem: Exact,
  values: readonly Float64Array[],
  k: number,
  j: number,
): number {
  const lifted = values.map((array) => Array.from(array, rounded.constant));
  lifted[k]![j] = { ...lifted[k]![j]!, d: 1 };
  return Math.sqrt(problem.lossOver(rounded, lifted).dd);
}
