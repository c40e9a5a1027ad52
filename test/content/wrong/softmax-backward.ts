/** Wrong solutions of the katas that go back through a softmax. */
import { map, matrixProduct, scaleMatrix, softmax, times, transposed, zip } from 'bptt/define';
import type { Matrix, Vector } from 'bptt/define';
import type { Wrong } from './wrong.js';

type Attention = Record<'Q' | 'K' | 'V' | 'P' | 'dO', Matrix>;

function attentionBack(
  { Q, K, V, P, dO }: Attention,
  {
    dK = (right: Matrix): Matrix => right,
    dQ = (right: Matrix): Matrix => right,
    dV = (right: Matrix): Matrix => right,
  } = {},
) {
  const root = Math.sqrt(K[0]!.length);
  const dP = matrixProduct(dO, transposed(V));
  const dS = P.map((p, t) => {
    const mean = times(p, dP[t]!).reduce((a, b) => a + b, 0);
    return zip(p, dP[t]!, (pj, dpj) => (pj * (dpj - mean)) / root);
  });
  return {
    dQ: dQ(matrixProduct(dS, K)),
    dK: dK(matrixProduct(transposed(dS), Q)),
    dV: dV(matrixProduct(transposed(P), dO)),
  };
}

export const softmaxBackward: readonly Wrong[] = [
  {
    kata: 'attention-backward',
    what: 'dQ has the factor 1/√d_k twice',
    solve: (given: Attention) =>
      attentionBack(given, { dQ: (d) => scaleMatrix(d, 1 / Math.sqrt(given.K[0]!.length)) }),
    says: /Your dQ has Kᵀ de \/ D where Kᵀ de \/ sqrt\(D\) belongs/,
  },
  {
    kata: 'attention-backward',
    what: 'dK for the first query only',
    solve: (given: Attention) => {
      const { dK } = attentionBack({
        ...given,
        Q: given.Q.slice(0, 1),
        P: given.P.slice(0, 1),
        dO: given.dO.slice(0, 1),
      });
      return { ...attentionBack(given), dK };
    },
    says: /In your dK, there is the term of the first step only/,
  },
  {
    kata: 'softmax-cross-entropy',
    what: 'half the gradient',
    solve: ({ logits, target }: { logits: Vector; target: number }) => {
      const p = softmax(logits);
      return {
        loss: -Math.log(p[target]!),
        dLogits: map(p, (v) => v / 2).map((v, j) => (j === target ? v - 0.5 : v)),
      };
    },
    says: /Your dLogits is half of/,
  },
];
