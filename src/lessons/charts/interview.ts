/** The picture of the lesson on the interview: what the last output owes to the first input. */
import {
  Arena,
  cells,
  createMultiHeadParameters,
  createParameters,
  fillUniform,
  forgetBias,
  globalNorm,
  multiHead,
  multiHeadBackward,
  rng,
} from '../../engine/index.js';
import type { Cell } from '../../engine/index.js';
import { power, range, type Chart } from './chart.js';

const H = 16;

/** T inputs of H numbers. */
function inputs(T: number): Float64Array {
  const x = new Float64Array(T * H);
  fillUniform(x, rng(8), -1, 1);
  return x;
}

/** ‖d(last output)/dx_1‖: `back` gives dx for a gradient in the last output. */
function first(back: (dLast: Float64Array) => Float64Array): number {
  const rows = range(0, H - 1).map((unit) => {
    const dLast = new Float64Array(H);
    dLast[unit] = 1;
    return back(dLast).slice(0, H);
  });
  return globalNorm(rows);
}

/** A cell as it is initialised, but for the bias of its forget gate if it has one. */
function throughCell(cell: Cell, T: number, bias = 0): number {
  const arena = new Arena();
  const dims = { T, B: 1, D: H, H };
  const parameters = createParameters(arena, cell, dims, { random: rng(7) });
  if (parameters.bf) forgetBias(parameters.bf, bias);
  const run = cell.forward(arena, dims, parameters, { x: inputs(T) });
  return first((hT) => cell.backward(arena, run, { hT }).gradients.x!);
}

/** One layer of causal self-attention. */
function throughAttention(T: number): number {
  const arena = new Arena();
  const dims = { Tq: T, Tk: T, B: 1, E: H, heads: 2 };
  const parameters = createMultiHeadParameters(arena, dims, rng(7));
  const run = multiHead(arena, dims, parameters, { x: inputs(T) }, { causal: true });
  return first((dLast) => {
    const dout = new Float64Array(T * H);
    dout.set(dLast, (T - 1) * H);
    return multiHeadBackward(arena, run, dout).x;
  });
}

/** The whole question in one picture: a product of matrices, of gates near 1, and no product at all. */
export function creditByDistance(): Chart {
  const line = (mark: string, name: string, norm: (T: number) => number) => ({
    ...{ mark, name },
    points: range(2, 98, 6).map((T) => [T, norm(T)] as const),
  });
  return {
    title: 'How much the last output depends on the first input, untrained, by length',
    x: { label: 'steps T', scale: 'linear', format: String },
    y: { label: '‖d(last output)/dx_1‖', scale: 'log', format: power },
    series: [
      line('a', 'attention, one layer', throughAttention),
      line('5', 'LSTM, b_f = 5', (T) => throughCell(cells.lstm, T, 5)),
      line('0', 'LSTM, b_f = 0', (T) => throughCell(cells.lstm, T)),
      line('r', 'RNN', (T) => throughCell(cells.rnn, T)),
    ],
  };
}
