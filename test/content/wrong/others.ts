/** Wrong solutions of the katas about gradients, sequences, attention and systems. */
import { map, matrixProduct, scaleMatrix, softmax, times, transposed, zeros } from 'bptt/define';
import type { Matrix, Sequence, Vector } from 'bptt/define';
import type { Wrong } from './wrong.js';

type Triple = Record<'Q' | 'K' | 'V', Matrix>;
const total = (v: Iterable<number>): number => [...v].reduce((a, b) => a + b, 0);
const scores = ({ Q, K }: Triple, scale: number): Matrix =>
  scaleMatrix(matrixProduct(Q, transposed(K)), 1 / scale);
const attended = (P: Matrix, V: Matrix) => ({ O: matrixProduct(P, V), P });
const columnSoftmax = (S: Matrix): Matrix => transposed(transposed(S).map(softmax));
const width = ({ K }: Triple): number => K[0]!.length;

/** Weights of a row, masked after the softmax and shared out anew. */
const renormalised = (row: Vector, i: number): Vector => {
  const kept = softmax(row).map((v, j) => (j <= i ? v : 0));
  return map(kept, (v) => v / total(kept));
};

export const others: readonly Wrong[] = [
  {
    kata: 'clip-by-global-norm',
    what: 'clips when any single gradient is longer than the limit',
    solve: ({ gradients, maxNorm }: { gradients: Vector[]; maxNorm: number }) => {
      const norm = Math.hypot(...gradients.flatMap((g) => [...g]));
      const longest = Math.max(...gradients.map((g) => Math.hypot(...g)));
      const s = longest > maxNorm ? maxNorm / norm : 1;
      return { clipped: gradients.map((g) => map(g, (v) => s * v)), norm };
    },
    says: /clipped is wrong.*norm is right/,
  },
  {
    kata: 'clip-by-global-norm',
    what: 'scales the gradients in place',
    solve: ({ gradients, maxNorm }: { gradients: Vector[]; maxNorm: number }) => {
      const norm = Math.hypot(...gradients.flatMap((g) => [...g]));
      if (norm > maxNorm) for (const g of gradients) g.set(map(g, (v) => (v * maxNorm) / norm));
      return { clipped: gradients, norm };
    },
    says: /You changed your input gradients|share memory/,
  },
  {
    kata: 'gradient-bound',
    what: 'one step of power iteration',
    solve: ({ Whh, steps }: { Whh: Matrix; steps: number }) => {
      const v = map(Whh[0]!, () => 1 / Math.sqrt(Whh.length));
      const norm = Math.hypot(...Whh.map((row) => total(row.map((w, k) => w * v[k]!))));
      return { norm, bound: norm ** (steps - 1) };
    },
    says: null,
  },
  {
    kata: 'jacobian-product',
    what: 'multiplies by 1 + h² where 1 - h² belongs',
    solve: ({ hs, Whh }: { hs: Sequence; Whh: Matrix }) => ({
      jacobian: hs.slice(1).reduce<Matrix>(
        (J, h) => matrixProduct(Whh, J).map((row, j) => map(row, (v) => v * (1 + h[j]! ** 2))),
        Whh.map((_, j) => Float64Array.from(Whh, (_, k) => Number(j === k))),
      ),
    }),
    says: null,
  },
  {
    kata: 'relative-error',
    what: 'the index of the smallest error',
    solve: ({ analytic, numeric }: Record<'analytic' | 'numeric', Vector>) => {
      const floor = 1e-4 * Math.max(...map(numeric, Math.abs));
      const errors = analytic.map(
        (a, j) =>
          Math.abs(a - numeric[j]!) / (Math.max(Math.abs(a), Math.abs(numeric[j]!)) + floor),
      );
      return { maxError: Math.max(...errors), worstIndex: errors.indexOf(Math.min(...errors)) };
    },
    says: /worstIndex is wrong.*maxError is right/,
  },
  {
    kata: 'gradient-highway',
    what: 'the square of every gate',
    solve: ({ fs }: { fs: Sequence }) => ({
      highway: fs
        .slice(1)
        .map((f) => map(f, (v) => v * v))
        .reduce(times),
    }),
    says: /highway is squared/,
  },
  {
    kata: 'masked-loss',
    what: 'masks with t <= length, and divides by the padded size',
    solve: ({ losses, lengths }: { losses: Sequence; lengths: Vector }) => {
      let sum = 0;
      lengths.forEach((length, n) => {
        for (let t = 0; t <= length && t < losses.length; t++) sum += losses[t]![n]!;
      });
      return { loss: sum / (losses.length * lengths.length) };
    },
    says: /Two mistakes at once\. .*divide by T · B.* And: Your mask is t <= length/,
  },
  {
    kata: 'masked-loss',
    what: 'median instead of mean',
    solve: ({ losses, lengths }: { losses: Sequence; lengths: Vector }) => {
      const real = losses.flatMap((row, t) => [...row].filter((_, n) => t < lengths[n]!));
      return { loss: real.sort((a, b) => a - b)[real.length >> 1]! };
    },
    says: null,
  },
  {
    kata: 'scaled-dot-product',
    what: 'd_k for √d_k, and a softmax over the queries',
    solve: (given: Triple) => attended(columnSoftmax(scores(given, width(given))), given.V),
    says: /Two mistakes at once\. You divide by d_k.* And: Your softmax runs down the columns/,
  },
  {
    kata: 'scaled-dot-product',
    what: 'weights without the exponential: scores over their sum',
    solve: (given: Triple) =>
      attended(
        scores(given, Math.sqrt(width(given))).map((row) => map(row, (v) => v / total(row))),
        given.V,
      ),
    says: null,
  },
  {
    kata: 'scaled-dot-product',
    what: 'returns the logarithms of the weights as P',
    solve: (given: Triple) => {
      const P = scores(given, Math.sqrt(width(given))).map(softmax);
      return { O: matrixProduct(P, given.V), P: P.map((row) => map(row, Math.log)) };
    },
    says: /P is wrong.*O is right/,
  },
  {
    kata: 'causal-attention',
    what: 'masks after the softmax and shares out again, unscaled',
    solve: (given: Triple) => attended(scores(given, 1).map(renormalised), given.V),
    says: /division by √d_k is missing/,
  },
  {
    kata: 'causal-attention',
    what: 'masks with -1 where -∞ belongs',
    solve: (given: Triple) =>
      attended(
        scores(given, Math.sqrt(width(given))).map((row, i) =>
          softmax(row.map((v, j) => (j <= i ? v : -1))),
        ),
        given.V,
      ),
    says: null,
  },
  {
    kata: 'causal-attention',
    what: 'gives later keys a weight of 1e-6',
    solve: (given: Triple) => {
      const P = scores(given, Math.sqrt(width(given))).map(renormalised);
      return attended(
        P.map((row) => row.map((v) => v || 1e-6)),
        given.V,
      );
    },
    says: null,
  },
  {
    kata: 'stable-softmax',
    what: 'softmin',
    solve: ({ x }: { x: Vector }) => ({ p: softmax(map(x, (v) => -v)) }),
    says: /x has the wrong sign/,
  },
  {
    kata: 'parameter-count',
    what: 'the LSTM with its biases twice, and no input weights',
    solve: ({ D: _, H }: { D: number; H: number }) => ({
      ...{ rnn: H * H + H, gru: 3 * (H * H + H) },
      ...{ lstm: 4 * (H * H + H), lstmTwoBiases: 4 * (H * H + 2 * H) + H },
    }),
    says: null,
  },
  {
    kata: 'memory-account',
    what: 'strings of numbers',
    solve: () => ({
      ...{ streamingBytes: '8', bpttBytes: '8' },
      ...{ naiveAttentionBytes: '8', kvCacheBytes: '8' },
    }),
    says: /Expected streamingBytes to be a .*number, got a string/,
  },
  {
    kata: 'bidirectional-rnn',
    what: 'nothing at all',
    solve: ({ xs, bhForward }: { xs: Sequence; bhForward: Vector }) => ({
      hs: xs.map(() => zeros(2 * bhForward.length)),
    }),
    says: /zero everywhere/,
  },
  {
    kata: 'softmax-cross-entropy',
    what: 'the log of the probability, which becomes 0',
    solve: ({ logits, target }: { logits: Vector; target: number }) => {
      const p = softmax(logits);
      return { loss: -Math.log(p[target]!), dLogits: p.map((v, j) => v - (j === target ? 1 : 0)) };
    },
    says: /there loss is Infinity\. Usually .* the log a probability that has become 0/,
  },
];
