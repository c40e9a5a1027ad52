/** Both kernel sets, one specification: simd gives the bits of loops, whatever the shapes and the numbers. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keyTile, loops, openSimd, queryTile } from '../../../src/engine/index.js';
import { onlineSoftmaxRoom } from '../../../src/engine/kernels/online-softmax.js';
import { packedSize } from '../../../src/engine/kernels/kernels.js';
import { expectSameBits, numbers } from './numbers.js';
import type { Kernels } from '../../../src/engine/index.js';
import type { SimdKernels } from '../../../src/engine/index.js';

const opened = openSimd();
if (typeof opened === 'string') throw new Error(`These tests need simd, but ${opened}.`);
const simd: SimdKernels = opened;

const size = fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 10, max: 70 }));
const depth = fc.oneof(size, fc.integer({ min: 120, max: 270 })); // around the blocks' 128
const share = fc.constantFrom(0, 0, 0.02, 0.3);
const seed = fc.integer({ min: 0, max: 2 ** 31 - 1 });
const shapes = fc.record({
  m: fc.oneof({ weight: 1, arbitrary: fc.constant(1) }, { weight: 3, arbitrary: size }), // one row has its own way
  n: size,
  k: depth,
  wider: fc.integer({ min: 0, max: 5 }), // how much wider than the block the matrices are
  share,
  seed,
});

/** Calls both sets on the same arrays, in the pool's memory and in the runtime's, and compares every array. */
function expectTwins(
  arrays: readonly Float64Array[],
  call: (set: Kernels, a: Float64Array[]) => void,
) {
  const want = arrays.map((array) => array.slice());
  call(loops, want);
  const before = simd.memory.bytes;
  const pooled = arrays.map((array) => {
    const copy = simd.memory.take(array.length)!;
    copy.set(array);
    return copy;
  });
  const foreign = arrays.map((array) => array.slice());
  try {
    call(simd, pooled);
    call(simd, foreign);
    want.forEach((array, j) => {
      expectSameBits(pooled[j]!, array, `array ${j} in the pool`);
      expectSameBits(foreign[j]!, array, `array ${j} from outside`);
    });
  } finally {
    for (const array of pooled) simd.memory.give(array);
  }
  expect(simd.memory.bytes).toBe(before);
}

