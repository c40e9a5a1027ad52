import { Arena, onlineAttention } from 'bptt';
import { close, kata, map, matrix, plus, transposedProduct, vector } from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';

interface Given {
  scores: Matrix;
  values: Matrix;
}

const total = (v: Vector): number => v.reduce((sum, u) => sum + u, 0);
const flat = (A: Matrix): Float64Array => Float64Array.from(A.flatMap((row) => [...row]));

/** The places where one goes wrong; each mistake changes one of them. */
const right = {
  start: -Infinity,
  /** The maximum after a block, from the one before it and the block's own. */
  maximum: (m: number, own: number): number => Math.max(m, own),
  /** What the sum and the unfinished output shrink by when m becomes mNew. */
  shrinkSum: (m: number, mNew: number): number => Math.exp(m - mNew),
  shrinkOutput: (m: number, mNew: number): number => Math.exp(m - mNew),
  /** What a block's terms are taken relative to. */
  relativeTo: (mNew: number, _own: number): number => mNew,
  /** The sum after a block, from the one before it. */
  sum: (l: number, shrink: number, e: Vector): number => l * shrink + total(e),
  /** What a block adds to the output. */
  share: (taken: Vector, _l: number): Vector => taken,
  /** What happens to the output after each block, and at the end. */
  after: (o: Vector, _l: number): Vector => o,
  finish: (o: Vector, l: number, _T: number): Vector => map(o, (v) => v / l),
};

/** Attention in one pass as a learner would write it. */
function onePass({ scores, values }: Given, change: Partial<typeof right> = {}) {
  const at = { ...right, ...change };
  const [T, S] = [scores.length, scores[0]!.length];
  const [ms, ls] = [new Float64Array(T), new Float64Array(T)];
  let [m, l, o] = [at.start, 0, map(values[0]!, () => 0)];
  for (const [t, s] of scores.entries()) {
    const own = Math.max(...s);
    const mNew = at.maximum(m, own);
    const e = map(s, (v) => Math.exp(v - at.relativeTo(mNew, own)));
    const taken = transposedProduct(values.slice(t * S, (t + 1) * S), e);
    const shrink = at.shrinkOutput(m, mNew);
    l = at.sum(l, at.shrinkSum(m, mNew), e);
    o = at.after(
      plus(
        map(o, (v) => v * shrink),
        at.share(taken, l),
      ),
      l,
    );
    m = mNew;
    ms[t] = m;
    ls[t] = l;
  }
  return { o: at.finish(o, l, T), ms, ls };
}

/** The factor of one who rescales nothing. */
const never = (): number => 1;

/** The factor between two maxima upside down. */
const upward = (m: number, mNew: number): number => (m === -Infinity ? 0 : Math.exp(mNew - m));

