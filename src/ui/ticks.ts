/** Round values for an axis, ascending: 1, 2, 5 times a power of ten, or powers of two or ten on a log axis. */

const powerOfTen = (e: number): number => Number(`1e${e}`);
const steps = [1, 2, 5] as const;

/**
 * Whole multiples of the smallest 1, 2 or 5 times a power of ten that needs no more than `most` of them
 * (3 at least: from -1 to 1). Values up to 1e300 in size.
 */
export function linearTicks(values: readonly number[], most: number): number[] {
  let [low, high] = [Math.min(...values), Math.max(...values)];
  // Closer than twelve digits can tell them apart is one value.
  if (high - low <= 1e-12 * Math.max(-low, high))
    [low, high] = low === 0 ? [0, 1] : [Math.min(low, 0), Math.max(low, 0)];
  for (let e = Math.max(-300, Math.floor(Math.log10(high - low)) - 2); ; e++)
    for (const step of steps) {
      const size = step * powerOfTen(e);
      const [first, last] = [Math.floor(low / size), Math.ceil(high / size)];
      if (last - first + 1 > Math.max(3, most)) continue;
      return Array.from({ length: last - first + 1 }, (_, k) => {
        const times = (first + k) * step;
        // A division is rounded once; a product with 0.1 would show 0.30000000000000004.
        return e < 0 ? times / powerOfTen(-e) : times * powerOfTen(e);
      });
    }
}

/**
 * Powers of two where every value is one, else powers of ten; where those span at most two decades,
 * 2 and 5 times them as well. Values are positive; at most `most` ticks (3 at least).
 */
export function logTicks(values: readonly number[], most: number): number[] {
  const [low, high] = [Math.min(...values), Math.max(...values)];
  if (values.every((value) => 2 ** Math.round(Math.log2(value)) === value))
    return powers(Math.log2(low), Math.log2(high), most, (e) => 2 ** e);
  const [first, last] = [Math.floor(Math.log10(low)), Math.ceil(Math.log10(high))];
  if (last - first <= 2) {
    const fine = [first, first + 1, first + 2].flatMap((e) =>
      steps.map((step) => Number(`${step}e${e}`)),
    );
    const from = Math.max(
      0,
      fine.findLastIndex((value) => value <= low),
    );
    const to = fine.findIndex((value) => value >= high);
    if (to - from < most) return fine.slice(from, to + 1);
  }
  return powers(first, last, most, powerOfTen).filter((value) => value > 0 && value < Infinity);
}

/** Powers first, first + n, … with a round n that needs no more than `most` of them. */
function powers(first: number, last: number, most: number, power: (e: number) => number): number[] {
  const count = (n: number): number => Math.floor((last - first) / n) + 1;
  const n = [1, 2, 3, 5, 10, 20, 30, 50, 100, 200].find((size) => count(size) <= most) ?? 400;
  return Array.from({ length: count(n) }, (_, k) => power(first + k * n));
}
