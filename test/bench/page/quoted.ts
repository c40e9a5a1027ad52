/**
 * PyTorch and JAX in float64, as they were measured before this tool was written: one thread of another machine
 * (AMD EPYC, family 26), milliseconds. Only their ratio to that machine's own rate of multiply-adds is comparable.
 */

/** Multiply-adds a second there, by its best float64 product with SIMD128 and without fused multiply-add. */
export const quotedRate = 14e9;

/** A time there as the multiply-adds that go into it at that rate. */
export const quotedCount = (ms: number): number => (ms / 1000) * quotedRate;

export interface Quoted {
  readonly name: string;
  /** (T,B,D,H). */
  readonly config: string;
  readonly pytorch: number;
  readonly jax?: number;
}

const five = ['100,1,32,32', '100,1,64,64', '100,1,128,128', '100,32,64,64', '100,32,128,128'];
const row = (name: string, pytorch: readonly number[], jax?: readonly number[]): Quoted[] =>
  pytorch.map((ms, k) => ({
    ...{ name, config: five[k]!, pytorch: ms },
    ...(jax === undefined ? {} : { jax: jax[k]! }),
  }));

export const quotedCells: readonly Quoted[] = [
  ...row('lstm forward', [0.74, 0.93, 1.69, 7.98, 23.1], [0.2, 0.31, 0.83, 5.5, 16.5]),
  ...row('lstm forward+backward', [6.91, 8.34, 12.9, 32.7, 85.7], [0.6, 0.79, 2.09, 29.1, 70.8]),
  ...row('gru forward+backward', [7.7, 8.1, 12.1, 27.3, 62.5]),
  ...row('rnn forward+backward', [2.2, 2.4, 3.2, 9.1, 22.2]),
];

export const quotedAttention: readonly Quoted[] = [
  { name: 'attention online forward', config: '256,1,64,64', pytorch: 0.42 },
  { name: 'attention online forward', config: '1024,1,64,64', pytorch: 6.6 },
  { name: 'attention online forward', config: '4096,1,64,64', pytorch: 107 },
  { name: 'attention online forward+backward', config: '256,1,64,64', pytorch: 1.5 },
  { name: 'attention online forward+backward', config: '1024,1,64,64', pytorch: 26 },
  { name: 'attention online forward+backward', config: '4096,1,64,64', pytorch: 419 },
];

/** One step at H = D = 64, and `torch.autograd.gradcheck` of 2,176 parameters at T = 20. */
export const quotedOthers: readonly Quoted[] = [
  { name: 'lstm streaming step', config: '1,1,64,64', pytorch: 0.0168 },
  { name: 'exhaustive gradient check', config: '20,1,17,16', pytorch: 1810 },
];
