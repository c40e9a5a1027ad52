/** Claims about what can be read off a network: weights and gates, and whether they depend on the input. */
import { passOf } from '../flow/pass.js';
import { said } from './claim.js';
import type { Claim, Ground } from './claim.js';

/** Self-attention of one head over T random positions of d columns, three times as large as ±1 so that it has a focus. */
function selfAttention({ engine }: Ground, T: number, d: number, seed: number) {
  const x = new Float64Array(T * d);
  engine.fillUniform(x, engine.rng(seed), -3, 3);
  const arena = new engine.Arena();
  const dims = { Tq: T, Tk: T, B: 1, heads: 1, dk: d, dv: d };
  const run = engine.attention(arena, dims, { Q: x, K: x, V: x });
  /** The weights of query i. */
  const row = (i: number): number[] => [...run.weights.subarray(i * T, (i + 1) * T)];
  return { x, arena, run, row };
}

/** The largest |output - Σ_j p_j v_j|, and the queries whose most weighted position moves their output most. */
function readWeights(ground: Ground, T: number, d: number, seed: number) {
  const { x, arena, run, row } = selfAttention(ground, T, d, seed);
  let [off, agree] = [0, 0];
  for (let i = 0; i < T; i++) {
    for (let j = 0; j < d; j++) {
      const sum = row(i).reduce((all, p, s) => all + p * x[s * d + j]!, 0);
      off = Math.max(off, Math.abs(sum - run.out[i * d + j]!));
    }
    const dout = new Float64Array(T * d).fill(1, i * d, (i + 1) * d);
    const { K, V } = ground.engine.attentionBackward(arena, run, dout);
    const moves = Array.from({ length: T }, (_, s) =>
      Math.hypot(...Array.from({ length: d }, (_, j) => K[s * d + j]! + V[s * d + j]!)),
    );
    const place = (values: readonly number[]): number => values.indexOf(Math.max(...values));
    if (place(moves) === place(row(i))) agree++;
  }
  return { off, agree };
}

/** The largest |c - (f ⊙ c₋ + i ⊙ c̃)|, with the gates that the LSTM's tape shows. */
function readGates({ engine, seed }: Ground, T: number, D: number, H: number): number {
  const { run } = passOf(engine, new engine.Arena(), 'lstm', { T, B: 1, D, H }, seed);
  const [gates, c] = [run.tape.gates!, run.outputs.c!];
  let off = 0;
  for (let t = 1; t < T; t++)
    for (let j = 0; j < H; j++) {
      const at = 4 * H * t + j;
      const cell = gates[at]! * c[(t - 1) * H + j]! + gates[at + H]! * gates[at + 2 * H]!; // f ⊙ c₋ + i ⊙ c̃
      off = Math.max(off, Math.abs(cell - c[t * H + j]!));
    }
  return off;
}

export const canBeRead: Claim = {
  id: 'can-be-read',
  says: 'Attention weights can be read, and gates can too.',
  documented: 'holds within limits',
  measure: (ground) => {
    const [T, d, H, draws] = [16, 8, 4, 6];
    const weights = Array.from({ length: draws }, (_, k) =>
      readWeights(ground, T, d, ground.seed + k),
    );
    const weightsOff = Math.max(...weights.map(({ off }) => off));
    const agree = weights.reduce((sum, one) => sum + one.agree, 0);
    const gatesOff = readGates(ground, T, d, H);
    const queries = draws * T;
    return {
      measured: [
        { what: `largest |output - Σ p_j v_j|, T = ${T}, d = ${d}`, value: weightsOff },
        { what: `largest |c - (f ⊙ c₋ + i ⊙ c̃)| of an LSTM, H = ${H}`, value: gatesOff },
        { what: `queries of ${queries} whose most weighted position moves the output most`, value: agree }, // prettier-ignore
      ],
      holds: weightsOff < 1e-12 && gatesOff < 1e-12 && agree > queries / 2,
      limited: agree < queries,
      say: `Both: the output is Σ p_j v_j and the cell is f ⊙ c₋ + i ⊙ c̃ with the numbers one reads (off by ${said(weightsOff)} and ${said(gatesOff)}). Reading is not explaining: the most weighted position moved the output most for ${agree} of ${queries} queries, since an input also acts through the scores.`,
    };
  },
};

export const gatesFixed: Claim = {
  id: 'gates-fixed',
  says: 'Gates are fixed per step, attention depends on the input.',
  documented: 'loose',
  measure: (ground) => {
    const { engine, seed } = ground;
    const [T, D, H] = [10, 4, 4];
    const { cell, run, x, arena } = passOf(engine, new engine.Arena(), 'lstm', { T, B: 1, D, H }, seed); // prettier-ignore
    const forgets = (of: typeof run, t: number): number[] => [
      ...of.tape.gates!.subarray(t * 4 * H, t * 4 * H + H),
    ];
    const differ = (a: readonly number[], b: readonly number[]): number =>
      Math.max(...a.map((value, j) => Math.abs(value - b[j]!)));
    /** f_T after x has changed by 1 at one step. */
    const moved = (t: number): number => {
      const other = x.slice();
      for (let j = 0; j < D; j++) other[t * D + j]! += 1;
      const again = cell.forward(arena, run.dims, run.parameters, { x: other });
      return differ(forgets(again, T - 1), forgets(run, T - 1));
    };
    const [now, before] = [moved(T - 1), moved(0)];
    const one = selfAttention(ground, T, D, seed);
    const K = one.x.slice();
    for (let j = 0; j < D; j++) K[j]! += 1; // key 1
    const two = engine.attention(new engine.Arena(), one.run.dims, { Q: one.x, K, V: one.x });
    const weight = differ(one.row(T - 1), [...two.weights.subarray((T - 1) * T)]);
    return {
      measured: [
        { what: 'largest change of f_T when x_T changes by 1', value: now },
        { what: `largest change of f_T when x_1 changes by 1, T = ${T}`, value: before },
        { what: 'largest change of the weights of query T when key 1 changes by 1', value: weight },
      ],
      holds: now === 0 && before === 0 && weight > 0,
      say: `Both depend on the input: f_T moved by ${said(now)} with x_T. The difference is the reach: a gate weighs one step's content against the state, and hears of x_1 only through it (${said(before)} at T = ${T}); attention weighs any position directly (${said(weight)}).`,
    };
  },
};
