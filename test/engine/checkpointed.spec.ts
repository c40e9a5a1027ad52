/** Checkpointed BPTT: the bits of full BPTT from a fraction of its tape. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  cellKinds,
  checkpointed,
  checkpointedBackward,
  createParameters,
} from '../../src/engine/index.js';
import { recurrentCase, shapes } from './recurrent-cases.js';

describe.each(cellKinds)('%s', (kind) => {
  it('is full BPTT bit for bit, for every length of a stretch', () => {
    fc.assert(
      fc.property(shapes(12), (sizes) => {
        const { cell, dims, arena, parameters, given, upstream } = recurrentCase(kind, sizes);
        const run = cell.forward(arena, dims, parameters, given);
        const full = cell.backward(arena, run, upstream).gradients;
        for (let every = 1; every <= dims.T + 1; every++) {
          const kept = checkpointed(arena, cell, dims, parameters, given, every);
          expect(kept.finals).toEqual(run.finals);
          const gradients = checkpointedBackward(arena, kept, upstream);
          for (const [name, want] of Object.entries(full))
            expect(gradients[name], `every ${every}: ${name}`).toEqual(want);
        }
      }),
    );
  });

  it('is full BPTT for any choice of upstream gradients, without biases and from zero states', () => {
    fc.assert(
      fc.property(shapes(9), fc.integer({ min: 1, max: 4 }), fc.nat(), (sizes, every, mask) => {
        const { cell, dims, arena, given, upstream, random } = recurrentCase(kind, sizes);
        const parameters = createParameters(arena, cell, dims, { bias: false, random });
        const some = Object.fromEntries(
          Object.entries(upstream).filter((_, j) => (mask >> j) % 2 === 1),
        );
        const own = { x: given.x };
        const run = cell.forward(arena, dims, parameters, own);
        const kept = checkpointed(arena, cell, dims, parameters, own, every);
        expect(checkpointedBackward(arena, kept, some)).toEqual(
          cell.backward(arena, run, some).gradients,
        );
      }),
    );
  });

  it('shows every output once, in order', () => {
    const { cell, dims, arena, parameters, given } = recurrentCase(kind, {
      ...{ T: 7, B: 2, D: 3, H: 2, seed: 3 },
    });
    const run = cell.forward(arena, dims, parameters, given);
    const seen: number[] = [];
    checkpointed(arena, cell, dims, parameters, given, 3, ({ h }) => seen.push(...h!));
    expect(Float64Array.from(seen)).toEqual(run.outputs.h);
  });

  it('keeps T / every states and one stretch on the tape, and gives everything back', () => {
    const sizes = { T: 100, B: 2, D: 3, H: 4, seed: 3 };
    const tape = (T: number) => {
      const one = recurrentCase(kind, { ...sizes, T });
      one.cell.forward(one.arena, one.dims, one.parameters, one.given);
      return one.arena.peak.tape;
    };
    const { cell, dims, arena, parameters, given, upstream } = recurrentCase(kind, sizes);
    const state = Object.keys(cell.initial).length * dims.B * dims.H * 8;
    const kept = checkpointed(arena, cell, dims, parameters, given);
    expect(kept.segments.length).toBe(10); // √100
    expect(arena.live.tape).toBe(10 * state); // nine starts beside the given one, and the end
    arena.scope(() => checkpointedBackward(arena, kept, upstream));
    expect(arena.peak.tape).toBe(10 * state + tape(10));
    expect(arena.peak.tape).toBeLessThan(tape(100) / 4);
    expect(arena.live).toMatchObject({ tape: 10 * state, workspace: 0, gradients: 0 });
  });

  it('refuses a stretch that is no positive integer', () => {
    const { cell, dims, parameters, given } = recurrentCase(kind, {
      ...{ T: 3, B: 1, D: 1, H: 1, seed: 1 },
    });
    for (const every of [0, -1, 1.5, NaN])
      expect(() => checkpointed(new Arena(), cell, dims, parameters, given, every)).toThrow(
        EngineError,
      );
  });
});
