/** Pictures of the lesson on sequences. */
import { Arena, createParameters, fillNormal, forwardWithLengths } from '../../engine/index.js';
import { gru, lstm, rng, rnn } from '../../engine/index.js';
import type { Cell, CellNames } from '../../engine/index.js';
import { range, type Chart } from './chart.js';

const [end, padding, D, H] = [20, 40, 8, 32];

/** How far the last h is from h_20, as a share of its length, by steps of zeros after the end. */
function drift<N extends CellNames>(kind: Cell<N>, masked = false): (readonly [number, number])[] {
  const cell = kind as unknown as Cell;
  return range(0, padding, 2).map((after) => {
    const arena = new Arena();
    const dims = { T: end + after, B: 1, D, H };
    const parameters = createParameters(arena, cell, dims, { random: rng(7) });
    const x = new Float64Array(dims.T * D);
    fillNormal(x.subarray(0, end * D), rng(3));
    const { h } = cell.forward(arena, dims, parameters, { x }).outputs as { h: Float64Array };
    const { hT } = forwardWithLengths(
      arena,
      cell,
      dims,
      parameters,
      { x },
      masked ? [end] : undefined,
    ).finals as { hT: Float64Array };
    const right = h.subarray((end - 1) * H, end * H);
    const moved = right.map((value, j) => hT[j]! - value);
    return [after, Math.hypot(...moved) / Math.hypot(...right)] as const;
  });
}

/** What a fresh network makes of zeros, and what of a sequence whose length it knows. */
export function zerosMove(): Chart {
  return {
    title: 'How far padding carries the last state away from where its sequence ended',
    x: { label: 'steps of zeros after the end', scale: 'linear', format: String },
    y: {
      label: '‖h - h_end‖ / ‖h_end‖',
      scale: 'linear',
      format: (value) => value.toFixed(1),
    },
    series: [
      { mark: 'r', name: 'RNN', points: drift(rnn) },
      { mark: 'g', name: 'GRU', points: drift(gru) },
      { mark: 'l', name: 'LSTM', points: drift(lstm) },
      { mark: 'm', name: 'LSTM with a mask', points: drift(lstm, true) },
    ],
  };
}
