/**
 * Dual numbers with many tangents at once: v + d₁ε₁ + d₂ε₂ + …, one lane for each entry that a block of
 * entries asks the derivative for. Lane by lane it computes what `duals` computes, in the same order, to the
 * same bits; it is there for speed only. What no lane reaches costs as much as a real number.
 */
import { Tape, zeros } from './tape.js';
import { reals, sigmoidSlope, tanhSlope } from './algebra.js';
import type { Algebra } from './algebra.js';

/** A number by its place on the tape; its row is its tangents. */
export type Laned = number;

/**
 * In place of the start of a row: that of a variable, 1 in its own lane. It is written down when somebody
 * reads it; a product with a matrix of variables never does.
 */
const unit = (lane: number): number => -1 - lane;
const laneOf = (start: number): number => -1 - start;

export class Lanes implements Algebra<Laned> {
  readonly #tape: Tape;
  readonly #width: number;

  constructor(width: number) {
    this.#tape = new Tape(width);
    this.#width = width;
  }

  /** Forgets every number. */
  reset(): void {
    this.#tape.reset();
  }

  /** The variable that a lane differentiates by. */
  variable(v: number, lane: number): Laned {
    return this.#tape.number(v, unit(lane));
  }

  value(a: Laned): number {
    return this.#tape.values[a]!;
  }

  /** The derivative by the variable of a lane. */
  tangent(a: Laned, lane: number): number {
    return this.#tape.rows[this.#tangents(a) + lane]!;
  }

  /** Where they begin. */
  #tangents(a: Laned): number {
    const start = this.#tape.starts[a]!;
    if (start >= 0) return start;
    const written = this.#tape.clear();
    this.#tape.rows[written + laneOf(start)] = 1;
    return (this.#tape.starts[a] = written);
  }

  /** v with the tangents p da. */
  #along(v: number, p: number, a: Laned): Laned {
    const da = this.#tangents(a);
    if (da === zeros || p === 1) return this.#tape.number(v, da);
    const start = this.#tape.claim();
    const { rows } = this.#tape;
    const width = this.#width;
    for (let l = 0; l < width; l++) rows[start + l] = p * rows[da + l]!;
    return this.#tape.number(v, start);
  }

  /** v with the tangents p da + q db. */
  #across(v: number, p: number, a: Laned, q: number, b: Laned): Laned {
    const da = this.#tangents(a);
    const db = this.#tangents(b);
    if (db === zeros) return this.#along(v, p, a);
    if (da === zeros) return this.#along(v, q, b);
    const start = this.#tape.claim();
    const { rows } = this.#tape;
    const width = this.#width;
    for (let l = 0; l < width; l++) rows[start + l] = p * rows[da + l]! + q * rows[db + l]!;
    return this.#tape.number(v, start);
  }

  readonly constant = (v: number): Laned => this.#tape.number(v, zeros);
  readonly max = (a: Laned, b: Laned): Laned => (this.value(b) > this.value(a) ? b : a);

  readonly add = (a: Laned, b: Laned): Laned =>
    this.#across(this.value(a) + this.value(b), 1, a, 1, b);
  readonly sub = (a: Laned, b: Laned): Laned =>
    this.#across(this.value(a) - this.value(b), 1, a, -1, b);
  readonly mul = (a: Laned, b: Laned): Laned => {
    const [p, q] = [this.value(a), this.value(b)];
    return this.#across(p * q, q, a, p, b);
  };
  readonly div = (a: Laned, b: Laned): Laned => {
    const [p, q] = [this.value(a), this.value(b)];
    return this.#across(p / q, 1 / q, a, -p / q / q, b);
  };

  readonly exp = (a: Laned): Laned => {
    const v = Math.exp(this.value(a));
    return this.#along(v, v, a);
  };
  readonly log = (a: Laned): Laned => this.#along(Math.log(this.value(a)), 1 / this.value(a), a);
  readonly sqrt = (a: Laned): Laned => {
    const v = Math.sqrt(this.value(a));
    return this.#along(v, 0.5 / v, a);
  };
  readonly sigmoid = (a: Laned): Laned => {
    const v = this.value(a);
    return this.#along(reals.sigmoid(v), sigmoidSlope(v), a);
  };
  readonly tanh = (a: Laned): Laned => {
    const v = this.value(a);
    return this.#along(Math.tanh(v), tanhSlope(v), a);
  };

  /** d(W v) = W dv + dW v. */
  readonly product = (W: readonly (readonly Laned[])[], v: readonly Laned[]): Laned[] => {
    const live: number[] = []; // the columns in which dv is not zero
    for (let k = 0; k < v.length; k++) if (this.#tangents(v[k]!) !== zeros) live.push(k);
    const out: Laned[] = [];
    for (const row of W) {
      const reached = live.length > 0 || this.#isVariable(row);
      out.push(this.#tape.number(this.#dot(row, v), reached ? this.#tape.clear() : zeros));
    }
    if (live.length > 0) this.#addProduct(out, W, v, live);
    for (let j = 0; j < W.length; j++) this.#addVariables(out[j]!, W[j]!, v);
    return out;
  };

  #dot(row: readonly Laned[], v: readonly Laned[]): number {
    const { values } = this.#tape;
    let sum = 0;
    for (let k = 0; k < row.length; k++) sum += values[row[k]!]! * values[v[k]!]!;
    return sum;
  }

  #isVariable(row: readonly Laned[]): boolean {
    const { starts } = this.#tape;
    return row.some((a) => starts[a] !== zeros);
  }

  /** d out += W dv, over the columns that are live. */
  #addProduct(
    out: readonly Laned[],
    W: readonly (readonly Laned[])[],
    v: readonly Laned[],
    live: readonly number[],
  ): void {
    const { starts, values } = this.#tape;
    const n = live.length;
    const nobody = this.#tape.claim(); // a last odd row is taken twice, the second time for nobody
    const dv = new Int32Array(n);
    const a = new Float64Array(n);
    const b = new Float64Array(n);
    for (let m = 0; m < n; m++) dv[m] = starts[v[live[m]!]!]!;
    for (let j = 0; j < W.length; j += 2) {
      const one = W[j]!;
      const other = W[j + 1] ?? one;
      for (let m = 0; m < n; m++) {
        const k = live[m]!;
        a[m] = values[one[k]!]!;
        b[m] = values[other[k]!]!;
      }
      const second = j + 1 < W.length ? starts[out[j + 1]!]! : nobody;
      addTwoRows(this.#tape.rows, this.#width, starts[out[j]!]!, a, second, b, dv);
    }
  }

  /** d out += dW v, of one row. */
  #addVariables(out: Laned, row: readonly Laned[], v: readonly Laned[]): void {
    const { starts, rows } = this.#tape;
    const start = starts[out]!;
    for (let k = 0; k < row.length; k++) {
      const da = starts[row[k]!]!;
      if (da === zeros) continue;
      const p = this.value(v[k]!);
      if (da < 0) rows[start + laneOf(da)]! += p;
      else for (let l = 0; l < this.#width; l++) rows[start + l]! += p * rows[da + l]!;
    }
  }
}

