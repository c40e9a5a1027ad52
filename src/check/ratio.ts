/** What the ratio of a wrong gradient to the right one means. It is a hint, and reads like one. */

export interface RatioContext {
  readonly T?: number;
  readonly B?: number;
}

const near = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-6 * Math.abs(b);

/**
 * One sentence on analytic / numeric at the worst entry.
 * @param constant whether every entry of the tensor has this same ratio
 */
export function explainRatio(
  ratio: number | null,
  constant: boolean,
  { T = 1, B = 1 }: RatioContext,
): string {
  if (ratio === null) return 'Should be exactly zero: a path is open that does not exist.';
  const whole = constant ? 'every entry' : 'this entry';
  if (ratio === 0) return `Zero on ${whole} that has a gradient: a path is cut.`;
  if (near(ratio, -1)) return `The sign is wrong on ${whole}.`;
  if (constant) {
    if (T > 1 && near(ratio, 1 / T))
      return `Smaller by T = ${T} everywhere: a mean over time where the sum belongs.`;
    if (T > 1 && near(ratio, T))
      return `Larger by T = ${T} everywhere: a sum over time where the mean belongs.`;
    if (B > 1 && near(ratio, 1 / B))
      return `Smaller by B = ${B} everywhere: a mean over the batch where the sum belongs.`;
    if (B > 1 && near(ratio, B))
      return `Larger by B = ${B} everywhere: a sum over the batch where the mean belongs.`;
    if (near(ratio, 2)) return 'Twice everywhere: a term is added two times.';
    if (near(ratio, 0.5))
      return 'Half everywhere: a factor 2 is missing, or one of two equal terms.';
    return `Off by the same factor ${ratio.toPrecision(4)} everywhere.`;
  }
  if (near(ratio, 2)) return 'Twice here, not everywhere: a term is added two times on some paths.';
  if (ratio > 1)
    return 'Too large by a factor that differs from entry to entry: often a missing activation derivative, 1 / (1 - a²) or 1 / (a (1 - a)).';
  if (ratio > 0)
    return 'Too small by a factor that differs from entry to entry: often a term of the sum is missing.';
  return 'Even the sign differs, by a factor that differs from entry to entry: a term is missing or belongs to another variable.';
}
