/**
 * Arithmetic that comes to a number, like `4*(256*384 + 256)`, in an answer and in a card of one's own
 * alike. It is parsed and calculated as an expression without names; nothing in it is ever run.
 */
import { calculate } from '../../notation/calculate.js';
import { NotationError } from '../../notation/index.js';
import { read } from '../../notation/read.js';
import { plainSpelling, strangeSigns } from '../../notation/spelling.js';

/** The functions that arithmetic may use. */
const functions = ['sqrt', 'exp', 'ln', 'log', 'tanh', 'sigmoid', 'σ'];
const name = `(?<!\\p{L})(${functions.join('|')})`;
const call = new RegExp(`${name}\\(`, 'gu');
/** ln 2, but not ln 1/2, which could be either. */
const bare = new RegExp(`${name}\\s*(\\d[\\d.]*)(?!\\s*[\\d./*^])`, 'gu');
/** The e of 1e6. */
const exponent = /(?<=[\d.])e(?=[-+]?\d)/giu;

const longest = 300;

/** What it comes to, which may be infinite or NaN; undefined where it is no arithmetic. */
export function arithmetic(typed: string): number | undefined {
  const spelled = typed.replaceAll('√', 'sqrt').replace(bare, '$1($2)'); // ln 2, √2
  if (/[=\p{L}]/u.test(spelled.replace(call, '(').replace(exponent, ''))) return undefined;
  const plain = plainSpelling(spelled);
  if (plain.length > longest || strangeSigns(plain).length > 0) return undefined;
  try {
    const valueOf = (unknown: string): never => {
      throw new NotationError('unreadable', `${unknown} is no number.`);
    };
    const { kind, data } = calculate(read(plain).term, {
      ...{ valueOf, dims: new Map(), lenient: true },
    });
    return kind === 'scalar' ? data[0] : undefined;
  } catch (fault) {
    if (fault instanceof NotationError) return undefined;
    throw fault;
  }
}
