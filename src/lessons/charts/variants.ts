/** Pictures of the lesson on the LSTM's relatives. */
import { Arena, createParameters, gru, lstm, lstmCoupled } from '../../engine/index.js';
import { range, type Chart } from './chart.js';

const T = 40;
const dims = { T, B: 1, D: 1, H: 1 };

/** How far one unit of each kind can count: every input says «one more», and this is the state. */
export function counting(): Chart {
  const arena = new Arena();
  const given = { x: new Float64Array(T).fill(1) };
  const points = (states: Float64Array): (readonly [number, number])[] =>
    range(2, T, 2).map((t) => [t, states[t - 1]!] as const);

  // Gates and candidate wide open: σ(20) and tanh(20) are 1 to eight digits.
  const open = createParameters(arena, lstm, dims);
  for (const bias of [open.bf, open.bi, open.bc]) bias.fill(20);
  // f = σ(2) = 0.88 keeps, the rest of one is written.
  const tied = createParameters(arena, lstmCoupled, dims);
  tied.bf.fill(2);
  tied.bc.fill(20);
  // z = σ(-3) = 0.047 is written, the rest of one kept.
  const mixed = createParameters(arena, gru, dims);
  mixed.bz.fill(-3);
  mixed.bh.fill(20);

  return {
    title: 'The state of one unit that is told «one more» at every step',
    x: { label: 'step t', scale: 'linear', format: String },
    y: { label: 'state', scale: 'log', format: String },
    series: [
      {
        mark: 'l',
        name: 'LSTM, c',
        points: points(lstm.forward(arena, dims, open, given).outputs.c),
      },
      {
        mark: 'i',
        name: 'coupled, i = 1 - f, c',
        points: points(lstmCoupled.forward(arena, dims, tied, given).outputs.c),
      },
      {
        mark: 'g',
        name: 'GRU, h',
        points: points(gru.forward(arena, dims, mixed, given).outputs.h),
      },
    ],
  };
}
