/** The cells as work to be timed: forward, forward and backward, and one streaming step. */
import {
  Arena,
  cells,
  createParameters,
  fillUniform,
  openLstmStream,
  rng,
} from '../engine/index.js';
import type { Arrays, CellKind } from '../engine/index.js';
import type { SpeedConfig } from './speed-report.js';

export const timedCells = ['lstm', 'gru', 'rnn'] as const satisfies readonly CellKind[];
export type TimedCell = (typeof timedCells)[number];

/** Multiply-adds of forward and backward are this times T·B·H·(D+H): three products for each weight. */
const perWeight: { readonly [K in TimedCell]: number } = { lstm: 12, gru: 9, rnn: 3 };

/** The multiply-adds of the products of one forward and backward pass. */
export const multiplyAdds = (kind: TimedCell, { T, B, D, H }: SpeedConfig): number =>
  perWeight[kind] * T * B * H * (D + H);

export interface CellWork {
  readonly forward: () => void;
  readonly forwardAndBackward: () => void;
  /** Every number that forward and backward give, in one array: for comparing bits. */
  readonly everything: () => Float64Array;
}

/** Runs `body` with a cell at these sizes, its arrays in a scope that ends with the body. */
export function withCell<R>(kind: TimedCell, config: SpeedConfig, body: (work: CellWork) => R): R {
  const arena = new Arena();
  const cell = cells[kind];
  const { T, B, D, H } = config;
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
      forward: () => void arena.scope(() => cell.forward(arena, config, parameters, given)),
      forwardAndBackward: () => void arena.scope(pass),
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
}

/** Runs `body` with one streaming LSTM step. */
export function withStep<R>(
  { B, D, H }: SpeedConfig,
  body: (work: { readonly step: () => void; readonly everything: () => Float64Array }) => R,
): R {
  const arena = new Arena();
  const random = rng(7);
  const parameters = createParameters(arena, cells.lstm, { T: 1, B, D, H }, { random });
  const stream = openLstmStream(arena, { B, D, H }, parameters as never);
  const x = new Float64Array(B * D);
  fillUniform(x, random, -1, 1);
  try {
    return body({
      step: () => void stream.step(x),
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
}

function joined(arrays: readonly Float64Array[]): Float64Array {
  const all = new Float64Array(arrays.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const array of arrays) {
    all.set(array, at);
    at += array.length;
  }
  return all;
}
