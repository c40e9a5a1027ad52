// The LSTM's time loop, forward and backward: src/engine/kernels/lstm.ts on two lanes, the same
// operations in the same order. Its equations are explained there.
import { sigmoid, tanh } from './activations';
import { put, take } from './lanes';
import { addPacked } from './product';

/** gates (T,B,4H) hold b + Wx x and become f, i, c̃, o; P packs Wh. */
export function lstmForward(gates: usize, c: usize, tanhC: usize, h: usize, h0: usize, c0: usize, p: usize, T: i32, B: i32, H: i32): void {
  const state = (B * H) << 3;
  for (let t = 0; t < T; t++) {
    const hPrev = t == 0 ? h0 : h - state;
    const cPrev = t == 0 ? c0 : c - state;
    addPacked(gates, 4 * H, hPrev, H, p, B, 4 * H, H); // a = b + Wx x + Wh h₋
    for (let n = 0; n < B; n++) {
      const row = (n * H) << 3;
      lstmGates(gates + (row << 2), c + row, tanhC + row, h + row, cPrev + row, H);
    }
    gates += state << 2; c += state; tanhC += state; h += state;
  }
}

function lstmGates(a: usize, c: usize, tanhC: usize, h: usize, cPrev: usize, H: i32): void {
  const H1 = H << 3, H2 = H << 4, H3 = H1 + H2, whole = H1 & ~15, odd = H & 1;
  sigmoid(a, a, 2 * H); // f = σ(a_f)   i = σ(a_i)
  tanh(a + H2, a + H2, H); // c̃ = tanh(a_c)
  sigmoid(a + H3, a + H3, H); // o = σ(a_o)
  for (let j = 0; j < whole; j += 16) cell(a + j, c + j, cPrev + j, H1, false);
  if (odd) cell(a + whole, c + whole, cPrev + whole, H1, true);
  tanh(tanhC, c, H);
  for (let j = 0; j < whole; j += 16) hidden(h + j, a + H3 + j, tanhC + j, false);
  if (odd) hidden(h + whole, a + H3 + whole, tanhC + whole, true);
}

/** c = f ⊙ c₋ + i ⊙ c̃ */
// @ts-ignore: decorator
@inline function cell(a: usize, c: usize, cPrev: usize, H1: usize, last: bool): void {
  const f = take(a, last), i = take(a + H1, last), g = take(a + 2 * H1, last);
  put(c, f64x2.add(f64x2.mul(f, take(cPrev, last)), f64x2.mul(i, g)), last);
}

/** h = o ⊙ tanh(c) */
// @ts-ignore: decorator
@inline function hidden(h: usize, o: usize, tanhC: usize, last: bool): void {
  put(h, f64x2.mul(take(o, last), take(tanhC, last)), last);
}

/** da (T,B,4H) := …; dh, dc (T,B,H) += what reaches each state; P packs Whᵀ. */
export function lstmBackward(da: usize, dh: usize, dc: usize, dh0: usize, dc0: usize, gates: usize, c: usize, tanhC: usize, c0: usize, p: usize, T: i32, B: i32, H: i32): void {
  const state = (B * H) << 3;
  for (let t = T - 1; t >= 0; t--) {
    const at = <usize>t * state;
    const dhPrev = t == 0 ? dh0 : dh + at - state;
    const dcPrev = t == 0 ? dc0 : dc + at - state;
    const cPrev = t == 0 ? c0 : c + at - state;
    for (let n = 0; n < B; n++) {
      const row = (n * H) << 3;
      lstmGatesBackward(da + ((at + row) << 2), dh + at + row, dc + at + row, dcPrev + row,
        gates + ((at + row) << 2), tanhC + at + row, cPrev + row, H);
    }
    addPacked(dhPrev, H, da + (at << 2), 4 * H, p, B, H, 4 * H); // dh₋ += Whᵀ da
  }
}

function lstmGatesBackward(da: usize, dh: usize, dc: usize, dcPrev: usize, a: usize, tanhC: usize, cPrev: usize, H: i32): void {
  const H1 = H << 3, whole = H1 & ~15, odd = H & 1;
  for (let j = 0; j < whole; j += 16)
    gatesBackward(da + j, dh + j, dc + j, dcPrev + j, a + j, tanhC + j, cPrev + j, H1, false);
  if (odd)
    gatesBackward(da + whole, dh + whole, dc + whole, dcPrev + whole, a + whole, tanhC + whole, cPrev + whole, H1, true);
}

// @ts-ignore: decorator
@inline function gatesBackward(da: usize, dh: usize, dc: usize, dcPrev: usize, a: usize, tanhC: usize, cPrev: usize, H1: usize, last: bool): void {
  const one = f64x2.splat(1.0), H2 = 2 * H1, H3 = 3 * H1;
  const f = take(a, last), i = take(a + H1, last), g = take(a + H2, last), o = take(a + H3, last);
  const tc = take(tanhC, last), dhj = take(dh, last);
  const dcj = f64x2.add(take(dc, last), f64x2.mul(f64x2.mul(dhj, o), f64x2.sub(one, f64x2.mul(tc, tc)))); // dc += dh ⊙ o ⊙ (1 - tanh²c)
  put(dc, dcj, last);
  put(da, f64x2.mul(f64x2.mul(f64x2.mul(dcj, take(cPrev, last)), f), f64x2.sub(one, f)), last); // da_f = dc ⊙ c₋ ⊙ f ⊙ (1 - f)
  put(da + H1, f64x2.mul(f64x2.mul(f64x2.mul(dcj, g), i), f64x2.sub(one, i)), last); // da_i = dc ⊙ c̃ ⊙ i ⊙ (1 - i)
  put(da + H2, f64x2.mul(f64x2.mul(dcj, i), f64x2.sub(one, f64x2.mul(g, g))), last); // da_c = dc ⊙ i ⊙ (1 - c̃²)
  put(da + H3, f64x2.mul(f64x2.mul(f64x2.mul(dhj, tc), o), f64x2.sub(one, o)), last); // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
  put(dcPrev, f64x2.add(take(dcPrev, last), f64x2.mul(dcj, f)), last); // dc₋ += dc ⊙ f
}
