/** Laws of additive attention and of the encoder–decoder on top of it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  additiveAttention,
  additiveAttentionBackward,
  createAdditiveParameters,
  createEncoderDecoderParameters,
  encodeDecode,
  encodeDecodeBackward,
  fillUniform,
  rng,
} from '../../../src/engine/index.js';

const size = (max: number) => fc.integer({ min: 1, max });
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const drawFrom = (random: () => number) => (length: number) => {
  const array = new Float64Array(length);
  fillUniform(array, random, -2, 2);
  return array;
};
/** Sequence n of a batch: rows of `width` of which every B-th belongs to it. */
const sequenceOf = (array: Float64Array, n: number, B: number, width: number) =>
  array.filter((_, j) => Math.floor(j / width) % B === n);

describe('additive attention', () => {
  const shapes = fc.record({
    ...{ J: size(4), T: size(6), B: size(3), H: size(4), S: size(4), A: size(4) },
  });

  it('gives weights that sum to 1, and answers queries together as one by one', () => {
    fc.assert(
      fc.property(shapes, seeds, (dims, seed) => {
        const { J, T, B, H, S } = dims;
        const random = rng(seed);
        const draw = drawFrom(random);
        const arena = new Arena();
        const parameters = createAdditiveParameters(arena, dims, random);
        const [s, h] = [draw(J * B * S), draw(T * B * H)];
        const run = additiveAttention(arena, dims, parameters, { s, h });
        for (let row = 0; row < J * B; row++) {
          const sum = run.weights.slice(row * T, (row + 1) * T).reduce((a, b) => a + b, 0);
          expect(Math.abs(sum - 1)).toBeLessThanOrEqual(4 * Number.EPSILON);
        }
        for (let j = 0; j < J; j++) {
          const one = additiveAttention(arena, { ...dims, J: 1 }, parameters, {
            s: s.slice(j * B * S, (j + 1) * B * S),
            h,
          });
          expect(one.context).toEqual(run.context.slice(j * B * H, (j + 1) * B * H));
        }
      }),
    );
  });

  it('treats padded states as if they were not there; all padding is a zero context and gradient', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const dims = { ...shape, B: 1 };
        const { J, T, H, S } = dims;
        const random = rng(seed);
        const draw = drawFrom(random);
        const arena = new Arena();
        const parameters = createAdditiveParameters(arena, dims, random);
        const [s, h, up] = [draw(J * S), draw((T + 2) * H), draw(J * H)];
        const long = { ...dims, T: T + 2 };
        const keyPadding = Uint8Array.from({ length: T + 2 }, (_, t) => Number(t >= T));
        const run = additiveAttention(arena, long, parameters, { s, h }, keyPadding);
        const cut = additiveAttention(arena, dims, parameters, { s, h: h.slice(0, T * H) });
        expect(run.context).toEqual(cut.context);
        const [d, e] = [run, cut].map((one) => additiveAttentionBackward(arena, one, up));
        for (const name of ['Wa', 'Ua', 'ba', 'va', 's'] as const)
          expect(d![name].map(Math.abs)).toEqual(e![name].map(Math.abs)); // 0 and -0 are one zero
        expect(d!.h.slice(T * H).every((v) => v === 0)).toBe(true);

        const blind = additiveAttention(arena, long, parameters, { s, h }, keyPadding.fill(1));
        const none = additiveAttentionBackward(arena, blind, up);
        for (const array of [blind.context, none.slab, none.s, none.h])
          expect(array.every((v) => v === 0)).toBe(true);
      }),
    );
  });

  it('refuses lengths that do not fit, in one sentence', () => {
    const dims = { J: 1, T: 2, B: 1, H: 3, S: 2, A: 2 };
    const arena = new Arena();
    const parameters = createAdditiveParameters(arena, dims);
    const [s, h] = [new Float64Array(2), new Float64Array(6)];
    expect(() => additiveAttention(arena, dims, parameters, { s: h, h })).toThrow(
      'Expected s to be (1,1,2), 2 numbers, got 6.',
    );
    expect(() => additiveAttention(arena, dims, parameters, { s, h }, new Uint8Array(3))).toThrow(
      /keyPadding to be \(T,B\)/,
    );
  });
});

describe('the encoder–decoder', () => {
  const shapes = fc.record({
    ...{ T: size(4), J: size(4), B: size(3), D: size(3), E: size(3), H: size(3), A: size(3) },
  });
  const problem = (dims: Parameters<typeof createEncoderDecoderParameters>[1], seed: number) => {
    const random = rng(seed);
    const draw = drawFrom(random);
    const arena = new Arena();
    const { T, J, B, D, E, H } = dims;
    return {
      arena,
      parameters: createEncoderDecoderParameters(arena, dims, random),
      ...{ x: draw(T * B * D), y: draw(J * B * E), up: draw(J * B * H), random },
    };
  };

  it('writes from left to right: a later y changes no earlier s, and gets no gradient from it', () => {
    fc.assert(
      fc.property(shapes, seeds, (dims, seed) => {
        const { J, B, E, H } = dims;
        const { arena, parameters, x, y, up, random } = problem(dims, seed);
        const j = Math.floor(random() * J) + 1;
        const run = encodeDecode(arena, dims, parameters, { x, y });
        const other = y.map((v, k) => (k < j * B * E ? v : v + 1));
        const again = encodeDecode(arena, dims, parameters, { x, y: other });
        expect(again.s.slice(0, j * B * H)).toEqual(run.s.slice(0, j * B * H));
        const early = up.map((v, k) => (k < j * B * H ? v : 0));
        const d = encodeDecodeBackward(arena, run, early);
        expect(d.y.slice(j * B * E).every((v) => v === 0)).toBe(true);
        expect(d.encoder.x.some((v) => v !== 0)).toBe(true);
      }),
    );
  });

  it('works on a batch sequence by sequence: the same bits', () => {
    fc.assert(
      fc.property(shapes, seeds, (dims, seed) => {
        const { B, D, E, H } = dims;
        const { arena, parameters, x, y, up } = problem(dims, seed);
        const run = encodeDecode(arena, dims, parameters, { x, y });
        const d = encodeDecodeBackward(arena, run, up);
        for (let n = 0; n < B; n++) {
          const one = encodeDecode(arena, { ...dims, B: 1 }, parameters, {
            x: sequenceOf(x, n, B, D),
            y: sequenceOf(y, n, B, E),
          });
          expect(one.s).toEqual(sequenceOf(run.s, n, B, H));
          const e = encodeDecodeBackward(arena, one, sequenceOf(up, n, B, H));
          expect(e.encoder.x).toEqual(sequenceOf(d.encoder.x, n, B, D));
          expect(e.y).toEqual(sequenceOf(d.y, n, B, E));
        }
      }),
    );
  });

  it('returns to the starting live bytes after 1,000 forward and backward passes', () => {
    const dims = { T: 2, J: 2, B: 1, D: 1, E: 1, H: 2, A: 2 };
    const { arena, parameters, x, y, up } = problem(dims, 1);
    const start = arena.live;
    for (let pass = 0; pass < 1000; pass++)
      arena.scope(() =>
        encodeDecodeBackward(arena, encodeDecode(arena, dims, parameters, { x, y }), up),
      );
    expect(arena.live).toEqual(start);
    expect(arena.peakBytes).toBeGreaterThan(arena.liveBytes);
  });
});
