/** A sequence is done in pieces that fit the cache (rows.ts). Where they begin changes no bit, and no gradient. */
import { describe, expect, it } from 'vitest';
import { Arena, cells, createParameters, rng } from '../../../src/engine/index.js';
import { pieceOf } from '../../../src/engine/kernels/rows.js';

const B = 32;
const sizes = { D: 3, H: 64 };
const random = rng(11);
const noise = (length: number): Float64Array =>
  Float64Array.from({ length }, () => 2 * random() - 1);

/** Sequence n of rows (T,B,width). */
const sequence = (array: Float64Array, n: number, width: number): Float64Array =>
  Float64Array.from(
    { length: array.length / B },
    (_, j) => array[(Math.floor(j / width) * B + n) * width + (j % width)]!,
  );

describe.each([
  ['rnn', 1, 35],
  ['lstm', 4, 11],
  ['gru', 3, 11],
] as const)('%s, a batch in several pieces, its sequences in one', (kind, blocks, T) => {
  const { D, H } = sizes;
  const arena = new Arena();
  const cell = cells[kind];
  const parameters = createParameters(arena, cell, { T, B, ...sizes }, { random });
  const pass = (batch: number, x: Float64Array, dh: Float64Array) => {
    const run = cell.forward(arena, { T, B: batch, ...sizes }, parameters, { x });
    return { h: run.outputs.h!, ...cell.backward(arena, run, { h: dh }) };
  };
  const [x, dh] = [noise(T * B * D), noise(T * B * H)];
  const whole = pass(B, x, dh);
  const singles = Array.from({ length: B }, (_, n) =>
    pass(1, sequence(x, n, D), sequence(dh, n, H)),
  );

  it('is what the sizes say', () => {
    expect(pieceOf(B * blocks * H)).toBeLessThan(T / 2); // at least three pieces
    expect(T % pieceOf(B * blocks * H)).not.toBe(0); // the first one shorter
    expect(pieceOf(blocks * H)).toBeGreaterThan(T);
    expect(pieceOf(1e9)).toBe(1);
  });

  it('gives the same h, dx and dL/dh_t, bit for bit', () => {
    singles.forEach(({ h, gradients, states }, n) => {
      expect(sequence(whole.h, n, H)).toEqual(h);
      expect(sequence(whole.gradients.x!, n, D)).toEqual(gradients.x);
      expect(sequence(whole.states.h!, n, H)).toEqual(states.h);
    });
  });

  it.each(Object.keys(cell.parameters).filter((name) => parameters[name]!.length > 0))(
    'gives d%s as the sum over the sequences',
    (name) => {
      const sum = new Float64Array(parameters[name]!.length);
      for (const { gradients } of singles)
        gradients[name]!.forEach((value, j) => (sum[j]! += value));
      const largest = Math.max(...sum.map(Math.abs));
      sum.forEach((value, j) => {
        expect(Math.abs(whole.gradients[name]![j]! - value)).toBeLessThanOrEqual(1e-12 * largest);
      });
    },
  );
});
