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
  return { x, arena, run: engine.attention(arena, dims, { Q: x, K: x, V: x }) };
}

/** The place of the largest. */
const first = (values: readonly number[]): number => values.indexOf(Math.max(...values));

export const weightsCanBeRead: Claim = {
  id: 'weights-can-be-read',
  says: 'Attention weights can be read as an explanation; gates cannot.',
  documented: 'loose',
  measure: (ground) => {
    const { engine, seed } = ground;
    const [T, d, H] = [12, 8, 4];
    const { x, arena, run } = selfAttention(ground, T, d, seed);
    const rowOf = (i: number): number[] => [...run.weights.subarray(i * T, (i + 1) * T)];
    // The output is what the weights say, and the cell is what the gates say.
    let attentionOff = 0;
    for (let i = 0; i < T; i++)
      for (let j = 0; j < d; j++) {
        const sum = rowOf(i).reduce((all, p, s) => all + p * x[s * d + j]!, 0);
        attentionOff = Math.max(attentionOff, Math.abs(sum - run.out[i * d + j]!));
      }
    const lstm = passOf(engine, new engine.Arena(), 'lstm', { T, B: 1, D: d, H }, seed).run;
    const [gates, c] = [lstm.tape.gates!, lstm.outputs.c!];
    let gatesOff = 0;
    for (let t = 1; t < T; t++)
      for (let j = 0; j < H; j++) {
        const [f, i, cTilde] = [0, 1, 2].map((b) => gates[(4 * t + b) * H + j]!) as [number, number, number]; // prettier-ignore
        const cell = f * c[(t - 1) * H + j]! + i * cTilde; // c = f ⊙ c₋ + i ⊙ c̃
        gatesOff = Math.max(gatesOff, Math.abs(cell - c[t * H + j]!));
      }
    // Is the position with the most weight the one whose input moves the output most?
    const agree = Array.from({ length: T }, (_, i) => {
      const dout = new Float64Array(T * d);
      dout.fill(1, i * d, (i + 1) * d);
      const { K, V } = engine.attentionBackward(arena, run, dout);
      const moves = Array.from({ length: T }, (_, s) =>
        Math.hypot(...Array.from({ length: d }, (_, j) => K[s * d + j]! + V[s * d + j]!)),
      );
      return first(moves) === first(rowOf(i));
    }).filter(Boolean).length;
    const gatesRead = gatesOff < 1e-12;
    return {
      measured: [
        { what: `largest |output - Σ p_j v_j|, T = ${T}`, value: attentionOff },
        { what: `largest |c - (f ⊙ c₋ + i ⊙ c̃)| of an LSTM, H = ${H}`, value: gatesOff },
        {
          what: `queries of ${T} whose most weighted position is the most influential`,
          value: agree,
        },
      ],
      // As said: the weights explain, for every query, and the gates say nothing.
      holds: attentionOff < 1e-12 && agree === T && !gatesRead,
      say: `Both can be read: the output is the weighted sum to ${said(attentionOff)}, and the cell is what f and i say to ${said(gatesOff)}. Neither is an explanation by itself: the most weighted position was the most influential for ${agree} of ${T} queries, since an input also acts through the scores.`,
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
    const lastRow = (weights: Float64Array): number[] => [...weights.subarray((T - 1) * T)];
    const weight = differ(lastRow(one.run.weights), lastRow(two.weights));
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