export default kata('online-softmax', {
  topic: '60-attention',
  title: 'Online softmax: attention in one pass',
  level: 3,
  minutes: 20,
  equations: ['attention.weights', 'attention.context'],
  inputs: { scores: matrix('T', 'S'), values: matrix('T*S', 'V') },
  outputs: { o: vector('V'), ms: vector('T'), ls: vector('T') },

  /** Scores of ±3, and in half of the cases all of them negative. */
  prepare: ({ scores, values }) => {
    const down = scores[0]![0]! < 0 ? 4 : 0;
    return { scores: scores.map((row) => map(row, (s) => 3 * s - down)), values };
  },
  /** One query of 1 and keys that are the scores; l after block t from the log-sum-exp of the blocks so far. */
  reference: ({ scores, values }) => {
    const S = scores[0]!.length;
    const after = scores.map((_, t) => {
      const seen = scores.slice(0, t + 1);
      const dims = { Tq: 1, Tk: (t + 1) * S, B: 1, heads: 1, dk: 1, dv: values[0]!.length };
      const V = flat(values.slice(0, (t + 1) * S));
      const given = { Q: Float64Array.of(1), K: flat(seen), V };
      const { out, logSumExp } = onlineAttention(new Arena(), dims, given);
      const m = Math.max(...flat(seen));
      return { o: out, m, l: Math.exp(logSumExp[0]! - m) };
    });
    return {
      o: after.at(-1)!.o.slice(),
      ms: Float64Array.from(after, ({ m }) => m),
      ls: Float64Array.from(after, ({ l }) => l),
    };
  },

  /** All blocks at once: what one pass over them has to come to. */
  symbols: ({ scores, values }) => ({
    e: Float64Array.from(scores.flatMap((row) => [...row])),
    V: values,
  }),
  answers: ({ o }) => ({ context: o }),

  laws: [
    {
      name: 'scores that climb by 800 from block to block: nothing overflows, and the last block takes everything',
      change: ({ scores, values }) => ({
        scores: scores.map((row, t) => map(row, () => 800 * t)),
        values,
      }),
      holds: ({ scores, values }, { o, ls }) => {
        const S = scores[0]!.length;
        const mean = map(values.slice(-S).reduce(plus), (v) => v / S);
        return close(o, mean) && Math.abs(ls.at(-1)! - S) < 1e-9;
      },
    },
    {
      name: 'a first block far below the others is forgotten, not NaN',
      change: ({ scores, values }) => ({
        scores: scores.map((row, t) => (t === 0 ? map(row, (s) => s - 2000) : row)),
        values: values.map((row, j) => (j < scores[0]!.length ? map(row, (v) => 1e6 * v) : row)),
      }),
      holds: ({ scores }, { o }) => scores.length < 2 || o.every((v) => Math.abs(v) < 10),
    },
    {
      name: 'the maxima never fall, and every sum is 1 or more',
      change: (given) => given,
      holds: (_, { ms, ls }) =>
        ms.every((m, t) => t === 0 || m >= ms[t - 1]!) && ls.every((l) => l >= 1 - 1e-12),
    },
    {
      name: 'values that are all alike come out as they are: the weights sum to 1',
      change: ({ scores, values }) => ({ scores, values: values.map(() => values[0]!.slice()) }),
      holds: ({ values }, { o }) => close(o, values[0]!),
    },
  ],

  attempt: onePass,

  mistakes: [
    {
      id: 'sum-not-rescaled',
      says: 'Your sum is not rescaled when the maximum rises: its old terms are still relative to the old m. l = l e^(m - m′) + Σ e^(s - m′).',
      change: { shrinkSum: never },
      card: 'attention.online.rescale',
    },
    {
      id: 'output-not-rescaled',
      says: 'Your sum is rescaled when the maximum rises, your unfinished output is not. Both hold terms relative to the old m: o shrinks by e^(m - m′) too.',
      change: { shrinkOutput: never },
      card: 'attention.online.order',
    },
    {
      id: 'nothing-rescaled',
      says: 'Neither sum nor output is rescaled when the maximum rises: each block is weighed relative to a maximum of its own. Both shrink by e^(m - m′).',
      change: { shrinkSum: never, shrinkOutput: never },
      card: 'attention.online.rescale',
    },
    {
      id: 'rescaled-upward',
      says: 'You rescale by e^(m′ - m), the wrong way round. When the maximum rises old terms get smaller: e^(m - m′).',
      change: { shrinkSum: upward, shrinkOutput: upward },
      card: 'attention.online.rescale',
    },
    {
      id: 'own-maximum',
      says: 'You take each block relative to its own maximum, though a larger score may have come before. It is the maximum so far, m′ = max(m, the block’s).',
      change: { relativeTo: (_, own) => own },
      card: 'attention.online.order',
    },
    {
      id: 'maximum-forgotten',
      says: 'Your m is the maximum of the newest block: it falls again. Your o comes out right here, but e^(m - m′) can now overflow. m′ = max(m, the block’s).',
      change: { maximum: (_, own) => own },
      card: 'attention.online.order',
    },
    {
      id: 'maximum-starts-at-zero',
      says: 'Your m starts at 0: where all scores are negative it stays there, and for very negative ones the sum becomes 0. Start at -∞.',
      change: { start: 0 },
    },
    {
      id: 'new-terms-shrunk-too',
      says: 'You add the new terms to the sum and then shrink it: the new ones are relative to m′ already. Only the old part shrinks.',
      change: { sum: (old, shrink, e) => (old + total(e)) * shrink },
      card: 'attention.online.rescale',
    },
    {
      id: 'not-divided',
      says: 'Your o is never divided by l: it is the sum that travels, not the mean.',
      change: { finish: (o) => o },
      card: 'attention.online.order',
    },
    {
      id: 'divided-in-every-block',
      says: 'You divide o by l after each block and go on with the quotient: old blocks are divided again and again. Divide once, at the end.',
      change: { after: (o, l) => map(o, (v) => v / l), finish: (o) => o },
      card: 'attention.online.order',
    },
    {
      id: 'blocks-averaged',
      says: 'You take a softmax in each block by itself and average the results. A block counts by its sum: a block of low scores must weigh less.',
      change: {
        maximum: (_, own) => own,
        shrinkSum: () => 0,
        shrinkOutput: never,
        share: (taken, l) => map(taken, (v) => v / l),
        finish: (o, _, T) => map(o, (v) => v / T),
      },
    },
    {
      id: 'value-row-restarts',
      says: 'Your values begin at row 0 in every block. Row t*S + j belongs to scores[t][j].',
      reads: ({ scores, values }) => ({
        scores,
        values: values.map((_, row) => values[row % scores[0]!.length]!.slice()),
      }),
    },
    {
      id: 'sums-of-blocks',
      says: 'Your ls[t] is the sum of block t alone. What travels is the sum over all blocks so far.',
      returns: (got, { scores }) => ({
        ...got,
        ls: Float64Array.from(scores, (s, t) => total(map(s, (v) => Math.exp(v - got.ms[t]!)))),
      }),
    },
    {
      id: 'no-maximum',
      says: 'You subtract no maximum: your m is 0 throughout, and from a score of 710 on e^s is ∞. m′ = max(m, the block’s), and all terms are relative to it.',
      change: { start: 0, maximum: () => 0 },
    },
    {
      id: 'logarithm-of-the-sum',
      says: 'Your ls holds m + ln l, the logarithm of the whole sum. Asked is l itself, relative to m.',
      returns: ({ o, ms, ls }) => ({ o, ms, ls: ls.map((l, t) => ms[t]! + Math.log(l)) }),
    },
  ],

  hints: [
    'A softmax needs the maximum of all scores, and you have only seen some. Go on with the maximum so far, and correct what you have summed when a larger one turns up.',
    'm′ = max(m, max_j s_j); l′ = l e^(m - m′) + Σ_j e^(s_j - m′); o′ = o e^(m - m′) + Σ_j e^(s_j - m′) v_j; after the last block o / l.',
    'Start with m = -Infinity, l = 0 and o = zeros. Per block: mNew = Math.max(m, ...s); shrink = Math.exp(m - mNew); l *= shrink and o *= shrink; then for each j add e = Math.exp(s[j] - mNew) to l, and e * value to o; m = mNew.',
  ],
  followUps: [
    'Show that the result does not depend on how the scores are cut into blocks.',
    'What must be kept for the backward pass, beside Q, K, V and O, so that the weights can be computed again?',
    'Does this save arithmetic? What does it save, and why is it faster on a GPU?',
    'Two halves of the keys are on two machines, each with its m, l and o. How are they joined?',
  ],
});
