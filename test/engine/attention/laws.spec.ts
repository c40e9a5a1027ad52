/** Laws of attention over random shapes: masks, causality, permutation, and tiles. The cache's are in cache.spec.ts. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  Arena,
  EngineError,
  attention,
  attentionBackward,
  attentionShapes,
  fillUniform,
  keyTile,
  onlineAttention,
  onlineAttentionBackward,
  queryTile,
  rng,
} from '../../../src/engine/index.js';
import { distance, largest } from '../golden-file.js';
import type { AttentionDims, Mask } from '../../../src/engine/index.js';

const size = (max: number) => fc.integer({ min: 1, max });
const shapes = fc.record({
  ...{ Tq: size(8), Tk: size(8), B: size(3), heads: size(3), dk: size(4), dv: size(4) },
});
const seeds = fc.integer({ min: 0, max: 2 ** 31 - 1 });

function drawn(dims: AttentionDims, seed: number, scale = 2) {
  const random = rng(seed);
  const draw = (shape: readonly number[]) => {
    const array = new Float64Array(shape.reduce((a, b) => a * b, 1));
    fillUniform(array, random, -scale, scale);
    return array;
  };
  const { Q, K, V, out } = attentionShapes(dims);
  return { given: { Q: draw(Q), K: draw(K), V: draw(V) }, dout: draw(out), random };
}
const bothForms = [
  ['naive', attention, attentionBackward],
  ['online', onlineAttention, onlineAttentionBackward],
] as const;

describe.each(bothForms)('%s', (_, forward, backward) => {
  const back = backward as (
    ...args: [Arena, unknown, Float64Array]
  ) => ReturnType<typeof attentionBackward>;

  it('is causal exactly: what comes later changes no bit, and gets exactly no gradient', () => {
    fc.assert(
      fc.property(shapes, seeds, ({ Tq: T, ...rest }, seed) => {
        const dims = { ...rest, Tq: T, Tk: T };
        const { B, heads, dk, dv } = dims;
        const { given, dout, random } = drawn(dims, seed);
        const arena = new Arena();
        const i = Math.floor(random() * T);
        const [qk, vo] = [B * heads * dk, B * heads * dv];
        const run = forward(arena, dims, given, { causal: true });
        const K = given.K.map((v, j) => (j < (i + 1) * qk ? v : 2 * random() - 1));
        const V = given.V.map((v, j) => (j < (i + 1) * vo ? v : 2 * random() - 1));
        const other = forward(arena, dims, { ...given, K, V }, { causal: true });
        expect(other.out.slice(0, (i + 1) * vo)).toEqual(run.out.slice(0, (i + 1) * vo));
        // Only row i asks for a gradient: none may reach a later key or value.
        const only = dout.map((v, j) => (Math.floor(j / vo) === i ? v : 0));
        const d = back(arena, run, only);
        expect(d.K.slice((i + 1) * qk).every((v) => v === 0)).toBe(true);
        expect(d.V.slice((i + 1) * vo).every((v) => v === 0)).toBe(true);
        expect(d.V.slice(0, (i + 1) * vo).some((v) => v !== 0)).toBe(true);
      }),
    );
  });

  it('treats padded keys as if they were not there, and gives them exactly no gradient', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const dims = { ...shape, B: 1, Tk: shape.Tk + 2 };
        const { heads, dk, dv } = dims;
        const { given, dout } = drawn(dims, seed);
        const arena = new Arena();
        const keyPadding = Uint8Array.from({ length: dims.Tk }, (__, j) => Number(j >= shape.Tk));
        const run = forward(arena, dims, given, { keyPadding });
        const short = forward(
          arena,
          { ...dims, Tk: shape.Tk },
          {
            Q: given.Q,
            K: given.K.slice(0, shape.Tk * heads * dk),
            V: given.V.slice(0, shape.Tk * heads * dv),
          },
        );
        expect(run.out).toEqual(short.out);
        const [long, cut] = [run, short].map((one) => back(arena, one, dout));
        expect(long!.Q).toEqual(cut!.Q);
        expect(long!.K.slice(0, cut!.K.length)).toEqual(cut!.K);
        for (const d of [long!.K.slice(cut!.K.length), long!.V.slice(cut!.V.length)])
          expect(d.every((v) => v === 0)).toBe(true);
      }),
    );
  });

  it('gives a query that sees no key a zero output, and no gradient through it', () => {
    const dims = { Tq: 3, Tk: 2, B: 2, heads: 2, dk: 3, dv: 2 };
    const { given, dout } = drawn(dims, 1);
    const arena = new Arena();
    // Causal with more queries than keys: query 0 sees nothing. Sequence 1 is all padding.
    const mask: Mask = { causal: true, keyPadding: Uint8Array.of(0, 1, 0, 1) };
    const run = forward(arena, dims, given, mask);
    const d = back(arena, run, dout);
    const blind = (array: Float64Array, width: number) =>
      array.filter((__, j) => j < 2 * width || Math.floor(j / width) % 2 === 1);
    for (const [array, width] of [
      [run.out, 4],
      [d.Q, 6],
    ] as const)
      expect(blind(array, width).every((v) => v === 0)).toBe(true);
    expect(run.out.some((v) => v !== 0)).toBe(true);
    expect([...d.Q, ...d.K, ...d.V].every(Number.isFinite)).toBe(true);
  });

  it('works on a batch and its heads one by one: the same bits, forward and backward', () => {
    fc.assert(
      fc.property(shapes, seeds, fc.boolean(), (dims, seed, causal) => {
        const { given, dout } = drawn(dims, seed);
        const arena = new Arena();
        const { B, heads } = dims;
        const run = forward(arena, dims, given, { causal });
        const d = back(arena, run, dout);
        const block = (array: Float64Array, width: number, k: number) =>
          array.filter((__, j) => Math.floor(j / width) % (B * heads) === k);
        for (let k = 0; k < B * heads; k++) {
          const one = { ...dims, B: 1, heads: 1 };
          const single = forward(
            arena,
            one,
            {
              Q: block(given.Q, dims.dk, k),
              K: block(given.K, dims.dk, k),
              V: block(given.V, dims.dv, k),
            },
            { causal },
          );
          const e = back(arena, single, block(dout, dims.dv, k));
          expect(single.out).toEqual(block(run.out, dims.dv, k));
          expect(e.Q).toEqual(block(d.Q, dims.dk, k));
          expect(e.K).toEqual(block(d.K, dims.dk, k));
          expect(e.V).toEqual(block(d.V, dims.dv, k));
        }
      }),
    );
  });

  it('does not care in which order the keys stand, and permutes with its queries', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const dims = { ...shape, B: 1 };
        const { given, dout, random } = drawn(dims, seed);
        const arena = new Arena();
        const shuffled = (n: number) =>
          Array.from({ length: n }, (__, j) => ({ j, by: random() }))
            .sort((a, b) => a.by - b.by)
            .map(({ j }) => j);
        const [keys, queries] = [shuffled(dims.Tk), shuffled(dims.Tq)];
        const permuted = (array: Float64Array, order: number[]) => {
          const width = array.length / order.length;
          return Float64Array.from(
            order.flatMap((j) => [...array.slice(j * width, (j + 1) * width)]),
          );
        };
        const run = forward(arena, dims, given);
        const d = back(arena, run, dout);
        const other = forward(arena, dims, {
          Q: permuted(given.Q, queries),
          K: permuted(given.K, keys),
          V: permuted(given.V, keys),
        });
        const e = back(arena, other, permuted(dout, queries));
        const near = (a: Float64Array, b: Float64Array, scale: number) =>
          expect(distance(a, b)).toBeLessThanOrEqual(1e-13 * scale);
        near(other.out, permuted(run.out, queries), 2);
        const scale = Math.max(1, ...[d.Q, d.K, d.V].map(largest));
        near(e.Q, permuted(d.Q, queries), scale);
        near(e.K, permuted(d.K, keys), scale);
        near(e.V, permuted(d.V, keys), scale);
      }),
    );
  });

  it('does not hide a NaN: a query that has one gives NaN, and no other query does', () => {
    fc.assert(
      fc.property(shapes, seeds, (shape, seed) => {
        const dims = { ...shape, B: 1, heads: 1 };
        const { Tq, dk, dv } = dims;
        const { given, random } = drawn(dims, seed);
        const i = Math.floor(random() * Tq);
        given.Q[i * dk] = NaN;
        const { out } = forward(new Arena(), dims, given);
        out.forEach((v, j) => expect(Number.isNaN(v)).toBe(Math.floor(j / dv) === i));
      }),
    );
  });

  it('is linear in the upstream gradient, and gives exactly zero for zero', () => {
    fc.assert(
      fc.property(shapes, seeds, (dims, seed) => {
        const { given, dout } = drawn(dims, seed);
        const arena = new Arena();
        const run = forward(arena, dims, given, { causal: true });
        const once = back(arena, run, dout);
        const twice = back(
          arena,
          run,
          dout.map((v) => 2 * v),
        );
        const zero = back(arena, run, new Float64Array(dout.length));
        for (const name of ['Q', 'K', 'V'] as const) {
          expect(twice[name]).toEqual(once[name].map((v) => 2 * v));
          expect(zero[name].every((v) => v === 0)).toBe(true);
        }
      }),
    );
  });

  it('stays finite, and within the values, for scores of ±10⁶', () => {
    fc.assert(
      fc.property(shapes, seeds, (dims, seed) => {
        const { given, dout } = drawn(dims, seed, 1000);
        const arena = new Arena();
        const run = forward(arena, dims, given, { causal: true });
        const d = back(arena, run, dout);
        for (const array of [d.Q, d.K, d.V]) expect(array.every(Number.isFinite)).toBe(true);
        // A weighted mean of values is no larger than the largest value.
        expect(largest(run.out)).toBeLessThanOrEqual(largest(given.V) * (1 + 4 * Number.EPSILON));
      }),
    );
  });
});

describe('the tiles of online softmax', () => {
  const lengths = [1, 2, queryTile - 1, queryTile, queryTile + 1, 2 * keyTile, 2 * keyTile + 3];
  it.each(lengths.flatMap((Tq) => lengths.slice(1).map((Tk) => ({ Tq, Tk }))))(
    'give the numbers of the whole matrix at Tq = $Tq, Tk = $Tk',
    ({ Tq, Tk }) => {
      const dims = { Tq, Tk, B: 2, heads: 2, dk: 3, dv: 2 };
      const { given, dout, random } = drawn(dims, Tq * 1000 + Tk, 3);
      const keyPadding = Uint8Array.from({ length: Tk * 2 }, () => Number(random() < 0.3));
      const arena = new Arena();
      for (const mask of [{}, { causal: true }, { keyPadding }, { causal: true, keyPadding }]) {
        const naive = attention(arena, dims, given, mask);
        const online = onlineAttention(arena, dims, given, mask);
        expect(distance(online.out, naive.out)).toBeLessThanOrEqual(1e-12 * largest(naive.out));
        const [d, e] = [
          attentionBackward(arena, naive, dout),
          onlineAttentionBackward(arena, online, dout),
        ];
        const scale = Math.max(...[d.Q, d.K, d.V].map(largest));
        for (const name of ['Q', 'K', 'V'] as const)
          expect(distance(e[name], d[name]), name).toBeLessThanOrEqual(1e-12 * scale);
      }
    },
  );
});

it('refuses sizes and lengths that do not fit, in one sentence', () => {
  const dims = { Tq: 2, Tk: 3, B: 1, heads: 1, dk: 2, dv: 2 };
  const { given } = drawn(dims, 1);
  const arena = new Arena();
  for (const forward of [attention, onlineAttention]) {
    expect(() => forward(arena, { ...dims, Tk: 0 }, given)).toThrow(/Expected Tk to be a positive/);
    expect(() => forward(arena, { ...dims, Tk: 4 }, given)).toThrow(/Expected K to be \(4,1,2\)/);
    expect(() => forward(arena, dims, given, { keyPadding: new Uint8Array(2) })).toThrow(
      /keyPadding to be \(Tk,B\)/,
    );
  }
  const kept = attention(arena, dims, given, {}, 'inference');
  expect(() => attentionBackward(arena, kept, new Float64Array(4))).toThrow(EngineError);
});