/**
 * rows[s] += Σ a dv and rows[t] += Σ b dv: most of the time of a gradient check is spent here. Two sums from
 * each tangent that is read, four terms in each sum that is written; and plain variables, since V8 makes
 * destructured arrays of loops twice as slow.
 */
function addTwoRows(
  rows: Float64Array,
  width: number,
  s: number,
  a: Float64Array,
  t: number,
  b: Float64Array,
  dv: Int32Array,
): void {
  const n = dv.length;
  let k = 0;
  for (; k + 4 <= n; k += 4) {
    const a0 = a[k]!;
    const a1 = a[k + 1]!;
    const a2 = a[k + 2]!;
    const a3 = a[k + 3]!;
    const b0 = b[k]!;
    const b1 = b[k + 1]!;
    const b2 = b[k + 2]!;
    const b3 = b[k + 3]!;
    const d0 = dv[k]!;
    const d1 = dv[k + 1]!;
    const d2 = dv[k + 2]!;
    const d3 = dv[k + 3]!;
    for (let l = 0; l < width; l++) {
      const t0 = rows[d0 + l]!;
      const t1 = rows[d1 + l]!;
      const t2 = rows[d2 + l]!;
      const t3 = rows[d3 + l]!;
      rows[s + l] = rows[s + l]! + a0 * t0 + a1 * t1 + a2 * t2 + a3 * t3;
      rows[t + l] = rows[t + l]! + b0 * t0 + b1 * t1 + b2 * t2 + b3 * t3;
    }
  }
  for (; k < n; k++) {
    const p = a[k]!;
    const q = b[k]!;
    const d = dv[k]!;
    for (let l = 0; l < width; l++) {
      rows[s + l]! += p * rows[d + l]!;
      rows[t + l]! += q * rows[d + l]!;
    }
  }
}
