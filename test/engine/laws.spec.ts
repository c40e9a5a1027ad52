/** Laws that every cell obeys, put to all of them over random shapes and values. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  cellKinds,
  cells,
  createParameters,
  fillUniform,
  parameterCount,
  rng,
} from '../../src/engine/index.js';
import type { Arrays, Cell, CellKind, Dims, Upstream } from '../../src/engine/index.js';

type AnyCell = Cell;
const shapes = fc.record({
  T: fc.integer({ min: 1, max: 8 }),
  B: fc.integer({ min: 1, max: 4 }),
  D: fc.integer({ min: 1, max: 5 }),
  H: fc.integer({ min: 1, max: 5 }),
  seed: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
});

const filled = (length: number, random: () => number, size = 1): Float64Array => {
  const array = new Float64Array(length);
  fillUniform(array, random, -size, size);
  return array;
};

function problem(
  kind: CellKind,
  { T, B, D, H, seed }: { T: number; B: number; D: number; H: number; seed: number },
) {
  const dims: Dims = { T, B, D, H, ...(kind === 'rnn' ? { O: 3 } : {}) };
  const random = rng(seed);
  const cell: AnyCell = cells[kind];
  const arena = new Arena();
  const parameters = createParameters(arena, cell, dims, { random });
  const given: Arrays & { x: Float64Array } = {
    x: filled(T * B * D, random),
    ...Object.fromEntries(Object.keys(cell.initial).map((name) => [name, filled(B * H, random)])),
  };
  const upstream: Upstream<never> & Record<string, Float64Array> = Object.fromEntries(
    Object.entries(cell.outputs).map(([name, shape]) => [
      name,
      filled(T * B * (shape.includes('O') ? 3 : H), random),
    ]),
  );
  return { cell, dims, arena, parameters, given, upstream, random };
}

/** Sequence n of a batch of time-major rows of `width`. */
const sequenceOf = (array: Float64Array, n: number, B: number, width: number): Float64Array =>
  Float64Array.from(
    { length: array.length / B },
    (_, j) => array[(Math.floor(j / width) * B + n) * width + (j % width)]!,
  );

/** Within 1e-12 of the largest entry over all of them: the golden files' tolerance, and for the same reason. */
const nearAll = (got: Arrays, want: Arrays): void => {
  const scale = Math.max(
    ...Object.values(want).flatMap((array) => [...array].map(Math.abs)),
    1e-300,
  );
  for (const [name, array] of Object.entries(want)) {
    const apart = array.map((v, j) => Math.abs(got[name]![j]! - v));
    expect(
      apart.every((one) => one <= 1e-12 * scale),
      name,
    ).toBe(true);
  }
};

