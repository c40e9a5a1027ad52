/**
 * Dual numbers with many tangents at once: v + d₁ε₁ + d₂ε₂ + …, one lane for each entry that a block of
 * entries asks the derivative for. Lane by lane it computes what `duals` computes, in the same order, to the
 * same bits; it is there for speed only. What no lane reaches has no tangents and costs as much as a real number.
 */
import { reals } from './algebra.js';
import type { Algebra } from './algebra.js';

/** A value and where its tangents begin in the tape; -1: all of them are zero. */
export interface Laned {
  readonly v: number;
  readonly at: number;
}

export class Lanes implements Algebra<Laned> {
  /** Tangents, `width` numbers each, one after the other as they are computed. */
  #tape: Float64Array;
  #end = 0;
  readonly #width: number;

  constructor(width: number) {
    this.#width = width;
    this.#tape = new Float64Array(1024 * width);
  }

  /** Forgets every tangent: numbers from before are no longer valid. */
  reset(): void {
    this.#end = 0;
  }

  /** The variable that a lane differentiates by. */
  variable(v: number, lane: number): Laned {
    const at = this.#claim();
    this.#tape.fill(0, at, at + this.#width);
    this.#tape[at + lane] = 1;
    return { v, at };
  }

  /** dv by the variable of a lane. */
  tangent({ at }: Laned, lane: number): number {
    return at < 0 ? 0 : this.#tape[at + lane]!;
  }

