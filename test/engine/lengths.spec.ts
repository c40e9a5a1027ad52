/** A batch whose sequences end at different steps: each is what it would be alone, and padding is never read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { backwardWithLengths, cellKinds, forwardWithLengths } from '../../src/engine/index.js';
import { expectNear, lengthsCase, sequenceOf, shapes } from './recurrent-cases.js';
import type { Dims } from '../../src/engine/index.js';

/** NaN where there is padding. */
function poisoned(array: Float64Array, lengths: readonly number[]): Float64Array {
  const B = lengths.length;
  const T = Math.max(...lengths);
  const width = array.length / B / T;
  return array.map((v, j) => {
    const row = Math.floor(j / width);
    return Math.floor(row / B) < lengths[row % B]! ? v : NaN;
  });
}

describe.each(cellKinds)('%s', (kind) => {
  it('is what each sequence gives alone, cut to its length: outputs, final states, dx bit for bit', () => {
    fc.assert(
      fc.property(shapes(), (sizes) => {
        const { cell, dims, arena, parameters, given, upstream, lengths } = lengthsCase(
          kind,
          sizes,
        );
        const { T, B, D } = dims;
        const whole = forwardWithLengths(arena, cell, dims, parameters, given, lengths);
        const { gradients } = backwardWithLengths(arena, cell, whole, upstream);
        const sums: Record<string, Float64Array> = {};
        for (const [n, L] of lengths.entries()) {
          const cut = (array: Float64Array, steps: number) =>
            sequenceOf(array, n, B, array.length / B / steps, Math.min(L, steps));
          const single: Dims = { ...dims, B: 1, T: L };
          const own = Object.fromEntries(
            Object.entries(given).map(([name, a]) => [name, cut(a, name === 'x' ? T : 1)]),
          );
          const run = cell.forward(arena, single, parameters, { ...own, x: own.x! });
          for (const [name, output] of Object.entries(run.outputs)) {
            const full = whole.outputs[name]!;
            expect(cut(full, T), name).toEqual(output);
            const width = full.length / B / T;
            const past = sequenceOf(full, n, B, width).slice(L * width);
            expect(past, `${name} past the end`).toEqual(new Float64Array((T - L) * width));
          }
          for (const [name, final] of Object.entries(run.finals))
            expect(cut(whole.finals[name]!, 1), name).toEqual(final);
          const part = cell.backward(
            arena,
            run,
            Object.fromEntries(
              Object.entries(upstream).map(([name, a]) => [
                name,
                cut(a, name in cell.outputs ? T : 1),
              ]),
            ),
          ).gradients;
          expect(cut(gradients.x!, T)).toEqual(part.x);
          const past = sequenceOf(gradients.x!, n, B, D).slice(L * D);
          expect(past, 'dx past the end').toEqual(new Float64Array((T - L) * D));
          for (const name of Object.keys(cell.initial))
            expect(cut(gradients[name]!, 1), name).toEqual(part[name]);
          for (const name of Object.keys(cell.parameters)) {
            sums[name] ??= new Float64Array(part[name]!.length);
            part[name]!.forEach((v, j) => (sums[name]![j]! += v));
          }
        }
        const scale = Math.max(...Object.values(sums).flatMap((a) => [...a].map(Math.abs)), 1e-300);
        for (const [name, sum] of Object.entries(sums))
          expectNear(gradients[name]!, sum, 1e-12, name, scale);
      }),
    );
  });

  it('never reads the padding: NaN there changes no bit', () => {
    fc.assert(
      fc.property(shapes(), (sizes) => {
        const { cell, dims, arena, parameters, given, upstream, lengths } = lengthsCase(
          kind,
          sizes,
        );
        const nasty = Object.fromEntries(
          Object.entries(upstream).map(([name, a]) => [
            name,
            name in cell.outputs ? poisoned(a, lengths) : a,
          ]),
        );
        const [a, b] = [given.x, poisoned(given.x, lengths)].map((x) =>
          forwardWithLengths(arena, cell, dims, parameters, { ...given, x }, lengths),
        );
        expect(b!.outputs).toEqual(a!.outputs);
        expect(b!.finals).toEqual(a!.finals);
        expect(backwardWithLengths(arena, cell, b!, nasty).gradients).toEqual(
          backwardWithLengths(arena, cell, a!, upstream).gradients,
        );
      }),
    );
  });
});