describe.each(cellKinds)('%s', (kind) => {
  it('gives a batch as the sum of its sequences: outputs bit for bit, parameter gradients to rounding', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { cell, dims, arena, parameters, given, upstream } = problem(kind, shape);
        const { B, D, H } = dims;
        const whole = cell.forward(arena, dims, parameters, given);
        const { gradients } = cell.backward(arena, whole, upstream);
        const sums = Object.fromEntries(
          Object.keys(cell.parameters).map((name) => [
            name,
            new Float64Array(parameters[name]!.length),
          ]),
        );
        for (let n = 0; n < B; n++) {
          const single: Dims = { ...dims, B: 1 };
          const one = Object.fromEntries(
            Object.entries(given).map(([name, a]) => [
              name,
              sequenceOf(a, n, B, name === 'x' ? D : H),
            ]),
          );
          const run = cell.forward(arena, single, parameters, { ...one, x: one.x! });
          for (const [name, output] of Object.entries(run.outputs))
            expect(output).toEqual(sequenceOf(whole.outputs[name]!, n, B, output.length / dims.T));
          const part = cell.backward(
            arena,
            run,
            Object.fromEntries(
              Object.entries(upstream).map(([name, a]) => [
                name,
                sequenceOf(a, n, B, a.length / dims.T / B),
              ]),
            ),
          ).gradients;
          expect(part.x).toEqual(sequenceOf(gradients.x!, n, B, D));
          for (const name of Object.keys(sums))
            part[name]!.forEach((v, j) => (sums[name]![j]! += v));
        }
        nearAll(gradients, sums);
      }),
    );
  });

  it('streams: step by step gives the same bits as the whole sequence', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { cell, dims, arena, parameters, given } = problem(kind, shape);
        const { T, B, D } = dims;
        const whole = cell.forward(arena, dims, parameters, given);
        let state: Arrays = given;
        for (let t = 0; t < T; t++) {
          const step = cell.forward(arena, { ...dims, T: 1 }, parameters, {
            ...state,
            x: given.x.slice(t * B * D, (t + 1) * B * D),
          });
          for (const [name, output] of Object.entries(step.outputs))
            expect(output).toEqual(
              whole.outputs[name]!.slice(t * output.length, (t + 1) * output.length),
            );
          state = Object.fromEntries(
            Object.keys(cell.initial).map((name) => [name, step.finals[name.replace('0', 'T')]!]),
          );
        }
      }),
    );
  });

  it('is linear in the upstream gradient, and gives exactly zero for zero', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { cell, dims, arena, parameters, given, upstream } = problem(kind, shape);
        const run = cell.forward(arena, dims, parameters, given);
        const zero = cell.backward(arena, run, {}).gradients;
        for (const gradient of Object.values(zero))
          expect(gradient.every((v) => v === 0)).toBe(true);
        const once = cell.backward(arena, run, upstream).gradients;
        const twice = cell.backward(
          arena,
          run,
          Object.fromEntries(Object.entries(upstream).map(([n, a]) => [n, a.map((v) => 2 * v)])),
        ).gradients;
        for (const [name, gradient] of Object.entries(once))
          expect(twice[name]).toEqual(gradient.map((v) => 2 * v));
      }),
    );
  });

  it('gives the gradient of final states as that of the last step', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { cell, dims, arena, parameters, given, random } = problem(kind, shape);
        const { T, B, H } = dims;
        const run = cell.forward(arena, dims, parameters, given);
        for (const final of Object.keys(cell.finals)) {
          const d = filled(B * H, random);
          const spread = new Float64Array(T * B * H);
          spread.set(d, (T - 1) * B * H);
          const a = cell.backward(arena, run, { [final]: d }).gradients;
          const b = cell.backward(arena, run, { [final.replace('T', '')]: spread }).gradients;
          expect(a).toEqual(b);
        }
      }),
    );
  });

  it('is the same without biases as with zero biases, and counts fewer parameters', () => {
    fc.assert(
      fc.property(shapes, (shape) => {
        const { cell, dims, arena, given, upstream, random } = problem(kind, shape);
        const bare = createParameters(arena, cell, dims, { bias: false, random });
        const zeroed = createParameters(arena, cell, dims);
        for (const name of Object.keys(cell.parameters))
          if (name in bare) zeroed[name]!.set(bare[name]!);
        const [a, b] = [bare, zeroed].map((parameters) =>
          cell.forward(arena, dims, parameters, given),
        );
        expect(a!.outputs).toEqual(b!.outputs);
        const [da, db] = [a, b].map((run) => cell.backward(arena, run!, upstream).gradients);
        for (const [name, gradient] of Object.entries(da!))
          if (name !== 'slab') expect(gradient).toEqual(db![name]);
        expect(bare.slab.length).toBe(parameterCount(cell, dims, { bias: false }));
        expect(zeroed.slab.length).toBe(parameterCount(cell, dims));
        expect(bare.slab.length).toBeLessThan(zeroed.slab.length);
      }),
    );
  });

  it.each([
    ['T = 1, H = 1, D = 1', { T: 1, B: 1, D: 1, H: 1, seed: 1 }],
    ['T = 200', { T: 200, B: 2, D: 3, H: 4, seed: 2 }],
  ])('stays finite at %s, with gates saturated on both sides', (_, shape) => {
    for (const size of [1, 60, 1e6]) {
      const { cell, dims, arena, parameters, given, upstream, random } = problem(kind, shape);
      fillUniform(parameters.slab, random, -size, size);
      const run = cell.forward(arena, dims, parameters, given);
      const { gradients, states } = cell.backward(arena, run, upstream);
      for (const array of [
        ...Object.values(run.outputs),
        ...Object.values(gradients),
        ...Object.values(states),
      ])
        expect(array.every(Number.isFinite)).toBe(true);
      expect(run.outputs.h!.every((h) => Math.abs(h) <= 1 || kind === 'gru')).toBe(true);
    }
  });

  // What one pass leaves behind, 100 leave behind; the long run is one cell's.
  const passes = kind === 'lstm' ? 10_000 : 100;
  it(`returns to the starting live bytes after ${passes} forward and backward passes`, () => {
    const { cell, dims, arena, parameters, given, upstream } = problem(kind, {
      T: 2,
      B: 1,
      D: 2,
      H: 2,
      seed: 4,
    });
    const start = arena.live;
    for (let pass = 0; pass < passes; pass++)
      arena.scope(() =>
        cell.backward(arena, cell.forward(arena, dims, parameters, given), upstream),
      );
    expect(arena.live).toEqual(start);
    expect(arena.peakBytes).toBeGreaterThan(arena.liveBytes);
  });

  it('refuses sizes and lengths that do not fit, in one sentence', () => {
    const { cell, dims, arena, parameters, given } = problem(kind, {
      T: 2,
      B: 2,
      D: 3,
      H: 4,
      seed: 1,
    });
    for (const bad of [0, -1, 1.5, NaN, Infinity])
      for (const axis of ['T', 'B', 'D', 'H'] as const)
        expect(() => createParameters(arena, cell, { ...dims, [axis]: bad })).toThrow(EngineError);
    expect(() =>
      cell.forward(arena, dims, parameters, { ...given, x: new Float64Array(5) }),
    ).toThrow(/Expected x to be \(T,B,D\)/);
    expect(() =>
      cell.forward(arena, dims, parameters, { ...given, h0: new Float64Array(5) }),
    ).toThrow(/Expected h0 to be \(B,H\)/);
    expect(() => cell.forward(arena, { ...dims, H: 5 }, parameters, given)).toThrow(EngineError);
    const run = cell.forward(arena, dims, parameters, given);
    expect(() => cell.backward(arena, run, { h: new Float64Array(1) })).toThrow(
      /the gradient of h/,
    );
    expect(() => createParameters(arena, cell, { ...dims, H: 1e9 })).toThrow(EngineError);
  });

  it('refuses names that it does not know: a slip of the pen is not an absent gradient', () => {
    const { cell, dims, arena, parameters, given } = problem(kind, {
      ...{ T: 2, B: 1, D: 3, H: 1, seed: 1 },
    });
    const run = cell.forward(arena, dims, parameters, given);
    const one = Float64Array.of(1);
    expect(() => cell.backward(arena, run, { ht: one })).toThrow(/has no output ht/);
    expect(() => cell.forward(arena, dims, parameters, { ...given, hO: one })).toThrow(/no hO/);
  });

  it('gives all workspace back, with biases and without, and needs no more of it for a longer sequence', () => {
    const peak = (T: number, bias: boolean): number => {
      const arena = new Arena();
      const dims: Dims = { T, B: 1, D: 2, H: 16, ...(kind === 'rnn' ? { O: 3 } : {}) };
      const cell: AnyCell = cells[kind];
      const parameters = createParameters(arena, cell, dims, { bias, random: rng(1) });
      const run = cell.forward(arena, dims, parameters, { x: new Float64Array(T * 2) });
      expect(arena.live.workspace).toBe(0);
      cell.backward(arena, run, { h: new Float64Array(T * 16) });
      expect(arena.live.workspace).toBe(0);
      return arena.peak.workspace;
    };
    // The piece at the start has a copy of h_{t-1} that is as long as it is: up to one piece.
    for (const bias of [true, false])
      expect(peak(40_000, bias)).toBeLessThanOrEqual(peak(10_000, bias) + 8 * 32_768);
  });
});
