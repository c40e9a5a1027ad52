/** The training tools by hand: clipping, the first steps of Adam, and what initial weights do to a vector. */
import { adam, Arena, clipGlobalNorm } from '../../engine/index.js';
import { fillNormal, fillUniform, globalNorm, orthogonal, rng } from '../../engine/index.js';
import { aligned, expectSame, four, given, shown, steps, vector } from './show.js';

/** One norm over two tensors; beside it what cutting each entry at the same limit gives. */
export function clipped(): string[] {
  const [dW, db] = [vector(3, -4), vector(12)];
  const dtheta = vector(...dW, ...db);
  const { lines, values } = steps(['training.norm', 'training.clip'], { dtheta, maxNorm: 1 });
  const engine = [dW.slice(), db.slice()];
  const norm = clipGlobalNorm(engine, 1);
  expectSame('norm', norm, values.norm!);
  expectSame('dθ', vector(...engine.flatMap((g) => [...g])), values.dthetaClipped!);
  const cut = dtheta.map((g) => Math.max(-1, Math.min(1, g)));
  const dot = dtheta.reduce((sum, g, k) => sum + g * cut[k]!, 0);
  return [
    `dW = ${shown(dW)}   db = ${shown(db)}   maxNorm = 1`,
    '',
    ...lines,
    '',
    `each entry cut at ±1 instead: ${shown(cut)}, cosine with dθ ${four(dot / (norm * globalNorm([cut])))}`,
  ];
}

/** Two gradients 100,000 times apart, and the first step of Adam for each. */
export function adamStep(): string[] {
  const rate = 0.01;
  const dtheta = vector(100, -0.001);
  const start = { theta: vector(1, 1), dtheta, rate };
  const zero = vector(0, 0);
  const { lines, values } = steps(
    ['first-moment', 'second-moment', 'first-corrected', 'second-corrected']
      .map((name) => `training.adam-${name}`)
      .concat('training.adam'),
    {
      ...start,
      ...{ mPrev: zero, vPrev: zero, N: 1 },
      ...{ beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
    },
  );
  const theta = start.theta.slice();
  adam(new Arena(), [theta], { rate }).step([dtheta]);
  expectSame('θ', theta, values.thetaNext!);
  return [...given({ ...start, N: 1 }), '', ...lines];
}

/** The length of a vector after t products with the same 64 × 64 matrix, for three ways to fill it. */
export function recurrentStarts(): string[] {
  const H = 64;
  const starts: readonly (readonly [string, (W: Float64Array) => void])[] = [
    ['uniform ±1/√H', (W) => fillUniform(W, rng(7), -1 / Math.sqrt(H), 1 / Math.sqrt(H))],
    ['uniform ±√(3/H)', (W) => fillUniform(W, rng(7), -Math.sqrt(3 / H), Math.sqrt(3 / H))],
    ['orthogonal', (W) => orthogonal(W, H, H, rng(7))],
  ];
  const lengths = [1, 10, 100];
  const rows = starts.map(([name, fill]) => {
    const W = new Float64Array(H * H);
    fill(W);
    let v = new Float64Array(H);
    fillNormal(v, rng(8));
    const first = globalNorm([v]);
    const norms: string[] = [];
    for (let t = 1; t <= lengths.at(-1)!; t++) {
      v = v.map((_, j) => v.reduce((sum, one, k) => sum + W[j * H + k]! * one, 0));
      if (lengths.includes(t)) norms.push(four(globalNorm([v]) / first));
    }
    return [name, ...norms];
  });
  return aligned(['‖W_hh^t v‖ / ‖v‖', ...lengths.map((t) => `t = ${t}`)], rows);
}
