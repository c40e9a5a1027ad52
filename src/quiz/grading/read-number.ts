/** A typed number with thousands separators, an exponent and a unit. Arithmetic is not read here. */

export type ReadNumber =
  | {
      readonly kind: 'number';
      readonly value: number;
      /** A number written short, `0.4 M`, `3.9e5`, `47 %` or `0.47`: half of its last digit's place. Else 0. */
      readonly rounding: number;
      /** `24.704` and `2,127` could be a thousand times this, or a thousandth: that number. */
      readonly other?: number;
    }
  /** A number with a unit that does not fit. */
  | { readonly kind: 'refused'; readonly says: string }
  /** Something else. */
  | { readonly kind: 'text' };

const sizes = ['', 'k', 'm', 'g', 't', 'p'];

/** Factors of bytes by lower-case unit: kB = 1000, KiB = 1024. */
const byteUnits: ReadonlyMap<string, number> = new Map([
  ...['b', 'byte', 'bytes'].map((unit) => [unit, 1] as const),
  ...['bit', 'bits'].map((unit) => [unit, 1 / 8] as const),
  ...sizes
    .slice(1)
    .flatMap((prefix, k) => [
      [`${prefix}b`, 1000 ** (k + 1)] as const,
      [`${prefix}ib`, 1024 ** (k + 1)] as const,
    ]),
  ...sizes.slice(1).map((prefix, k) => [`${prefix}bytes`, 1000 ** (k + 1)] as const),
  ...['kilo', 'mega', 'giga', 'tera'].map((w, k) => [`${w}bytes`, 1000 ** (k + 1)] as const),
  ...['kibi', 'mebi', 'gibi', 'tebi'].map((w, k) => [`${w}bytes`, 1024 ** (k + 1)] as const),
]);

const timeUnits: ReadonlyMap<string, number> = new Map([
  ['millisecond', 1],
  ['milliseconds', 1],
  ...['s', 'sec', 'second', 'seconds'].map((unit) => [unit, 1000] as const),
]);

const countUnits: ReadonlyMap<string, number> = new Map([
  ['k', 1e3],
  ['m', 1e6],
  ['g', 1e9],
  ['b', 1e9],
  ['t', 1e12],
  ['thousand', 1e3],
  ['million', 1e6],
  ['billion', 1e9],
  ['trillion', 1e12],
]);

/** What people write for the units of cards, without the s of the plural. */
const synonyms: ReadonlyMap<string, string> = new Map([
  ['param', 'parameter'],
  ['mac', 'multiply add'],
  ['fma', 'multiply add'],
  ['flop', 'operation'],
  ['op', 'operation'],
  ['x', 'time'],
  ['timestep', 'step'],
  ['time step', 'step'],
]);

/** One spelling for `Multiply-adds`, `multiply add` and `MACs`. */
function unitName(written: string): string {
  const singular = written
    .toLowerCase()
    .replaceAll('-', ' ')
    .replace(/(?<=\p{L}{2})s$/u, '');
  return synonyms.get(singular) ?? singular;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/**
 * `3 · 10⁵`, `3 x 10^5` → `3e5`; minus signs of every kind become one. A power of ten has a sign of its own:
 * `8*1024` is arithmetic.
 */
const plain = (text: string): string =>
  text
    .replace(/[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+/gu, (raised) => `^${raised}`)
    .replace(/[−–—‐‑⁻]/gu, '-')
    .replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹]/gu, (digit) => String(superscripts.indexOf(digit)))
    .replace(/\s*×$/u, ' x')
    .replace(/\s*[x×·*]\s*10\s*(?:\^|\*\*)\s*\(?([-+]?\d{1,3})\)?(?=\s|$)/iu, 'e$1')
    .trim();

/** Digits without separators: `394,240`, `394 240`, `1.394.240`; `0,5` has a decimal comma. */
function digitsOf(text: string): string | undefined {
  if (/^\d+(\.\d*)?$|^\.\d+$/.test(text)) return text;
  if (/^[1-9]\d{0,2}([,_' \u00a0\u2009\u202f])\d{3}(\1\d{3})*(\.\d+)?$/u.test(text))
    return text.replace(/[,_' \u00a0\u2009\u202f]/gu, '');
  if (/^[1-9]\d{0,2}(\.\d{3}){2,}(,\d+)?$/.test(text))
    return text.replaceAll('.', '').replace(',', '.');
  if (/^\d+,\d+$/.test(text)) return text.replace(',', '.');
  return undefined;
}

/**
 * Reads a number.
 * @param unit the card's unit; `bytes` makes it read byte units.
 */
export function readNumber(given: string, unit: string | undefined): ReadNumber {
  const match =
    /^(?:≈|~|about )?\s*([-+]?)([\d.,_' \u00a0\u2009\u202f]*?)(e[-+]?\d{1,4})?\s*(%|\p{L}[\p{L} -]*)?$/iu.exec(
      plain(given),
    );
  if (!match) return { kind: 'text' };
  const digits = digitsOf(match[2]!.trim());
  if (digits === undefined) return { kind: 'text' };
  const number = Number(`${match[1]!}${digits}${match[3] ?? ''}`);
  const written = match[4]?.trim() ?? '';
  const factor = factorOf(written, unit);
  if (factor === undefined)
    return {
      kind: 'refused',
      says: `«${written}» is not a unit here${unit === undefined ? '' : `; the answer is in ${unit}`}.`,
    };
  const decimals = digits.split('.')[1]?.length ?? 0;
  const short = match[3] !== undefined || factor !== 1 || decimals > 0;
  const place = 10 ** (Number((match[3] ?? 'e0').slice(1)) - decimals) * factor;
  const value = number * factor;
  const [, separator] = /^[1-9]\d{0,2}([.,])\d{3}$/.exec(match[2]!.trim()) ?? [];
  return {
    ...{ kind: 'number', value, rounding: short ? place / 2 : 0 },
    ...(separator !== undefined && { other: separator === '.' ? value * 1000 : value / 1000 }),
  };
}

/** `4 * 256 * 385 parameters`: arithmetic and the factor of the unit after it, if there is one that fits. */
export function withoutUnit(
  given: string,
  unit: string | undefined,
): { readonly number: string; readonly factor: number } | undefined {
  const [, number, written] = /^(.*[\d)\]¼-¾⅐-⅞⁰¹²³⁴-⁹])\s*(%|\p{L}[\p{L} -]*)$/u.exec(given) ?? [];
  if (number === undefined || written === undefined) return undefined;
  const factor = factorOf(written.trim(), unit);
  return factor === undefined ? undefined : { number, factor };
}

function factorOf(written: string, unit: string | undefined): number | undefined {
  const key = written.toLowerCase();
  const isUnit = (text: string): boolean => unit !== undefined && unitName(text) === unitName(unit);
  if (key === '' || isUnit(key)) return 1;
  if (['%', 'percent', 'per cent', 'pct'].includes(key) && unit !== 'bytes') return 0.01;
  const [first = '', ...rest] = key.split(' ');
  if (unit === 'ms') return timeUnits.get(key);
  if (unit === 'bytes')
    return (
      byteUnits.get(key) ??
      (first.length > 1 && byteUnits.get(rest.join(' ')) === 1 ? countUnits.get(first) : undefined)
    );
  if (isUnit(rest.join(' '))) return countUnits.get(first);
  const [, prefix = '', after = ''] = /^([kmgt])(\p{L}+)$/u.exec(key) ?? [];
  return isUnit(after) ? countUnits.get(prefix) : countUnits.get(key);
}
