/** A pass in shards: whoever does which shard when, the bits are the same, and the numbers those of the undivided pass. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  cellKinds,
  cells,
  createParameters,
  doShard,
  openPass,
  parameterGradients,
  rng,
  shardCount,
  shardSize,
} from '../../src/engine/index.js';
import { drawn, expectNear } from './recurrent-cases.js';
import type { Arrays, CellKind, Dims } from '../../src/engine/index.js';

const problems = fc.record({
  T: fc.integer({ min: 1, max: 4 }),
  B: fc.integer({ min: 1, max: 3 * shardSize + 1 }),
  D: fc.integer({ min: 1, max: 3 }),
  H: fc.integer({ min: 1, max: 4 }),
  bias: fc.boolean(),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});

type Problem = typeof problems extends fc.Arbitrary<infer P> ? P : never;

function passOf(kind: CellKind, { T, B, D, H, bias, seed }: Problem) {
  const dims: Dims = { T, B, D, H, ...(kind === 'rnn' ? { O: 3 } : {}) };
  const pass = openPass(kind, dims, { bias });
  const random = rng(seed);
  for (const array of [
    pass.parameters,
    ...Object.values({ ...pass.given }),
    ...Object.values(pass.upstream),
  ])
    array.set(drawn(array.length, random));
  return pass;
}

describe.each(cellKinds)('%s in shards', (kind) => {
  it('gives the same bits in any order, done by anybody', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const shards = Array.from({ length: shardCount(problem) }, (_, shard) => shard);
        const [forwards, backwards] = [passOf(kind, problem), passOf(kind, problem)];
        const arena = new Arena();
        for (const shard of shards) doShard(arena, forwards, shard);
        for (const shard of [...shards].reverse()) doShard(new Arena(), backwards, shard);
        expect(backwards).toEqual(forwards);
        expect(parameterGradients(backwards)).toEqual(parameterGradients(forwards));
        expect(arena.liveBytes).toBe(0);
      }),
      { numRuns: 20 },
    );
  });

  it('gives the undivided pass: sequences bit for bit, gradients of parameters to rounding', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const pass = passOf(kind, problem);
        for (let shard = 0; shard < shardCount(problem); shard++) doShard(new Arena(), pass, shard);
        const arena = new Arena();
        const parameters = createParameters(arena, cells[kind], pass.dims, { bias: problem.bias });
        parameters.slab.set(pass.parameters);
        const run = cells[kind].forward(arena, pass.dims, parameters, pass.given as never);
        const { gradients, states } = cells[kind].backward(arena, run, pass.upstream);
        expect(pass.outputs).toEqual({ ...run.outputs, ...run.finals });
        expect(pass.states).toEqual(states);
        for (const [name, gradient] of Object.entries(pass.gradients))
          expect(gradient, name).toEqual((gradients as Arrays)[name]);
        const want = Float64Array.from(
          Object.keys(cells[kind].parameters).flatMap((name) => [
            ...((gradients as Partial<Arrays>)[name] ?? []),
          ]),
        );
        expectNear(parameterGradients(pass), want, 1e-12, 'gradients of parameters');
      }),
      { numRuns: 20 },
    );
  });
});

describe('shards', () => {
  it('touch nothing but their own sequences and their own row', () => {
    const B = 2 * shardSize + 3;
    const pass = passOf('lstm', { T: 3, B, D: 2, H: 2, bias: true, seed: 1 });
    doShard(new Arena(), pass, 1);
    pass.outputs.h!.forEach((value, j) => {
      const n = Math.floor(j / 2) % B;
      expect(value !== 0, `h at ${j}`).toBe(n >= shardSize && n < 2 * shardSize);
    });
    pass.ofShards.forEach((value, j) => {
      expect(value !== 0, `row of shards at ${j}`).toBe(
        Math.floor(j / pass.parameters.length) === 1,
      );
    });
  });

  it('are as many as cover the batch, and there is no other', () => {
    expect([1, shardSize, shardSize + 1].map((B) => shardCount({ B }))).toEqual([1, 1, 2]);
    const pass = passOf('rnn', { T: 1, B: shardSize, D: 1, H: 1, bias: true, seed: 1 });
    for (const shard of [-1, 1, 0.5, NaN])
      expect(() => {
        doShard(new Arena(), pass, shard);
      }).toThrow(EngineError);
    expect(() => openPass('gru', { T: 1, B: 0, D: 1, H: 1 })).toThrow(EngineError);
  });
});
