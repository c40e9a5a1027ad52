/** Streaming gives the bits of the whole sequence, and gives its memory back. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  createParameters,
  fillUniform,
  kernelsInUse,
  loops,
  lstm,
  openLstmStream,
  openSimd,
  rng,
  useKernels,
} from '../../src/engine/index.js';
import type { Kernels } from '../../src/engine/index.js';

const simd = openSimd();
const sets = [loops, ...(typeof simd === 'string' ? [] : [simd])];
const size = fc.integer({ min: 1, max: 20 });

function using(set: Kernels, body: () => void): void {
  const { name, why } = kernelsInUse();
  useKernels(set);
  try {
    body();
  } finally {
    useKernels(
      sets.find((one) => one.name === name)!,
      why,
    );
  }
}

describe.each(sets.map((set) => [set.name, set] as const))('a stream on %s', (_, set) => {
  it('gives h and c of the whole sequence, bit for bit, with and without biases', () => {
    fc.assert(
      fc.property(
        size,
        fc.integer({ min: 1, max: 5 }),
        size,
        size,
        fc.boolean(),
        fc.nat(),
        (T, B, D, H, bias, seed) =>
          using(set, () => {
            const arena = new Arena();
            const dims = { T, B, D, H };
            const random = rng(seed);
            const parameters = createParameters(arena, lstm, dims, { random, bias });
            const x = new Float64Array(T * B * D);
            fillUniform(x, random, -2, 2);
            const { h, c } = lstm.forward(arena, dims, parameters, { x }).outputs;
            const live = arena.liveBytes;
            const stream = openLstmStream(arena, dims, parameters);
            for (let t = 0; t < T; t++) {
              const got = stream.step(x.subarray(t * B * D, (t + 1) * B * D));
              expect(got).toEqual(h.slice(t * B * H, (t + 1) * B * H));
              expect(stream.c).toEqual(c.slice(t * B * H, (t + 1) * B * H));
            }
            stream.close();
            expect(arena.liveBytes).toBe(live);
          }),
      ),
    );
  });

  it('refuses sizes that do not fit', () => {
    const arena = new Arena();
    const parameters = createParameters(arena, lstm, { T: 1, B: 1, D: 3, H: 2 });
    expect(() => openLstmStream(arena, { D: 5, H: 2 }, parameters)).toThrow(EngineError);
    const stream = openLstmStream(arena, { D: 3, H: 2 }, parameters);
    expect(() => stream.step(new Float64Array(2))).toThrow(/Expected x to be \(B,D\)/);
    stream.close();
  });
});
