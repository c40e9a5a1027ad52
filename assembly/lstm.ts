// The LSTM's time loop, forward and backward: src/engine/kernels/lstm.ts on two lanes, the same
// operations in the same order. Its equations are explained there.
import { sigmoid, tanh, tanh2 } from './elementary';
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
  const H1 = H << 3, H2 = H << 4, H3 = H1 + H2;
  sigmoid(a, a, 2 * H); // f = σ(a_f)   i = σ(a_i)
  tanh(a + H2, a + H2, H); // c̃ = tanh(a_c)
  sigmoid(a + H3, a + H3, H); // o = σ(a_o)
  for (let j = 0; j < H; j += 2) {
    const last = j + 1 == H;
    const f = take(a, last), i = take(a + H1, last), g = take(a + H2, last), o = take(a + H3, last);
    const cell = f64x2.add(f64x2.mul(f, take(cPrev, last)), f64x2.mul(i, g)); // c = f ⊙ c₋ + i ⊙ c̃
    const tc = tanh2(cell);
    put(c, cell, last);
    put(tanhC, tc, last);
    put(h, f64x2.mul(o, tc), last); // h = o ⊙ tanh(c)
    a += 16; c += 16; tanhC += 16; h += 16; cPrev += 16;
  }
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
  const H1 = H << 3, H2 = H << 4, H3 = H1 + H2;
  const one = f64x2.splat(1.0);
  for (let j = 0; j < H; j += 2) {
    const last = j + 1 == H;
    const f = take(a, last), i = take(a + H1, last), g = take(a + H2, last), o = take(a + H3, last);
    const tc = take(tanhC, last), dhj = take(dh, last);
    const dcj = f64x2.add(take(dc, last), f64x2.mul(f64x2.mul(dhj, o), f64x2.sub(one, f64x2.mul(tc, tc)))); // dc += dh ⊙ o ⊙ (1 - tanh²c)
    const daf = f64x2.mul(f64x2.mul(f64x2.mul(dcj, take(cPrev, last)), f), f64x2.sub(one, f)); // da_f = dc ⊙ c₋ ⊙ f ⊙ (1 - f)
    const dai = f64x2.mul(f64x2.mul(f64x2.mul(dcj, g), i), f64x2.sub(one, i)); // da_i = dc ⊙ c̃ ⊙ i ⊙ (1 - i)
    const dac = f64x2.mul(f64x2.mul(dcj, i), f64x2.sub(one, f64x2.mul(g, g))); // da_c = dc ⊙ i ⊙ (1 - c̃²)
    const dao = f64x2.mul(f64x2.mul(f64x2.mul(dhj, tc), o), f64x2.sub(one, o)); // da_o = dh ⊙ tanh(c) ⊙ o ⊙ (1 - o)
    const dcp = f64x2.add(take(dcPrev, last), f64x2.mul(dcj, f)); // dc₋ += dc ⊙ f
    put(dc, dcj, last); put(dcPrev, dcp, last);
    put(da, daf, last); put(da + H1, dai, last); put(da + H2, dac, last); put(da + H3, dao, last);
    da += 16; dh += 16; dc += 16; dcPrev += 16; a += 16; tanhC += 16; cPrev += 16;
  }
}
