/**
 * Dual numbers that keep account of their own rounding: beside v and d stands the size of error to expect in
 * each, as if every operation rounded by an independent amount of relative size u (probabilistic rounding
 * error analysis, Higham & Mary 2019). Where a sum cancels, that size stays what the terms made it: so the
 * condition of the sum is measured. A worst-case bound would be some hundred times larger and say nothing.
 */
import { Tape, zeros } from './tape.js';
import { reals, sigmoidSlope, tanhSlope } from './algebra.js';
import type { Algebra } from './algebra.js';
import type { Exact } from './exact.js';

/** Half the distance from 1 to the next number: the relative error of one rounded operation. */
const u = Number.EPSILON / 2;

const square = (x: number): number => x * x;

/** A number by its place on the tape; its row is vv, and of each lane d and dd: the squares of the errors to expect in v and d. */
type Rounded = number;

class Roundings implements Algebra<Rounded> {
  readonly #tape: Tape;
  readonly #lanes: number;

  constructor(lanes: number) {
    this.#tape = new Tape(1 + 2 * lanes);
    this.#lanes = lanes;
  }

  /** The variable that a lane differentiates by. */
  variable(v: number, lane: number): Rounded {
    const start = this.#tape.clear();
    this.#tape.rows[start + 1 + 2 * lane] = 1;
    return this.#tape.number(v, start);
  }

  /** The size of the error to expect in a lane's tangent. */
  error(a: Rounded, lane: number): number {
    return Math.sqrt(this.#tape.rows[this.#tape.starts[a]! + 2 + 2 * lane]!);
  }

  #value(a: Rounded): number {
    return this.#tape.values[a]!;
  }

  /** f(a) from its value, slope and curvature at a; `roundings` is how many operations the value and the slope take. */
  #through(a: Rounded, v: number, slope: number, curvature: number, roundings: number): Rounded {
    const start = this.#tape.claim();
    const { rows } = this.#tape;
    const from = this.#tape.starts[a]!;
    const vv = rows[from]!;
    rows[start] = square(slope) * vv + roundings * square(u * v);
    for (let l = 1; l <= 2 * this.#lanes; l += 2) {
      const before = rows[from + l]!;
      const d = slope * before;
      rows[start + l] = d;
      rows[start + l + 1] =
        square(slope) * rows[from + l + 1]! +
        square(curvature * before) * vv +
        (roundings + 1) * square(u * d);
    }
    return this.#tape.number(v, start);
  }

  #plus(a: Rounded, b: Rounded, sign: number): Rounded {
    const v = this.#value(a) + sign * this.#value(b);
    const start = this.#tape.claim();
    const { rows, starts } = this.#tape;
    const [s, t] = [starts[a]!, starts[b]!];
    rows[start] = rows[s]! + rows[t]! + square(u * v);
    for (let l = 1; l <= 2 * this.#lanes; l += 2) {
      const d = rows[s + l]! + sign * rows[t + l]!;
      rows[start + l] = d;
      rows[start + l + 1] = rows[s + l + 1]! + rows[t + l + 1]! + square(u * d);
    }
    return this.#tape.number(v, start);
  }

  readonly constant = (v: number): Rounded => this.#tape.number(v, zeros);
  readonly max = (a: Rounded, b: Rounded): Rounded => (this.#value(b) > this.#value(a) ? b : a);
  readonly add = (a: Rounded, b: Rounded): Rounded => this.#plus(a, b, 1);
  readonly sub = (a: Rounded, b: Rounded): Rounded => this.#plus(a, b, -1);
  readonly mul = (a: Rounded, b: Rounded): Rounded => this.#dot([a], [b]);
  readonly div = (a: Rounded, b: Rounded): Rounded => {
    const v = this.#value(b);
    return this.mul(a, this.#through(b, 1 / v, -1 / square(v), 2 / v ** 3, 1));
  };
  readonly exp = (a: Rounded): Rounded => {
    const v = Math.exp(this.#value(a));
    return this.#through(a, v, v, v, 1);
  };
  readonly log = (a: Rounded): Rounded => {
    const v = this.#value(a);
    return this.#through(a, Math.log(v), 1 / v, -1 / square(v), 1);
  };
  readonly sqrt = (a: Rounded): Rounded => {
    const v = Math.sqrt(this.#value(a));
    return this.#through(a, v, 0.5 / v, -0.25 / v ** 3, 1);
  };
  readonly sigmoid = (a: Rounded): Rounded => {
    const v = reals.sigmoid(this.#value(a));
    const slope = sigmoidSlope(this.#value(a));
    return this.#through(a, v, slope, slope * (1 - 2 * v), 5);
  };
  readonly tanh = (a: Rounded): Rounded => {
    const v = Math.tanh(this.#value(a));
    const slope = tanhSlope(this.#value(a));
    return this.#through(a, v, slope, -2 * v * slope, 5);
  };
  readonly product = (W: readonly (readonly Rounded[])[], x: readonly Rounded[]): Rounded[] =>
    W.map((row) => this.#dot(row, x));

  #dot(a: readonly Rounded[], b: readonly Rounded[]): Rounded {
    const start = this.#tape.clear();
    const { rows, starts, values } = this.#tape;
    let v = 0;
    let vv = 0;
    for (let k = 0; k < a.length; k++) {
      const s = starts[a[k]!]!;
      const t = starts[b[k]!]!;
      const p = values[a[k]!]!;
      const q = values[b[k]!]!;
      const pp = p * p;
      const qq = q * q;
      const pv = rows[s]!;
      const qv = rows[t]!;
      v += p * q;
      vv += pp * qv + qq * pv + square(u * p * q) + square(u * v); // of the product, and of the sum so far
      if (s === zeros && t === zeros) continue;
      for (let l = 1; l <= 2 * this.#lanes; l += 2) {
        const dp = rows[s + l]!;
        const dq = rows[t + l]!;
        const one = p * dq;
        const other = q * dp;
        const term = one + other;
        const d = (rows[start + l]! += term);
        rows[start + l + 1]! +=
          pp * rows[t + l + 1]! +
          qq * rows[s + l + 1]! + // errors of the tangents
          dq * dq * pv +
          dp * dp * qv + // errors of the values beside them
          u * u * (one * one + other * other + term * term + d * d);
      }
    }
    rows[start] = vv;
    return this.#tape.number(v, start);
  }
}

/** Lanes of one pass. */
const most = 16;

/** The rounding errors to expect in the exact gradient's entries j of tensors k, in their order. */
export function roundingsOf(
  problem: Exact,
  values: readonly Float64Array[],
  entries: readonly (readonly [k: number, j: number])[],
): number[] {
  const found: number[] = [];
  for (let start = 0; start < entries.length; start += most) {
    const block = entries.slice(start, start + most);
    const ops = new Roundings(block.length);
    const lifted = values.map((array) => Array.from(array, ops.constant));
    block.forEach(([k, j], lane) => (lifted[k]![j] = ops.variable(values[k]![j]!, lane)));
    const loss = problem.lossOver(ops, lifted);
    found.push(...block.map((_, lane) => ops.error(loss, lane)));
  }
  return found;
}
