/** Two cells from the two ends: time reversal, PyTorch, the equations. Its gradient check stands in layers-gradient.spec.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  bidirectional,
  bidirectionalBackward,
  cellKinds,
  cells,
  createParameters,
  rng,
} from '../../src/engine/index.js';
import { equations, evaluate } from '../../src/notation/index.js';
import {
  drawn,
  expectGradients,
  expectNear,
  golden,
  lengthsCase,
  shapes,
} from './recurrent-cases.js';
import type { Arrays } from '../../src/engine/index.js';

describe.each(cellKinds)('bidirectional %s', (kind) => {
  it('reads the same from the right as a cell with the roles changed reads from the left', () => {
    fc.assert(
      fc.property(shapes(), (sizes) => {
        const { cell, dims, arena, parameters, given, lengths, random } = lengthsCase(kind, sizes);
        const { T, B, D, H } = dims;
        const other = createParameters(arena, cell, dims, { random });
        const { x, ...initial } = given;
        const states = Object.fromEntries(
          Object.keys(initial).map((n) => [n, drawn(B * H, random)]),
        );
        const dh = drawn(T * B * 2 * H, random);
        /** Back to front within each sequence's own length, columns taken from `columns`. */
        const reversed = (array: Float64Array, columns: readonly number[]) => {
          const width = columns.length;
          const to = new Float64Array(array.length);
          for (const [n, L] of lengths.entries())
            for (let t = 0; t < L; t++)
              columns.forEach(
                (from, j) =>
                  (to[(t * B + n) * width + j] = array[((L - 1 - t) * B + n) * width + from]!),
              );
          return to;
        };
        const straight = Array.from({ length: D }, (_, j) => j);
        const swapped = Array.from({ length: 2 * H }, (_, j) => (j + H) % (2 * H));
        const one = bidirectional(
          arena,
          cell,
          dims,
          { forward: parameters, backward: other },
          { x, lengths, initial: { forward: initial, backward: states } },
        );
        const two = bidirectional(
          arena,
          cell,
          dims,
          { forward: other, backward: parameters },
          { x: reversed(x, straight), lengths, initial: { forward: states, backward: initial } },
        );
        expect(reversed(two.h, swapped)).toEqual(one.h);
        expect(two.finals).toEqual({ forward: one.finals.backward, backward: one.finals.forward });
        const d1 = bidirectionalBackward(arena, one, { h: dh });
        const d2 = bidirectionalBackward(arena, two, { h: reversed(dh, swapped) });
        expect(reversed(d2.x, straight)).toEqual(d1.x);
        expect(d2.forward).toEqual(d1.backward);
        expect(d2.backward).toEqual(d1.forward);
      }),
    );
  });
});

describe('bidirectional', () => {
  const { dims, at, all } = golden('bi_lstm_base');
  const arena = new Arena();
  const cell = cells.lstm;
  const parametersOf = (way: string) => {
    const own = createParameters(arena, cell, dims);
    for (const [name, value] of Object.entries(all('params', way))) own[name]!.set(value);
    return own;
  };
  const initial = (way: string) => ({
    h0: at('inputs', `h0_${way}`),
    c0: at('inputs', `c0_${way}`),
  });
  const run = bidirectional(
    arena,
    cell,
    dims,
    { forward: parametersOf('fwd'), backward: parametersOf('bwd') },
    { x: at('inputs', 'x'), initial: { forward: initial('fwd'), backward: initial('bwd') } },
  );

  it('agrees with PyTorch float64 (bi_lstm_base)', () => {
    expectNear(run.h, at('outputs', 'out'), 1e-12);
    for (const [way, short] of [
      ['forward', 'fwd'],
      ['backward', 'bwd'],
    ] as const) {
      expectNear(run.finals[way].hT!, at('outputs', `h_final_${short}`), 1e-12);
      expectNear(run.finals[way].cT!, at('outputs', `c_final_${short}`), 1e-12);
    }
    const d = bidirectionalBackward(arena, run, { h: at('inputs', 'upstream', 'out') });
    const named = (way: 'forward' | 'backward', short: string): [string, Float64Array][] => [
      ...Object.keys(cell.parameters).map((n): [string, Float64Array] => [
        `${short}.${n}`,
        d[way][n]!,
      ]),
      [`h0_${short}`, d[way].h0!],
      [`c0_${short}`, d[way].c0!],
    ];
    const got: Arrays = Object.fromEntries<Float64Array>([
      ['x', d.x],
      ...named('forward', 'fwd'),
      ...named('backward', 'bwd'),
    ]);
    const wanted = Object.fromEntries([
      ...Object.entries(all('grads', 'inputs')),
      ...['fwd', 'bwd'].flatMap((way) =>
        Object.entries(all('grads', 'params', way)).map(([n, v]) => [`${way}.${n}`, v] as const),
      ),
    ]);
    expect(Object.keys(got).sort()).toEqual(Object.keys(wanted).sort());
    expectGradients(got, wanted);
  });

  it('is what its equations say, forward and backward', () => {
    const { T, B, H, D } = dims;
    const dh = drawn(T * B * 2 * H, rng(3));
    const d = bidirectionalBackward(arena, run, { h: dh });
    const t = 2;
    const row = (array: Float64Array, step: number, width: number) =>
      array.slice(step * B * width, step * B * width + width);
    const values = {
      hForward: row(run.runs.forward.outputs.h!, t, H),
      hBackward: row(run.runs.backward.outputs.h!, T - 1 - t, H),
      dxForward: row(d.forward.x!, t, D),
      dxBackward: row(d.backward.x!, T - 1 - t, D),
      dhForward: row(dh, t, 2 * H).slice(0, H),
      dhBackward: row(dh, t, 2 * H).slice(H),
    };
    const engine: Record<string, Float64Array> = {
      hBoth: row(run.h, t, 2 * H),
      dx: row(d.x, t, D),
      dhBoth: row(dh, t, 2 * H),
    };
    const own = equations.filter((eq) => eq.cell === 'bidirectional');
    expect(own.length).toBe(3);
    for (const eq of own) expect(evaluate(eq, values), eq.id).toEqual(engine[eq.defines]);
  });

  it('refuses lengths that do not fit, and a gradient of the wrong size', () => {
    const parameters = { forward: parametersOf('fwd'), backward: parametersOf('bwd') };
    const x = at('inputs', 'x');
    for (const lengths of [[], [0], [1.5], [NaN], [dims.T + 1], [1, 1]])
      expect(() => bidirectional(arena, cell, dims, parameters, { x, lengths })).toThrow(
        EngineError,
      );
    expect(() => bidirectionalBackward(arena, run, { h: new Float64Array(3) })).toThrow(/T,B,2H/);
  });
});