describe('products', () => {
  const extents = {
    addAB: (m: number, n: number, k: number) => [m, k, k, n],
    addABt: (m: number, n: number, k: number) => [m, k, n, k],
    addAtB: (m: number, n: number, k: number) => [k, m, k, n],
  } as const;

  it.each(['addAB', 'addABt', 'addAtB'] as const)('%s', (name) => {
    fc.assert(
      fc.property(shapes, ({ m, n, k, wider, share, seed }) => {
        const [rowsA, columnsA, rowsB, columnsB] = extents[name](m, n, k) as [
          number,
          number,
          number,
          number,
        ];
        const [ldc, lda, ldb] = [n + wider, columnsA + wider, columnsB + wider];
        const C = numbers(m * ldc, seed, share);
        const A = numbers(rowsA * lda, seed + 1, share);
        const B = numbers(rowsB * ldb, seed + 2, share);
        const from = numbers(n, seed + 3, share);
        expectTwins([C, A, B], (set, [c, a, b]) => set[name](c!, ldc, a!, lda, b!, ldb, m, n, k));
        expectTwins([C, A, B, from], (set, [c, a, b, f]) =>
          set[name](c!, ldc, a!, lda, b!, ldb, m, n, k, f),
        );
        const started = C.slice();
        loops[name](started, ldc, A, lda, B, ldb, m, n, k, from);
        for (let i = 0; i < m; i++) C.set(from, i * ldc);
        loops[name](C, ldc, A, lda, B, ldb, m, n, k);
        expectSameBits(started, C, 'the product that starts from a row');
      }),
      { numRuns: 150 },
    );
  });

  it('of nothing change nothing, and of no terms are the row they start from', () => {
    for (const [m, n, k] of [
      [0, 3, 2],
      [3, 0, 2],
      [3, 2, 0],
    ] as const)
      for (const name of ['addAB', 'addABt', 'addAtB'] as const)
        for (const started of [false, true])
          expectTwins(
            [1, 2, 3, 4].map((seed) => numbers(9, seed, 0)),
            (set, [c, a, b, from]) =>
              set[name](c!, 3, a!, 3, b!, 3, m, n, k, started ? from : undefined),
          );
  });

  it('addPacked gives the bits of addAB and addABt', () => {
    fc.assert(
      fc.property(shapes, ({ m, n, k, wider, share, seed }) => {
        const [ldc, lda] = [n + wider, k + wider];
        const C = numbers(m * ldc, seed, share);
        const A = numbers(m * lda, seed + 1, share);
        for (const [pack, add, rows, columns] of [
          ['packAB', 'addAB', k, n],
          ['packABt', 'addABt', n, k],
        ] as const) {
          const ldb = columns + wider;
          const B = numbers(rows * ldb, seed + 2, share);
          const P = numbers(packedSize(n, k), seed + 3, 0);
          const from = numbers(n, seed + 4, share);
          for (const started of [false, true]) {
            expectTwins([C, A, B, P, from], (set, [c, a, b, p, f]) => {
              set[pack](p!, b!, ldb, n, k);
              set.addPacked(c!, ldc, a!, lda, p!, m, n, k, started ? f : undefined);
            });
            const [direct, packed] = [C.slice(), C.slice()];
            const start = started ? from : undefined;
            loops[add](direct, ldc, A, lda, B, ldb, m, n, k, start);
            loops[pack](P, B, ldb, n, k);
            loops.addPacked(packed, ldc, A, lda, P, m, n, k, start);
            expectSameBits(packed, direct, 'the packed product');
          }
        }
      }),
      { numRuns: 100 },
    );
  });

  it('addRows', () => {
    fc.assert(
      fc.property(shapes, ({ n, k, share, seed }) => {
        expectTwins([numbers(n, seed, share), numbers(n * k, seed + 1, share)], (set, [s, A]) =>
          set.addRows(s!, A!, n, k),
        );
      }),
    );
  });
});

