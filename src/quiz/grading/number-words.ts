/** Small numbers and simple shares in words, `twelve`, `a quarter`, `three fourths`, as they are spoken. */

const ones = [
  ...['zero', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'],
  ...['eleven', 'twelve', 'thirteen', 'fourteen', 'fifteen', 'sixteen'],
  ...['seventeen', 'eighteen', 'nineteen'],
];
const tens = ['twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];

const cardinals: ReadonlyMap<string, number> = new Map([
  ...ones.map((word, n) => [word, n] as const),
  ...tens.map((word, k) => [word, 20 + 10 * k] as const),
  ...tens.flatMap((ten, k) =>
    ones.slice(1, 10).map((one, n) => [`${ten} ${one}`, 21 + 10 * k + n] as const),
  ),
]);

/** What a share's word divides by. */
const parts: ReadonlyMap<string, number> = new Map([
  ...(['half', 'halve'] as const).map((word) => [word, 2] as const),
  ...['third', 'quarter', 'fifth', 'sixth', 'seventh', 'eighth', 'ninth', 'tenth'].map(
    (word, k) => [word, 3 + k] as const,
  ),
  ['fourth', 4],
]);

/** The number that the words name, or undefined. */
export function numberInWords(given: string): number | undefined {
  const words = given
    .toLowerCase()
    .replace(/[-\s]+/gu, ' ')
    .replace(/\.$/, '')
    .trim();
  const whole = cardinals.get(words);
  if (whole !== undefined) return whole;
  const [, count = 'one', part = ''] = /^(?:(an?|\p{L}+) )?(\p{L}+?)s?$/u.exec(words) ?? [];
  const above = /^an?$/.test(count) ? 1 : cardinals.get(count);
  const below = parts.get(part);
  return above === undefined || below === undefined ? undefined : above / below;
}
