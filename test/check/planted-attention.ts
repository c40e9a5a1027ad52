/** Backward passes of scaled dot-product attention, one sequence and one head, with one mistake planted in each. */
import type { Arrays } from '../../src/engine/index.js';

export const attentionMistakes = {
  'query-scale-lost': 'dQ = dS K: the factor 1/√d is missing.',
  'key-scale-lost': 'dK = dSᵀ Q: the factor 1/√d is missing.',
  'scale-by-d': 'dQ and dK are divided by d, where √d belongs.',
  'row-term-lost': 'dS = P ⊙ dP: the softmax term -Σ_j P_j dP_j of the row is missing.',
  'column-term': 'The softmax term is summed over queries instead of keys.',
  'row-term-unweighted': 'The softmax term is the mean of dP, not weighed by P.',
  'value-uses-scores': 'dV = Sᵀ dO, where the probabilities belong.',
  'value-not-transposed': 'dV = P dO, where Pᵀ belongs.',
  'key-uses-key': 'dK = dSᵀ K, where Q belongs.',
  'first-query-skipped': 'The sums over queries forget the first.',
  'last-key-detached': 'No gradient goes through the weight of the last key.',
  'one-sign': 'One entry of dQ has the wrong sign.',
  'one-percent': 'One entry of dK is 1 % too large.',
} as const;

/** The gradients of causal attention, T queries and keys of size d, with one mistake; with `none`, the right ones. */
export function plantedAttention(
  mistake: string,
  { T, d }: { readonly T: number; readonly d: number },
  { Q, K, V }: Arrays,
  dO: Float64Array,
): Arrays {
  const is = (id: keyof typeof attentionMistakes): boolean => mistake === id;
  const steps = Array.from({ length: T }, (_, t) => t);
  const row = (flat: Float64Array, t: number): number[] => [...flat.subarray(t * d, t * d + d)];
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, v, k) => sum + v * b[k]!, 0);

  const S = steps.map((i) => steps.map((j) => dot(row(Q!, i), row(K!, j)) / Math.sqrt(d)));
  const P = S.map((scores, i) => {
    const e = scores.map((s, j) => (j > i ? 0 : Math.exp(s)));
    const sum = e.reduce((a, b) => a + b, 0);
    return e.map((v) => v / sum);
  });
  const dP = steps.map((i) => steps.map((j) => dot(row(dO, i), row(V!, j))));
  const term = (i: number, j: number): number => {
    if (is('row-term-lost')) return 0;
    if (is('column-term')) return dot(P.map((p) => p[j]!), dP.map((p) => p[j]!)); // prettier-ignore
    if (is('row-term-unweighted'))
      return dP[i]!.slice(0, i + 1).reduce((a, b) => a + b, 0) / (i + 1);
    return dot(P[i]!, dP[i]!);
  };
  const dS = steps.map((i) =>
    steps.map((j) =>
      is('last-key-detached') && j === T - 1 ? 0 : P[i]![j]! * (dP[i]![j]! - term(i, j)),
    ),
  );
  const scale = is('scale-by-d') ? d : Math.sqrt(d);
  const from = is('first-query-skipped') ? 1 : 0;
  const gradients = {
    Q: new Float64Array(T * d),
    K: new Float64Array(T * d),
    V: new Float64Array(T * d),
  };
  for (const i of steps)
    for (const j of steps)
      for (let k = 0; k < d; k++) {
        gradients.Q[i * d + k]! += (dS[i]![j]! * K![j * d + k]!) / (is('query-scale-lost') ? 1 : scale);
        if (i < from) continue;
        const [weight, paired] = [is('value-uses-scores') ? S[i]![j]! : P[i]![j]!, is('key-uses-key') ? K! : Q!];
        gradients.K[j * d + k]! += (dS[i]![j]! * paired[i * d + k]!) / (is('key-scale-lost') ? 1 : scale);
        gradients.V[(is('value-not-transposed') ? i : j) * d + k]! += weight * dO[(is('value-not-transposed') ? j : i) * d + k]!;
      } // prettier-ignore
  if (is('one-sign')) gradients.Q[T * d - 1]! *= -1;
  if (is('one-percent')) gradients.K[0]! *= 1.01;
  return gradients;
}