describe.each(['exp', 'tanh', 'sigmoid'] as const)('%s', (name) => {
  it('at numbers of all kinds, in place and not', () => {
    const edges = [0.625, 22, 709.782712893384, -745.1332191019412, -708.4, 709.5, 1023 * Math.LN2];
    fc.assert(
      fc.property(depth, share, seed, fc.constantFrom(1, 40, 800), (n, share, seed, scale) => {
        const x = numbers(n, seed, share).map((v) => v * scale);
        edges.forEach((edge, j) => {
          if ((seed + j) % 5 === 0) x[j % n] = edge * (1 + ((seed % 7) - 3) * 2 ** -52);
        });
        expectTwins([new Float64Array(n), x], (set, [y, from]) => set[name](y!, from!, n));
        expectTwins([x], (set, [y]) => set[name](y!, y!, n));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('the time loops', () => {
  const sequences = fc.record({
    T: fc.integer({ min: 1, max: 5 }),
    B: fc.integer({ min: 1, max: 9 }),
    H: fc.oneof(fc.integer({ min: 1, max: 9 }), fc.integer({ min: 15, max: 40 })),
    share,
    seed,
  });
  const filled = (lengths: readonly number[], seed: number, share: number): Float64Array[] =>
    lengths.map((length, j) => numbers(length, seed + j, share));

  it('rnn', () => {
    fc.assert(
      fc.property(sequences, ({ T, B, H, share, seed }) => {
        const [all, state, P] = [T * B * H, B * H, packedSize(H, H)];
        expectTwins(filled([all, state, P], seed, share), (set, [h, h0, p]) =>
          set.rnn.forward(h!, h0!, p!, T, B, H),
        );
        expectTwins(filled([all, all, state, all, P], seed, share), (set, [da, dh, dh0, h, p]) =>
          set.rnn.backward(da!, dh!, dh0!, h!, p!, T, B, H),
        );
      }),
    );
  });

  it('lstm', () => {
    fc.assert(
      fc.property(sequences, ({ T, B, H, share, seed }) => {
        const [all, state] = [T * B * H, B * H];
        expectTwins(
          filled([4 * all, all, all, all, state, state, packedSize(4 * H, H)], seed, share),
          (set, [gates, c, tanhC, h, h0, c0, p]) =>
            set.lstm.forward(gates!, c!, tanhC!, h!, h0!, c0!, p!, T, B, H),
        );
        const lengths = [4 * all, all, all, state, state, 4 * all, all, all, state];
        expectTwins(
          filled([...lengths, packedSize(H, 4 * H)], seed, share),
          (set, [da, dh, dc, dh0, dc0, gates, c, tanhC, c0, p]) =>
            set.lstm.backward(da!, dh!, dc!, dh0!, dc0!, gates!, c!, tanhC!, c0!, p!, T, B, H),
        );
      }),
    );
  });

  it('gru', () => {
    fc.assert(
      fc.property(sequences, ({ T, B, H, share, seed }) => {
        const [all, state] = [T * B * H, B * H];
        expectTwins(
          filled([3 * all, all, all, state, packedSize(2 * H, H), packedSize(H, H)], seed, share),
          (set, [gates, rh, h, h0, p, q]) => set.gru.forward(gates!, rh!, h!, h0!, p!, q!, T, B, H),
        );
        const lengths = [3 * all, all, state, state, 3 * all, all, state];
        expectTwins(
          filled([...lengths, packedSize(H, 2 * H), packedSize(H, H)], seed, share),
          (set, [da, dh, dh0, drh, gates, h, h0, p, q]) =>
            set.gru.backward(da!, dh!, dh0!, drh!, gates!, h!, h0!, p!, q!, T, B, H),
        );
      }),
    );
  });
});

describe('online softmax', () => {
  const edge = (tile: number) => fc.integer({ min: tile - 2, max: tile + 2 });
  const cases = fc.record({
    Tq: fc.oneof(size, edge(queryTile), edge(2 * queryTile)),
    Tk: fc.oneof(size, edge(keyTile), edge(2 * keyTile)),
    ...{ B: fc.integer({ min: 1, max: 2 }), heads: fc.integer({ min: 1, max: 3 }) },
    ...{ dk: fc.integer({ min: 1, max: 35 }), dv: fc.integer({ min: 1, max: 35 }) },
    ...{ causal: fc.boolean(), padded: fc.boolean(), share, seed },
    scale: fc.constantFrom(0, 1, 30, 1000), // of the scores, to where e^s underflows
  });

  it('forward and backward, masked and not', () => {
    fc.assert(
      fc.property(cases, ({ causal, padded, share, seed, scale, ...dims }) => {
        const { Tq, Tk, B, heads, dk, dv } = dims;
        const row = B * heads * Tq;
        const [qs, os, ks, vs] = [row * dk, row * dv, B * heads * Tk * dk, B * heads * Tk * dv];
        const filled = (length: number, j: number) => numbers(length, seed + j, share);
        const Q = filled(qs, 0).map((v) => v * scale);
        const [K, V, dO, L, delta] = [ks, vs, os, row, row].map((n, j) => filled(n, j + 1));
        const hidden = filled(padded ? B * Tk : 0, 6).map((v) => Number(v > 0));
        // What the tiles leave in the room is their own.
        const { forward, backward } = onlineSoftmaxRoom(dims);
        const zeros = [os, row, row].map((n) => new Float64Array(n));
        expectTwins([...zeros, Q, K!, V!, hidden], (set, [O, m, l, q, k, v, pad]) => {
          const room = filled(forward, 7);
          set.onlineSoftmax.forward(O!, m!, l!, room, q!, k!, v!, pad!, dims, causal);
        });
        expectTwins(
          [filled(qs, 8), filled(ks, 9), filled(vs, 10), Q, K!, V!, dO!, L!, delta!, hidden],
          (set, [dq, dk, dv, q, k, v, dO, L, delta, pad]) =>
            set.onlineSoftmax.backward(
              ...([
                dq!,
                dk!,
                dv!,
                filled(backward, 11),
                q!,
                k!,
                v!,
                dO!,
                L!,
                delta!,
                pad!,
              ] as const),
              dims,
              causal,
            ),
        );
      }),
      { numRuns: 40 },
    );
  });
});
