/** Counts of bytes as a person reads them: exact, or short. Units are powers of 1000, as memory is sold. */

/** A whole number with its thousands apart: 14,680,064. */
export const grouped = (n: number): string => n.toLocaleString('en-US');

const units = ['B', 'kB', 'MB', 'GB', 'TB', 'PB', 'EB'] as const;

/** Three digits and a unit: 14.7 MB; whole bytes below 1 kB. */
export function shortBytes(n: number): string {
  let unit = Math.max(0, Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, n)) / 3)));
  // 999,999 is 1000 kB to three digits: the next unit's 1.
  if (unit < units.length - 1 && Number((n / 1000 ** unit).toPrecision(3)) >= 1000) unit++;
  return `${unit === 0 ? n : Number((n / 1000 ** unit).toPrecision(3))} ${units[unit]!}`;
}
