/**
 * Derivatives by finite differences, of a function of one variable. The five-point rule is the everyday
 * one; Ridders' extrapolation costs more and brings its own error bar; the test for a break tells a corner or
 * a jump of the function from a mistake. A rule is a generator: it yields the points where it wants the function's value.
 */

/** Yields points x, is sent f(x), and comes to a result. */
export type Rule<R> = Generator<number, R, number>;

/** What a rule says of a function that is at hand. */
export function follow<R>(rule: Rule<R>, f: (x: number) => number): R {
  let step = rule.next();
  while (!step.done) step = rule.next(f(step.value));
  return step.value;
}

const epsilon = Number.EPSILON / 2;

/** The step that balances truncation h⁴ and rounding ε/h: ε^(1/5) max(1, |x|). */
export const fivePointStep = (x: number): number => epsilon ** (1 / 5) * Math.max(1, Math.abs(x));

export interface FivePoint {
  readonly derivative: number;
  /** The largest |f| that was seen: rounding errors are in proportion to it. */
  readonly largest: number;
  /** What a smooth f leaves beyond doubt: the rule at h and at 2h differ by more than either errs. */
  readonly doubt: number;
  /** Whether the four values and f(x) could come from a corner or a jump at x: `breakAt` decides. */
  readonly suspect: boolean;
}

/** Rounding errors of a difference of two values of this size. */
const noiseOf = (size: number): number => 64 * epsilon * size;

/**
 * f'(x) by four evaluations. Divides by the steps that were really taken, not by the ones asked for.
 * @param here f(x), if it is known; without it a corner that is seen from its tip looks smooth
 */
export function* fivePoint(x: number, here = NaN): Rule<FivePoint> {
  const h = fivePointStep(x);
  const [p1, p2, m1, m2] = [x + h, x + 2 * h, x - h, x - 2 * h];
  const [f1, f2, g1, g2] = [yield p1, yield p2, yield m1, yield m2];
  const near = (f1 - g1) / (p1 - m1);
  const far = (f2 - g2) / (p2 - m2);
  const largest = Math.max(Math.abs(f1), Math.abs(f2), Math.abs(g1), Math.abs(g2));
  // At half the step a smooth f leaves half of f(x+h) - f(x-h) and a quarter of its bend; a jump leaves all, a corner half.
  const bends = [f1 - here - (here - g1), f2 - here - (here - g2)].map(Math.abs);
  const noise = noiseOf(largest);
  return {
    derivative: (4 * near - far) / 3,
    largest,
    doubt: Math.abs(near - far) + noise / h,
    suspect:
      (Math.abs(f1 - g1) > noise && Math.abs(f1 - g1) > 0.75 * Math.abs(f2 - g2)) ||
      (bends[0]! > noise && bends[0]! > 0.375 * bends[1]!),
  };
}

/** f'(x) with an error bar: Ridders 1982, central differences at shrinking steps, extrapolated to zero. */
export function* ridders(x: number): Rule<{ derivative: number; bar: number }> {
  const shrink = 1.4;
  let h = 0.05 * Math.max(1, Math.abs(x));
  let previous: number[] = [];
  let best = { derivative: NaN, bar: Infinity };
  for (let level = 0; level < 12; level++) {
    const [ahead, behind] = [yield x + h, yield x - h];
    const row = [(ahead - behind) / (x + h - (x - h))];
    const rounding = (epsilon * Math.max(Math.abs(ahead), Math.abs(behind))) / h;
    let factor = shrink * shrink;
    for (let k = 1; k <= level; k++, factor *= shrink * shrink) {
      row.push((row[k - 1]! * factor - previous[k - 1]!) / (factor - 1));
      const bar = Math.max(
        Math.abs(row[k]! - row[k - 1]!),
        Math.abs(row[k]! - previous[k - 1]!),
        rounding,
      );
      if (bar <= best.bar) best = { derivative: row[k]!, bar };
    }
    if (level > 0 && Math.abs(row[level]! - previous[level - 1]!) >= 2 * best.bar) break;
    previous = row;
    h /= shrink;
  }
  return best;
}

/** Where a function has no derivative: its slope jumps, or it does itself. */
export type Break = 'kink' | 'jump';

/** What breaks f within reach of x: as the step shrinks the two sides stay apart, or their slopes do. */
export function* breakAt(x: number): Rule<Break | undefined> {
  const here = yield x;
  /** How far f(x + h) is from f(x - h), how far the slopes to them are apart, and the rounding errors in both. */
  function* sidesAt(h: number): Rule<{ step: number; gap: number; noise: number }> {
    const [ahead, behind] = [yield x + h, yield x - h];
    const size = Math.max(Math.abs(here), Math.abs(ahead), Math.abs(behind));
    return {
      step: Math.abs(ahead - behind),
      gap: Math.abs(ahead - here - (here - behind)) / h,
      noise: noiseOf(size),
    };
  }
  const h = fivePointStep(x);
  const wide = yield* sidesAt(h);
  const narrow = yield* sidesAt(h / 8);
  // Smooth: the gap is h f'' and shrinks eightfold. A corner: it stays. A jump: it grows eightfold, or is hidden.
  const noise = (8 * narrow.noise) / h;
  const apart = wide.gap > wide.noise / h && narrow.gap > noise;
  if (apart && narrow.gap > 0.5 * wide.gap && narrow.gap < 4 * wide.gap) return 'kink';
  // Smooth: the step is 2 h f' and shrinks eightfold. A jump: it stays.
  return narrow.step > narrow.noise && narrow.step > 0.5 * wide.step ? 'jump' : undefined;
}
