/** The cells as work to be timed: forward, forward and backward, and one streaming step. */
import {
  Arena,
  cells,
  createParameters,
  fillUniform,
  openLstmStream,
  rng,
} from '../engine/index.js';
import { joined } from './speed-work.js';
import type { Arrays, CellKind } from '../engine/index.js';
import type { SpeedConfig } from './speed-report.js';
import type { SpeedWork } from './speed-work.js';

export const timedCells = ['lstm', 'gru', 'rnn'] as const satisfies readonly CellKind[];
export type TimedCell = (typeof timedCells)[number];

/** Multiply-adds of forward and backward are this times T·B·H·(D+H): three products for each weight. */
const perWeight: { readonly [K in TimedCell]: number } = { lstm: 12, gru: 9, rnn: 3 };

/** A cell over a whole sequence at these sizes. */
export function cellWork(kind: TimedCell, config: SpeedConfig): SpeedWork {
  const { T, B, D, H } = config;
  const says = [`${kind} forward`, `${kind} forward+backward`] as const;
  return {
    name: kind,
    config,
    says,
    open: (body) => {
      const arena = new Arena();
      const cell = cells[kind];
      const random = rng(2026);
      const filled = (length: number): Float64Array => {
        const array = new Float64Array(length);
        fillUniform(array, random, -1, 1);
        return array;
      };
      return arena.scope(() => {
        const parameters = createParameters(arena, cell, config, { random });
        const given = { x: filled(T * B * D) };
        const upstream = { h: filled(T * B * H) } as Arrays;
        const pass = () => {
          const run = cell.forward(arena, config, parameters, given);
          return { run, result: cell.backward(arena, run, upstream) };
        };
        return body({
          parts: [
            {
              says: says[0],
              call: () => void arena.scope(() => cell.forward(arena, config, parameters, given)),
            },
            {
              says: says[1],
              call: () => void arena.scope(pass),
              multiplyAdds: perWeight[kind] * T * B * H * (D + H),
            },
          ],
          everything: () =>
            arena.scope(() => {
              const { run, result } = pass();
              return joined([
                ...Object.values(run.outputs),
                ...Object.values(result.gradients as Arrays),
                ...Object.values(result.states),
              ]);
            }),
        });
      });
    },
  };
}

/** One streaming LSTM step at D = H. */
export function stepWork(H: number): SpeedWork {
  const name = 'lstm streaming step';
  return {
    name,
    config: { T: 1, B: 1, D: H, H },
    says: [name],
    open: (body) => {
      const arena = new Arena();
      const random = rng(7);
      const dims = { T: 1, B: 1, D: H, H };
      const parameters = createParameters(arena, cells.lstm, dims, { random });
      const stream = openLstmStream(arena, dims, parameters as never);
      const x = new Float64Array(H);
      fillUniform(x, random, -1, 1);
      try {
        return body({
          parts: [{ says: name, call: () => void stream.step(x) }],
          everything: () => {
            stream.h.fill(0);
            stream.c.fill(0);
            for (let t = 0; t < 10; t++) stream.step(x);
            return joined([stream.h, stream.c]);
          },
        });
      } finally {
        stream.close();
      }
    },
  };
}
