/**
 * Sums and inner products with signs of their own, `Σ_j p_j dp_j` and `⟨p, dp⟩` → `sum(p .* dp)`, `dot(p, dp)`.
 * The index is left out where it can only be meant in one way; else it stays, and does not read.
 */

const sign =
  /(?:Σ|∑|\\sum(?![a-z])|(?<![\p{L}_])sum(?=_\{?[ijkmn](?![\p{L}\p{N}])))(?:_\{?([ijkmn])(?: ?= ?[01])?\}?(?:\^\{?\p{L}\}?)?)? */u;

/** The names of one index: `p_j`, `dp_{j}`. */
const indexed = (letter: string): RegExp =>
  new RegExp(`(?<=\\p{L})_(?:${letter}(?![\\p{L}\\p{N}])|\\{${letter}\\})`, 'gu');
const anyIndex = indexed('[ijkmn]');

/** Where the product after a sum sign ends: at a + or - or bracket that is not inside it. */
function endOfProduct(text: string): number {
  let depth = 0;
  for (const [k, character] of text.split('').entries()) {
    if ('([{'.includes(character)) depth++;
    if (')]}'.includes(character) && depth-- === 0) return k;
    if (depth === 0 && k > 0 && '+-−,='.includes(character)) return k;
  }
  return text.length;
}

/** The first sum sign at or after `from` as a call of sum, and where to look on; undefined if there is none. */
function oneSum(text: string, from: number): { text: string; next: number } | undefined {
  const found = sign.exec(text.slice(from));
  if (!found) return undefined;
  const [whole, index] = found;
  const at = from + found.index;
  const before = text.slice(0, at);
  const rest = text.slice(at + whole.length);
  const product = rest.slice(0, endOfProduct(rest));
  const after = rest.slice(product.length);
  if (index === undefined) return { text: `${before}sum(${product})${after}`, next: at };
  // Inside, only the sum's own index; outside, one other: p_i (dp_i - Σ_j p_j dp_j).
  const summed = product.replace(indexed(index), '');
  const free = new Set((before + after).match(anyIndex)?.map((one) => one.replace(/[_{}]/g, '')));
  if (summed.match(anyIndex) || free.size > 1 || free.has(index))
    return { text: `${before}∑${rest}`, next: at + 1 };
  const outside = before.replace(anyIndex, '');
  return { text: `${outside}sum(${summed})${after.replace(anyIndex, '')}`, next: outside.length };
}

/** The same text with the signs of sums and inner products as calls. */
export function sumsCalled(typed: string): string {
  let text = typed
    .replace(/\\(?:left|right)(?![a-z])/gu, '')
    .replace(
      /(?:⟨|\\langle(?![a-z])) ?([^⟨⟩,\\]*), ?([^⟨⟩\\]*?) ?(?:⟩|\\rangle(?![a-z]))/gu,
      'dot($1, $2)',
    );
  for (let next = oneSum(text, 0); next; next = oneSum(text, next.next)) text = next.text;
  return text;
}
