/** Claims about reading and training over sequences: bidirectional, truncated BPTT, clipping. */
import { passOf } from '../flow/pass.js';
import { said } from './claim.js';
import type { Claim } from './claim.js';

export const bidirectionalWhole: Claim = {
  id: 'bidirectional-whole',
  says: 'A bidirectional network needs the whole sequence before its first output.',
  documented: 'holds',
  measure: ({ engine, seed }) => {
    const { Arena, bidirectional, cells, createParameters, fillUniform, rng } = engine;
    const [T, D, H] = [12, 3, 4];
    const [arena, dims, random] = [new Arena(), { T, B: 1, D, H }, rng(seed)];
    const parameters = {
      forward: createParameters(arena, cells.lstm, dims, { random }),
      backward: createParameters(arena, cells.lstm, dims, { random }),
    };
    const x = new Float64Array(T * D);
    fillUniform(x, random, -1, 1);
    const other = x.slice();
    fillUniform(other.subarray((T - 1) * D), random, -1, 1); // another x_T
    const [one, two] = [x, other].map(
      (x) => bidirectional(arena, cells.lstm, dims, parameters, { x }).h, // (T,B,2H): [h→ ; h←]
    ) as [Float64Array, Float64Array];
    /** Steps before T at which some of the columns first … first + H - 1 differ. */
    const changed = (first: number): number =>
      Array.from({ length: T - 1 }, (_, t) => t * 2 * H + first).filter((start) =>
        one.subarray(start, start + H).some((value, j) => value !== two[start + j]),
      ).length;
    const [forward, backward] = [changed(0), changed(H)];
    return {
      measured: [
        { what: `steps before T = ${T} whose h← changes with x_T`, value: backward },
        { what: 'steps before T whose h→ changes with x_T', value: forward },
      ],
      holds: backward === T - 1 && forward === 0,
      say: `Another x_T changed h← at ${backward} of the ${T - 1} steps before it, and h→ at ${forward}. So it cannot stream, and it cannot predict the next token: it has seen it.`,
    };
  },
};

export const truncatedCredit: Claim = {
  id: 'truncated-credit',
  says: 'Truncated BPTT gives no credit beyond k steps.',
  documented: 'holds',
  measure: ({ engine, seed }) => {
    const [T, D, H, k] = [40, 3, 4, 8];
    const arena = new engine.Arena();
    const { cell, run, x } = passOf(engine, arena, 'lstm', { T, B: 1, D, H }, seed);
    const dh = new Float64Array(T * H);
    dh.fill(1, (T - 1) * H); // a loss at T alone
    /** Steps whose input gets any gradient. */
    const credited = (dx: Float64Array): number =>
      Array.from({ length: T }, (_, t) => dx.subarray(t * D, (t + 1) * D)).filter((row) =>
        row.some((value) => value !== 0),
      ).length;
    const full = credited(cell.backward(arena, run, { h: dh }).gradients.x!);
    const window = credited(engine.slidingWindow(arena, cell, run, { h: dh }, k).x!);
    const other = x.slice();
    other[0]! += 1;
    const again = cell.forward(arena, run.dims, run.parameters, { x: other });
    const moved = Math.hypot(...again.finals.hT!.map((value, j) => value - run.finals.hT![j]!));
    const stretches = credited(
      engine.truncated(arena, cell, run.dims, run.parameters, { x }, k, (_, { start, length }) => ({
        h: dh.subarray(start * H, (start + length) * H),
      })).gradients.x!,
    );
    return {
      measured: [
        { what: `steps with credit for a loss at T = ${T}, full BPTT`, value: full },
        { what: `the same, a window of k = ${k}`, value: window },
        { what: `the same, the state detached every ${k} steps`, value: stretches },
        { what: '‖change of h_T‖ when x_1 changes by 1', value: moved },
      ],
      holds: full === T && window === k && stretches <= k,
      say: `A loss at T = ${T} reached ${full} inputs by full BPTT, ${window} by a window of k = ${k}, ${stretches} with the state detached every ${k}: beyond that the gradient is exactly zero, not small. The state still carries x_1 forward (h_T moves by ${said(moved)}); nothing is told to keep it.`,
    };
  },
};

export const clippingBounds: Claim = {
  id: 'clipping-bounds',
  says: 'Clipping by global norm bounds the step.',
  documented: 'holds within limits',
  measure: ({ engine, seed }) => {
    const { Arena, adam, clipGlobalNorm, fillUniform, globalNorm, rng, sgd } = engine;
    const [n, rate, maxNorm] = [50, 0.1, 1];
    const gradient = (): Float64Array => {
      const g = new Float64Array(n);
      fillUniform(g, rng(seed), -1000, 1000);
      return g;
    };
    /** The step that an optimiser takes from zero. */
    const stepOf = (optimiser: typeof sgd | typeof adam, clipped: boolean): Float64Array => {
      const theta = new Float64Array(n);
      const g = gradient();
      if (clipped) clipGlobalNorm([g], maxNorm);
      optimiser(new Arena(), [theta], { rate }).step([g]);
      return theta;
    };
    const norm = (v: Float64Array): number => globalNorm([v]);
    const [free, step] = [stepOf(sgd, false), stepOf(sgd, true)];
    const cosine = step.reduce((sum, s, j) => sum + s * free[j]!, 0) / (norm(step) * norm(free));
    const [adamFree, adamStep] = [norm(stepOf(adam, false)), norm(stepOf(adam, true))];
    return {
      measured: [
        { what: `‖step‖ of SGD, rate ${rate}, ‖g‖ = ${said(norm(gradient()))}`, value: norm(free) },
        { what: `the same clipped to ${maxNorm}`, value: norm(step) },
        { what: 'cosine of the two steps', value: cosine },
        { what: '‖first step‖ of Adam', value: adamFree },
        { what: 'the same clipped', value: adamStep },
      ],
      holds: norm(step) <= rate * maxNorm * (1 + 1e-12) && cosine > 1 - 1e-12,
      limited: adamStep > rate * maxNorm,
      say: `Of SGD it does: the step went from ${said(norm(free))} to ${said(norm(step))} = rate × ${maxNorm}, in the same direction. Adam divides by the size of the gradient anyway: its first step was ${said(adamFree)} and stayed ${said(adamStep)}. And clipping helps against exploding, never against vanishing.`,
    };
  },
};
