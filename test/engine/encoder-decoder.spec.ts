/** The encoder–decoder over sequences that end at different steps: each is what it would be alone. Its gradients are checked in attention/gradients.spec.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  createEncoderDecoderParameters,
  encodeDecode,
  encodeDecodeBackward,
  rng,
} from '../../src/engine/index.js';
import { drawn, expectNear, sequenceOf } from './recurrent-cases.js';
import type { Arrays, EncoderDecoderDims } from '../../src/engine/index.js';

const size = (max: number) => fc.integer({ min: 1, max });
const problems = fc
  .record({ T: size(6), J: size(3), D: size(3), E: size(3), H: size(4), A: size(3) })
  .chain((dims) =>
    fc.record({
      dims: fc.constant(dims),
      lengths: fc.array(size(dims.T), { minLength: 1, maxLength: 4 }),
      seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
    }),
  );
type Problem = typeof problems extends fc.Arbitrary<infer P> ? P : never;

/** The pass and everything that it gives. */
function passOf(
  dims: EncoderDecoderDims,
  seed: number,
  given: { x: Float64Array; y: Float64Array; lengths?: readonly number[] },
  upstream: Float64Array,
) {
  const arena = new Arena();
  const run = encodeDecode(
    arena,
    dims,
    createEncoderDecoderParameters(arena, dims, rng(seed)),
    given,
  );
  const { encoder, attention, decoder, y } = encodeDecodeBackward(arena, run, upstream);
  const { x } = encoder;
  const prefixed = (prefix: string, arrays: Arrays): [string, Float64Array][] =>
    Object.entries(arrays)
      .filter(([name]) => !['x', 'h0', 'c0', 'slab'].includes(name))
      .map(([name, array]) => [`${prefix} ${name}`, array]);
  const parameters = Object.fromEntries([
    ...prefixed('encoder', encoder),
    ...prefixed('attention', attention),
    ...prefixed('decoder', decoder),
  ]);
  return { s: run.s, weights: run.weights, x, y, parameters };
}

function drawnProblem({ dims: sizes, lengths, seed }: Problem) {
  const dims: EncoderDecoderDims = { ...sizes, B: lengths.length };
  const { T, J, B, D, E, H } = dims;
  const random = rng(seed);
  const [x, y] = [drawn(T * B * D, random), drawn(J * B * E, random)];
  return { dims, x, y, upstream: drawn(J * B * H, random) };
}

describe('an encoder–decoder with lengths', () => {
  it('gives each sequence alone, cut to its length: states, weights, dx and dy bit for bit, and the sum of their gradients', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { lengths, seed } = problem;
        const { dims, x, y, upstream } = drawnProblem(problem);
        const { T, J, B, D, E, H } = dims;
        const whole = passOf(dims, seed, { x, y, lengths }, upstream);
        const sums: Record<string, Float64Array> = {};
        for (const [n, L] of lengths.entries()) {
          const one = passOf(
            { ...dims, B: 1, T: L },
            seed,
            { x: sequenceOf(x, n, B, D, L), y: sequenceOf(y, n, B, E) },
            sequenceOf(upstream, n, B, H),
          );
          expect(sequenceOf(whole.s, n, B, H)).toEqual(one.s);
          expect(sequenceOf(whole.y, n, B, E)).toEqual(one.y);
          expect(sequenceOf(whole.x, n, B, D, L)).toEqual(one.x);
          expect(sequenceOf(whole.x, n, B, D).slice(L * D)).toEqual(new Float64Array((T - L) * D));
          for (let j = 0; j < J; j++) {
            const row = whole.weights.slice((j * B + n) * T, (j * B + n + 1) * T);
            expect(row.slice(0, L)).toEqual(one.weights.slice(j * L, (j + 1) * L));
            expect(row.slice(L)).toEqual(new Float64Array(T - L));
          }
          for (const [name, array] of Object.entries(one.parameters)) {
            const sum = (sums[name] ??= new Float64Array(array.length));
            array.forEach((value, j) => (sum[j]! += value));
          }
        }
        const largest = Math.max(...Object.values(sums).flatMap((a) => [...a].map(Math.abs)));
        for (const [name, sum] of Object.entries(sums))
          expectNear(whole.parameters[name]!, sum, 1e-12, name, largest);
      }),
    );
  });

  it('never reads what is past the end of a sequence: NaN there changes no bit', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { lengths, seed } = problem;
        const { dims, x, y, upstream } = drawnProblem(problem);
        const { B, D } = dims;
        const poisoned = x.map((value, j) => {
          const row = Math.floor(j / D);
          return Math.floor(row / B) < lengths[row % B]! ? value : NaN;
        });
        expect(passOf(dims, seed, { x: poisoned, y, lengths }, upstream)).toEqual(
          passOf(dims, seed, { x, y, lengths }, upstream),
        );
      }),
    );
  });

  it('of T is an encoder–decoder without', () => {
    fc.assert(
      fc.property(problems, (problem) => {
        const { dims, x, y, upstream } = drawnProblem(problem);
        const lengths = problem.lengths.map(() => dims.T);
        expect(passOf(dims, problem.seed, { x, y, lengths }, upstream)).toEqual(
          passOf(dims, problem.seed, { x, y }, upstream),
        );
      }),
    );
  });

  it('refuses lengths that are none', () => {
    const dims = { T: 3, J: 1, B: 2, D: 1, E: 1, H: 1, A: 1 };
    const arena = new Arena();
    const parameters = createEncoderDecoderParameters(arena, dims);
    const given = { x: new Float64Array(6), y: new Float64Array(2) };
    for (const lengths of [[3], [0, 3], [4, 1], [1.5, 1]])
      expect(() => encodeDecode(arena, dims, parameters, { ...given, lengths })).toThrow(
        EngineError,
      );
  });
});
