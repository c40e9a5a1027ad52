import { concat, zeros } from 'bptt/kata';
import type { Matrix, Sequence, Vector } from 'bptt/kata';

export interface BidirectionalRnnInput {
  xs: Sequence;
  length: number;
  WxhForward: Matrix;
  WhhForward: Matrix;
  bhForward: Vector;
  WxhBackward: Matrix;
  WhhBackward: Matrix;
  bhBackward: Vector;
}

export function bidirectionalRnn(input: BidirectionalRnnInput): { hs: Sequence } {
  const { xs, length, WxhForward, WhhForward, bhForward } = input;
  const { WxhBackward, WhhBackward, bhBackward } = input;
  const real = xs.slice(0, length); // the padding is never read
  const fromLeft = pass(real, WxhForward, WhhForward, bhForward); // h→ reads x_1 … x_L
  const fromRight = pass([...real].reverse(), WxhBackward, WhhBackward, bhBackward).reverse(); // h← reads x_L … x_1; back in time order
  const H = bhForward.length;
  return {
    hs: xs.map((_, t) => (t < length ? concat(fromLeft[t], fromRight[t]) : zeros(2 * H))), // h_t = [h→_t ; h←_t]
  };
}

/** The states of one cell over xs, in the order in which it reads them. */
function pass(xs: Sequence, Wxh: Matrix, Whh: Matrix, bh: Vector): Sequence {
  let h = zeros(bh.length);
  return xs.map((x) => (h = step(x, h, Wxh, Whh, bh)));
}

/** h = tanh(W_hh h₋ + W_xh x + b_h) */
function step(x: Vector, hPrev: Vector, Wxh: Matrix, Whh: Matrix, bh: Vector): Vector {
  return bh.map((b, j) => Math.tanh(dot(Whh[j], hPrev) + dot(Wxh[j], x) + b));
}

function dot(a: Vector, b: Vector): number {
  let sum = 0;
  for (let k = 0; k < a.length; k++) sum += a[k] * b[k];
  return sum;
}
