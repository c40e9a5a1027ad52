/** Truncated BPTT, detached every k steps and sliding: what k cuts, and what it does not. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  cellKinds,
  cells,
  createParameters,
  slidingWindow,
  truncated,
  upstreamFrom,
} from '../../src/engine/index.js';
import { expectGradients, expectNear, golden, recurrentCase, shapes } from './recurrent-cases.js';
import type { Arrays } from '../../src/engine/index.js';

describe('agrees with PyTorch float64 (tbptt_lstm_k4)', () => {
  const { dims, at, all } = golden('tbptt_lstm_k4');
  const { T, B, H, O = 0, k } = dims;
  const arena = new Arena();
  const cell = cells.lstm;
  const parameters = createParameters(arena, cell, dims);
  for (const name of Object.keys(cell.parameters)) parameters[name]!.set(at('params', name));
  const [Why, by, targets] = [at('params', 'Why'), at('params', 'by'), at('inputs', 'targets')];
  const given = { x: at('inputs', 'x'), h0: at('inputs', 'h0'), c0: at('inputs', 'c0') };

  /** Mean cross-entropy of logits = Why h + by: dh (length,B,H) of these rows, adding to dWhy and dby. */
  const readout = (
    h: Float64Array,
    start: number,
    sums: { Why: Float64Array; by: Float64Array },
  ) => {
    const dh = new Float64Array(h.length);
    for (let row = 0; row < h.length / H; row++) {
      const logits = Array.from({ length: O }, (_, o) =>
        Array.from({ length: H }, (__, j) => Why[o * H + j]! * h[row * H + j]!).reduce(
          (a, b) => a + b,
          by[o]!,
        ),
      );
      const exps = logits.map(Math.exp);
      const sum = exps.reduce((a, b) => a + b, 0);
      exps.forEach((e, o) => {
        const d = (e / sum - (targets[start * B + row] === o ? 1 : 0)) / (T * B);
        sums.by[o]! += d;
        for (let j = 0; j < H; j++) {
          sums.Why[o * H + j]! += d * h[row * H + j]!;
          dh[row * H + j]! += d * Why[o * H + j]!;
        }
      });
    }
    return dh;
  };
  const zero = () => ({ Why: new Float64Array(O * H), by: new Float64Array(O) });

  it('full, and truncated every 4 steps, computing the loss stretch by stretch', () => {
    for (const [steps, name] of [
      [T, 'full'],
      [k, 'truncated'],
    ] as const) {
      const sums = zero();
      const { gradients, finals } = truncated(
        arena,
        cell,
        dims,
        parameters,
        given,
        steps,
        (outputs, { start }) => ({
          h: readout(outputs.h!, start, sums),
        }),
      );
      expectGradients({ ...gradients, ...sums }, all('grads', name));
      expectNear(finals.hT!, at('outputs', 'states').subarray((T - 1) * B * H), 1e-12);
    }
  });

  it('sliding window of 4 steps', () => {
    const run = cell.forward(arena, dims, parameters, given);
    const sums = zero();
    const h = readout(run.outputs.h!, 0, sums);
    expectGradients(
      { ...slidingWindow(arena, cell, run, { h }, k), ...sums },
      all('grads', 'sliding'),
    );
  });
});

