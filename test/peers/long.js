/**
 * Online attention at T = 65,536, once: the naive form would take 34 GB for its scores. Sixteen rows are compared
 * with the definition, summed plainly here. Prints { T, ms, extraBytes, worst } as JSON.
 */
import { Arena, fillUniform, onlineAttention, rng } from '../../dist/engine.js';

const [T, d] = [65_536, 64];
const random = rng(65_536);
const [Q, K, V] = [1, 2, 3].map(() => {
  const array = new Float64Array(T * d);
  fillUniform(array, random, -2, 2);
  return array;
});
const row = (A, t) => A.subarray(t * d, (t + 1) * d);
const dot = (a, b) => a.reduce((sum, value, k) => sum + value * b[k], 0);

/** o_t = Σ_j softmax_j(q_t · k_j / √d) v_j */
function defined(t) {
  const scores = Float64Array.from(
    { length: T },
    (_, j) => dot(row(Q, t), row(K, j)) / Math.sqrt(d),
  );
  const largest = scores.reduce((a, b) => Math.max(a, b));
  const weights = scores.map((score) => Math.exp(score - largest));
  const all = weights.reduce((a, b) => a + b);
  const out = new Float64Array(d);
  weights.forEach((weight, j) => row(V, j).forEach((v, k) => (out[k] += (weight / all) * v)));
  return out;
}

const arena = new Arena();
const dims = { Tq: T, Tk: T, B: 1, heads: 1, dk: d, dv: d };
const attend = (keys) =>
  arena.scope(() => {
    const part = {
      Q: Q.subarray(0, keys * d),
      K: K.subarray(0, keys * d),
      V: V.subarray(0, keys * d),
    };
    return onlineAttention(arena, { ...dims, Tq: keys, Tk: keys }, part).out.slice();
  });
attend(1024); // warm
const start = performance.now();
const out = attend(T);
const ms = performance.now() - start;
const { tape, workspace } = arena.peak;
let worst = 0;
for (let t = 0; t < T; t += T / 16) {
  const wanted = defined(t);
  const largest = Math.max(...wanted.map(Math.abs));
  wanted.forEach((value, k) => {
    worst = Math.max(worst, Math.abs(value - out[t * d + k]) / largest);
  });
}
if (!(worst <= 1e-12)) throw new Error(`Online attention is ${worst} from its definition.`);
process.stdout.write(JSON.stringify({ T, d, ms, extraBytes: tape + workspace, worst }));
