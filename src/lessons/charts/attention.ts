/** Pictures of the lesson on attention. */
import { fillNormal, rng, softmaxRows } from '../../engine/index.js';
import { range, type Chart } from './chart.js';

const keys = 16;
const queries = 100;

/** The largest weight of a query over 16 keys, all entries standard normal, for each scale: its mean over 100 queries. */
function largestWeights(d: number, scales: readonly number[]): number[] {
  const random = rng(7);
  const [q, K] = [new Float64Array(d), new Float64Array(keys * d)];
  const sums = scales.map(() => 0);
  for (let n = 0; n < queries; n++) {
    fillNormal(q, random);
    fillNormal(K, random);
    const scores = Float64Array.from({ length: keys }, (_, j) =>
      q.reduce((dot, v, k) => dot + v * K[j * d + k]!, 0),
    );
    for (const [k, scale] of scales.entries()) {
      const weights = scores.map((score) => score * scale);
      softmaxRows(weights, keys, 1, keys);
      sums[k]! += Math.max(...weights);
    }
  }
  return sums.map((sum) => sum / queries);
}

/** What the scale is for: with it, the sharpness of a softmax does not depend on the width of a head. */
export function attentionScale(): Chart {
  const measured = range(0, 16).map((k) => {
    const d = Math.round(2 ** (k / 2));
    return { d, weights: largestWeights(d, [1, 1 / Math.sqrt(d), 1 / d]) };
  });
  const line = (mark: string, name: string, scale: number) => ({
    ...{ mark, name },
    points: measured.map(({ d, weights }) => [d, weights[scale]!] as const),
  });
  return {
    title: 'The largest of 16 weights, by the width of the head: random queries and keys',
    x: { label: 'd_k', scale: 'log', format: String },
    y: { label: 'largest weight', scale: 'linear', format: (value) => value.toFixed(1) },
    series: [
      line('n', 'not scaled', 0),
      line('s', 'divided by √d_k', 1),
      line('d', 'divided by d_k', 2),
    ],
  };
}