  /** Room for the tangents of one number: anything may stand there. */
  #claim(): number {
    const at = this.#end;
    this.#end += this.#width;
    if (this.#end > this.#tape.length) {
      const larger = new Float64Array(2 * this.#tape.length);
      larger.set(this.#tape);
      this.#tape = larger;
    }
    return at;
  }

  /** v with the tangents of a, each multiplied by the slope and divided by the divisor. */
  #along(a: Laned, v: number, slope: number, divisor = 1): Laned {
    if (a.at < 0) return { v, at: -1 };
    const at = this.#claim();
    const tape = this.#tape;
    for (let l = 0; l < this.#width; l++) tape[at + l] = (tape[a.at + l]! * slope) / divisor;
    return { v, at };
  }

  readonly constant = (v: number): Laned => ({ v, at: -1 });

  readonly add = (a: Laned, b: Laned): Laned => {
    const v = a.v + b.v;
    if (a.at < 0) return { v, at: b.at };
    if (b.at < 0) return { v, at: a.at };
    const at = this.#claim();
    const tape = this.#tape;
    for (let l = 0; l < this.#width; l++) tape[at + l] = tape[a.at + l]! + tape[b.at + l]!;
    return { v, at };
  };

  readonly sub = (a: Laned, b: Laned): Laned => {
    const v = a.v - b.v;
    if (b.at < 0) return { v, at: a.at };
    if (a.at < 0) return this.#along(b, v, -1);
    const at = this.#claim();
    const tape = this.#tape;
    for (let l = 0; l < this.#width; l++) tape[at + l] = tape[a.at + l]! - tape[b.at + l]!;
    return { v, at };
  };

  readonly mul = (a: Laned, b: Laned): Laned => {
    const v = a.v * b.v;
    if (a.at < 0) return this.#along(b, v, a.v);
    if (b.at < 0) return this.#along(a, v, b.v);
    const at = this.#claim();
    const tape = this.#tape;
    for (let l = 0; l < this.#width; l++)
      tape[at + l] = a.v * tape[b.at + l]! + tape[a.at + l]! * b.v;
    return { v, at };
  };

  readonly div = (a: Laned, b: Laned): Laned => {
    const v = a.v / b.v;
    if (b.at < 0) return this.#along(a, v, 1, b.v);
    const at = this.#claim();
    const tape = this.#tape;
    for (let l = 0; l < this.#width; l++)
      tape[at + l] = ((a.at < 0 ? 0 : tape[a.at + l]!) - v * tape[b.at + l]!) / b.v;
    return { v, at };
  };

  readonly exp = (a: Laned): Laned => this.#along(a, Math.exp(a.v), Math.exp(a.v));
  readonly log = (a: Laned): Laned => this.#along(a, Math.log(a.v), 1, a.v);
  readonly sqrt = (a: Laned): Laned => this.#along(a, Math.sqrt(a.v), 1, 2 * Math.sqrt(a.v));
  readonly max = (a: Laned, b: Laned): Laned => (b.v > a.v ? b : a);

  readonly sigmoid = (a: Laned): Laned => {
    const v = reals.sigmoid(a.v);
    if (a.at < 0) return { v, at: -1 };
    const at = this.#claim();
    const tape = this.#tape;
    const other = reals.sigmoid(-a.v);
    for (let l = 0; l < this.#width; l++) tape[at + l] = tape[a.at + l]! * v * other;
    return { v, at };
  };

  readonly tanh = (a: Laned): Laned => {
    const e = Math.exp(-2 * Math.abs(a.v));
    const v = Math.tanh(a.v);
    if (a.at < 0) return { v, at: -1 };
    const at = this.#claim();
    const tape = this.#tape;
    for (let l = 0; l < this.#width; l++) tape[at + l] = (tape[a.at + l]! * 4 * e) / (1 + e) ** 2;
    return { v, at };
  };

  /** All products of one sum into one accumulator: most of the time of a gradient check is spent here. */
  readonly dot = (a: readonly Laned[], b: readonly Laned[]): Laned => {
    let v = 0;
    for (let k = 0; k < a.length; k++) v += a[k]!.v * b[k]!.v;
    let at = -1;
    for (let k = 0; k < a.length; k++) {
      if (a[k]!.at < 0 && b[k]!.at < 0) continue;
      if (at < 0) {
        at = this.#claim();
        this.#tape.fill(0, at, at + this.#width);
      }
      if (this.#isFour(a, b, k)) {
        this.#addFour(at, a, b, k);
        k += 3;
      } else this.#addProduct(at, a[k]!, b[k]!);
    }
    return { v, at };
  };

  /** tape[at] += p dq + q dp, lane by lane. */
  #addProduct(at: number, p: Laned, q: Laned): void {
    const tape = this.#tape;
    const width = this.#width;
    if (p.at < 0) for (let l = 0; l < width; l++) tape[at + l]! += p.v * tape[q.at + l]!;
    else if (q.at < 0) for (let l = 0; l < width; l++) tape[at + l]! += q.v * tape[p.at + l]!;
    else
      for (let l = 0; l < width; l++)
        tape[at + l]! += p.v * tape[q.at + l]! + tape[p.at + l]! * q.v;
  }

  /** Whether the next four products are each of a constant and a number with tangents. */
  #isFour(a: readonly Laned[], b: readonly Laned[], k: number): boolean {
    if (k + 4 > a.length) return false;
    for (let m = k; m < k + 4; m++) if (a[m]!.at >= 0 || b[m]!.at < 0) return false;
    return true;
  }

  /** Four products in one pass, one after the other: the accumulator is read and written once. */
  #addFour(at: number, a: readonly Laned[], b: readonly Laned[], k: number): void {
    const tape = this.#tape;
    const width = this.#width;
    const [w0, w1, w2, w3] = [a[k]!.v, a[k + 1]!.v, a[k + 2]!.v, a[k + 3]!.v];
    const [d0, d1, d2, d3] = [b[k]!.at, b[k + 1]!.at, b[k + 2]!.at, b[k + 3]!.at];
    for (let l = 0; l < width; l++)
      tape[at + l] =
        tape[at + l]! +
        w0 * tape[d0 + l]! +
        w1 * tape[d1 + l]! +
        w2 * tape[d2 + l]! +
        w3 * tape[d3 + l]!;
  }
}
