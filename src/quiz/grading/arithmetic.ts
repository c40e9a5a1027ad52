/**
 * Arithmetic that comes to a number, like `4*(256*384 + 256)`, in an answer and in a card of one's own
 * alike. It is parsed and calculated as an expression without names but e and π; nothing in it is ever run.
 */
import { calculate } from '../../notation/calculate.js';
import { NotationError } from '../../notation/index.js';
import { read } from '../../notation/read.js';
import { plainSpelling, strangeSigns } from '../../notation/spelling.js';
import { scalarOf } from '../../notation/quantity.js';

const constants: ReadonlyMap<string, number> = new Map([
  ['e', Math.E],
  ['π', Math.PI],
  ['pi', Math.PI],
]);

/** The words that arithmetic may have, in the plain spelling. */
const words: ReadonlySet<string> = new Set([
  ...constants.keys(),
  ...['sqrt', 'exp', 'log', 'log1p', 'log2', 'log10', 'pow', 'square', 'sigmoid', 'softplus'],
  ...['tanh', 'cosh', 'sinh', 'sech', 'tanhSquared', 'sigmoidSquared', 'sechSquared'],
]);
/** The e of 1e6. */
const exponent = /(?<=[\d.])e(?=[-+]?\d)/giu;

const functions = ['sqrt', 'exp', 'ln', 'log', 'log2', 'log10', 'tanh', 'sigmoid', 'σ'];
/** ln 2 and ln 2 / ln 3, but not ln 1/2, which could be either. */
const bare = new RegExp(
  `(?<!\\p{L})(${functions.join('|')})\\s+(\\d[\\d.]*)(?!\\s*[\\d.*^]|\\s*/(?!\\s*-?\\s*(?:ln|log)))`,
  'gu',
);
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** What people write beside the signs of equations: √2, log₂ 8, ln 2, 0.9⁴⁹, ¾, 30 x 20, 0,5. */
const spelled = (typed: string): string =>
  typed
    .replaceAll('√', 'sqrt ')
    .replaceAll('₂', '2')
    .replace(/[¼-¾⅐-⅞]/gu, (share) => `(${share.normalize('NFKD').replace('⁄', '/')})`)
    .replace(/⁻?[⁰¹²³⁴⁵⁶⁷⁸⁹]{2,}|⁻[⁰¹²³⁴⁵⁶⁷⁸⁹]/gu, (run) => {
      const digits = Array.from(run.replace('⁻', ''), (digit) => superscripts.indexOf(digit)).join(
        '',
      );
      return `^(${run.startsWith('⁻') ? '-' : ''}${digits})`;
    })
    .replace(/(?<=[\d)])\s*[xX]\s*(?=[\d(])/gu, '*')
    .replace(/(?<![\d.,])0,(?=\d)/gu, '0.')
    .replace(bare, '$1($2)');

const longest = 300;

/** What it comes to, which may be infinite or NaN; undefined where it is no arithmetic. */
export function arithmetic(typed: string): number | undefined {
  const plain = plainSpelling(spelled(typed));
  if (plain.length > longest || strangeSigns(plain).length > 0) return undefined;
  const written = plain.replace(exponent, '').match(/\p{L}[\p{L}\d]*/gu) ?? [];
  if (!written.every((word) => words.has(word))) return undefined;
  try {
    const { defines, term } = read(plain);
    if (defines !== undefined) return undefined;
    const valueOf = (name: string) => {
      const value = constants.get(name);
      if (value === undefined) throw new NotationError('unreadable', `${name} is no number.`);
      return scalarOf(value);
    };
    const { kind, data } = calculate(term, { ...{ valueOf, dims: new Map(), lenient: true } });
    return kind === 'scalar' ? data[0] : undefined;
  } catch (fault) {
    if (fault instanceof NotationError) return undefined;
    throw fault;
  }
}
