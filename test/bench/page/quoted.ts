/**
 * JAX in float64, as it was measured before this tool was written: one thread of another machine (AMD EPYC,
 * family 26), milliseconds. Only their ratio to that machine's own rate of multiply-adds is comparable.
 */

/** Multiply-adds a second there, by its best float64 product with SIMD128 and without fused multiply-add. */
export const quotedRate = 14e9;

/** A time there as the multiply-adds that go into it at that rate. */
export const quotedCount = (ms: number): number => (ms / 1000) * quotedRate;

export interface Quoted {
  readonly name: string;
  /** (T,B,D,H). */
  readonly config: string;
  readonly ms: number;
}

const five = ['100,1,32,32', '100,1,64,64', '100,1,128,128', '100,32,64,64', '100,32,128,128'];
const row = (name: string, times: readonly number[]): Quoted[] =>
  times.map((ms, k) => ({ name, config: five[k]!, ms }));

export const quotedJax: readonly Quoted[] = [
  ...row('lstm forward', [0.2, 0.31, 0.83, 5.5, 16.5]),
  ...row('lstm forward+backward', [0.6, 0.79, 2.09, 29.1, 70.8]),
];
