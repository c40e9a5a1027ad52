/** Numbers as a person reads them. */

/** Two digits and an exponent: 3.1e-1; 0 as 0. */
export const short = (x: number): string => (x === 0 ? '0' : x.toExponential(1));

/** Four significant digits, plain where that is short. */
export function four(x: number): string {
  if (!Number.isFinite(x)) return String(x);
  if (Number.isInteger(x) && Math.abs(x) < 1e6) return String(x);
  const size = Math.abs(x);
  return size >= 1e-3 && size < 1e6 ? String(Number(x.toPrecision(4))) : x.toExponential(3);
}

/** Two numbers with as many digits as it takes to see that they differ; four where they do not. */
export function apart(a: number, b: number): [string, string] {
  const short4: [string, string] = [four(a), four(b)];
  if (short4[0] !== short4[1] || Object.is(a, b)) return short4;
  for (let digits = 5; digits <= 17; digits++) {
    const more: [string, string] = [a.toPrecision(digits), b.toPrecision(digits)];
    if (more[0] !== more[1]) return more;
  }
  return short4;
}

type Plain = number | readonly Plain[];

/** A nested list as one line: [1 2; 3 4]; long ones are cut, and say so. */
export function nested(value: Plain, most = 8): string {
  if (typeof value === 'number') return four(value);
  const items = value
    .slice(0, most)
    .map((item) => (typeof item === 'number' ? four(item) : nested(item, most).slice(1, -1)));
  const rest = value.length > most ? ` … ${value.length - most} more` : '';
  return `[${items.join(typeof value[0] === 'number' ? ' ' : '; ')}${rest}]`;
}

/** A time on a clock: 0:41, 12:05. Milliseconds in; seconds are cut, not rounded. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** How long something took: 250 ms, 2.8 s. Milliseconds in. */
export const took = (ms: number): string =>
  ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`;