describe.each(cellKinds)('%s', (kind) => {
  it('with k >= T is full BPTT: truncated bit for bit, sliding to rounding', () => {
    fc.assert(
      fc.property(shapes(10), fc.integer({ min: 0, max: 3 }), (sizes, more) => {
        const { cell, dims, arena, parameters, given, upstream } = recurrentCase(kind, sizes);
        const run = cell.forward(arena, dims, parameters, given);
        const full = cell.backward(arena, run, upstream).gradients as Arrays;
        const k = dims.T + more;
        const result = truncated(
          arena,
          cell,
          dims,
          parameters,
          given,
          k,
          upstreamFrom(cell, dims, upstream),
        );
        expect(result.gradients).toEqual(full);
        expect(result.finals).toEqual(run.finals);
        const sliding = slidingWindow(arena, cell, run, upstream, k) as Arrays;
        const scale = Math.max(...Object.values(full).flatMap((a) => [...a].map(Math.abs)));
        for (const [name, want] of Object.entries(full))
          expectNear(sliding[name]!, want, 1e-12, name, scale);
      }),
    );
  });

  it('gives no credit beyond k: dx is the full one within reach of the loss and exactly zero before', () => {
    fc.assert(
      fc.property(shapes(10), fc.integer({ min: 1, max: 10 }), (sizes, k) => {
        const { cell, dims, arena, parameters, given, upstream } = recurrentCase(kind, sizes);
        const { T, B, D } = dims;
        const atEnd = { hT: upstream.hT! };
        const run = cell.forward(arena, dims, parameters, given);
        const full = cell.backward(arena, run, atEnd).gradients.x!;
        const cut = truncated(
          arena,
          cell,
          dims,
          parameters,
          given,
          k,
          upstreamFrom(cell, dims, atEnd),
        );
        const sliding = slidingWindow(arena, cell, run, atEnd, k);
        const reach = { truncated: Math.floor((T - 1) / k) * k, sliding: Math.max(0, T - k) };
        for (const [dx, first] of [
          [cut.gradients.x!, reach.truncated],
          [sliding.x!, reach.sliding],
        ] as const) {
          expect(dx.subarray(0, first * B * D)).toEqual(new Float64Array(first * B * D));
          expect(dx.slice(first * B * D)).toEqual(full.slice(first * B * D));
        }
      }),
    );
  });

  it('gives the initial state the gradient of the losses that reach it, and no other', () => {
    fc.assert(
      fc.property(shapes(10), fc.integer({ min: 1, max: 10 }), (sizes, k) => {
        const { cell, dims, arena, parameters, given, upstream } = recurrentCase(kind, sizes);
        const run = cell.forward(arena, dims, parameters, given);
        const detached = truncated(
          ...([arena, cell, dims, parameters, given, k] as const),
          upstreamFrom(cell, dims, upstream),
        );
        const sliding = slidingWindow(arena, cell, run, upstream, k) as Arrays;
        // Only the first k steps can reach back to the initial state, in both forms.
        const first = { ...dims, T: Math.min(k, dims.T) };
        const alone = cell.forward(arena, first, parameters, {
          ...given,
          x: given.x.subarray(0, first.T * dims.B * dims.D),
        });
        const part = upstreamFrom(cell, dims, upstream)(run.outputs, { start: 0, length: first.T });
        const wanted = cell.backward(arena, alone, part).gradients as Arrays;
        const scale = Math.max(...Object.values(wanted).flatMap((a) => [...a].map(Math.abs)));
        for (const name of Object.keys(cell.initial)) {
          expect(detached.gradients[name], name).toEqual(wanted[name]);
          expectNear(sliding[name]!, wanted[name]!, 1e-12, name, scale);
        }
      }),
    );
  });

  it('differs from full BPTT where a carry is cut, and keeps one stretch on the tape', () => {
    const sizes = { T: 40, B: 2, D: 3, H: 4, seed: 6 };
    const { cell, dims, arena, parameters, given, upstream } = recurrentCase(kind, sizes);
    const run = cell.forward(arena, dims, parameters, given);
    const full = cell.backward(arena, run, upstream).gradients;
    const some = new Arena();
    const parts = truncated(
      some,
      cell,
      dims,
      parameters,
      given,
      5,
      upstreamFrom(cell, dims, upstream),
    );
    expect(parts.gradients).not.toEqual(full);
    expect(slidingWindow(arena, cell, run, upstream, 5)).not.toEqual(full);
    expect(some.peak.tape * 8).toBe(arena.peak.tape - tapeOf(kind, sizes)); // 40 steps against 5
  });

  it('refuses a k that is no positive integer', () => {
    const { cell, dims, arena, parameters, given, upstream } = recurrentCase(kind, {
      ...{ T: 3, B: 1, D: 1, H: 1, seed: 1 },
    });
    const run = cell.forward(arena, dims, parameters, given);
    for (const k of [0, -1, 1.5, NaN, Infinity]) {
      expect(() => truncated(arena, cell, dims, parameters, given, k, () => ({}))).toThrow(
        EngineError,
      );
      expect(() => slidingWindow(arena, cell, run, upstream, k)).toThrow(EngineError);
    }
  });
});

/** Bytes of tape that the windows of slidingWindow (5 steps) hold beside the run of the same arena. */
function tapeOf(
  kind: (typeof cellKinds)[number],
  sizes: Parameters<typeof recurrentCase>[1],
): number {
  const { cell, dims, arena, parameters, given } = recurrentCase(kind, { ...sizes, T: 5 });
  cell.forward(arena, dims, parameters, given);
  return arena.peak.tape;
}
