/**
 * Term → text in two scripts, terminal Unicode and TeX, by one walk. Brackets are put back from the
 * precedence of the signs, not copied, and what is printed can be typed back as an answer.
 */
import { statementOf, type Equation } from './equation.js';
import { NotationError } from './error.js';
import { read } from './read.js';
import type { Shape } from './shape.js';
import { symbolTex, symbolUnicode } from './symbols.js';
import { namesIn, type BinaryOperator, type FunctionName, type Term } from './term.js';

interface Script {
  readonly symbol: (name: string) => string;
  readonly sign: Readonly<Record<'.*' | '*' | '-' | '/', string>>;
  readonly bracket: (inner: string) => string;
  readonly list: (inner: readonly string[]) => string;
  readonly raise: (base: string, exponent: string) => string;
  readonly transpose: (base: string) => string;
  readonly part: (base: string, which: 'h' | 'x') => string;
  readonly fn: (name: string) => string;
}

const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

const unicode: Script = {
  symbol: symbolUnicode,
  sign: { '.*': ' ⊙ ', '*': ' · ', '-': ' - ', '/': ' / ' },
  bracket: (inner) => `(${inner})`,
  list: (inner) => `[${inner.join(', ')}]`,
  raise: (base, exponent) =>
    /^\d+$/.test(exponent)
      ? base + exponent.replace(/\d/g, (digit) => superscripts[Number(digit)]!)
      : `${base}^(${exponent})`,
  transpose: (base) => `${base}ᵀ`,
  part: (base, which) => `${base}[${which === 'h' ? ':H' : 'H:'}]`, // as slices in code, from 0
  fn: (name) => (name === 'sigmoid' ? 'σ' : name),
};

const texFunctions = ['tanh', 'exp', 'log', 'cosh', 'sinh'];
const tex: Script = {
  symbol: symbolTex,
  sign: { '.*': ' \\odot ', '*': ' \\cdot ', '-': ' - ', '/': ' / ' },
  bracket: (inner) => `\\left(${inner}\\right)`,
  list: (inner) => `[${inner.join(', ')}]`,
  raise: (base, exponent) => `${base}^{${exponent}}`,
  transpose: (base) => `${base}^{\\top}`,
  part: (base, which) => `${base}_{${which === 'h' ? '1:H' : 'H+1:H+D'}}`,
  fn: (name) => {
    if (name === 'sigmoid') return '\\sigma';
    return texFunctions.includes(name) ? `\\${name}` : `\\operatorname{${name}}`;
  },
};

/** How tightly a printed form holds together; brackets go around anything looser than its place. */
const tight = { sum: 1, hadamard: 2, product: 3, power: 4, atom: 5 } as const;

interface Printed {
  readonly text: string;
  readonly holds: number;
}

function print(term: Term, script: Script, shapes: Readonly<Record<string, Shape>>): Printed {
  const of = (inner: Term): Printed => print(inner, script, shapes);
  const within = (inner: Term, holds: number): string => {
    const printed = of(inner);
    return printed.holds < holds ? script.bracket(printed.text) : printed.text;
  };
  const atom = (text: string): Printed => ({ text, holds: tight.atom });
  const power = (base: Term, exponent: Term): Printed => {
    const raised = of(exponent).text;
    if (base.kind === 'call' && base.args.length === 1 && raised === '2')
      return atom(
        script.raise(script.fn(base.to), raised) + script.bracket(of(base.args[0]!).text),
      );
    return { text: script.raise(within(base, tight.atom), raised), holds: tight.power };
  };
  const binary = (sign: BinaryOperator, left: Term, right: Term): Printed => {
    const join = (text: string, holds: number, after: number): Printed => ({
      text: within(left, holds) + text + within(right, after),
      holds,
    });
    switch (sign) {
      case '+':
        return join(' + ', tight.sum, tight.sum);
      case '-':
        return join(script.sign['-'], tight.sum, tight.hadamard);
      case '.*':
        return join(script.sign['.*'], tight.hadamard, tight.hadamard);
      case '/':
      case './':
        return join(script.sign['/'], tight.hadamard, tight.product);
      case '*':
      case '@':
        return isScalar(left, shapes) && isScalar(right, shapes)
          ? join(script.sign['*'], tight.hadamard, tight.hadamard)
          : join(' ', tight.product, tight.product);
      case '^':
      case '.^':
        return power(left, right);
    }
  };
  switch (term.kind) {
    case 'number':
      return atom(String(term.value));
    case 'symbol':
      return atom(script.symbol(term.name));
    case 'group':
      return of(term.of);
    case 'negative':
      return { text: `-${within(term.of, tight.hadamard)}`, holds: tight.sum };
    case 'call':
      return call(
        term.to,
        term.args.map((arg) => of(arg).text),
        script,
      );
    case 'concat':
      return atom(script.list(term.parts.map((part) => of(part).text)));
    case 'transpose':
      return atom(script.transpose(within(term.of, tight.atom)));
    case 'part':
      return atom(script.part(within(term.of, tight.atom), term.which));
    case 'binary':
      return binary(term.operator, term.left, term.right);
  }
}

function call(to: FunctionName, args: readonly string[], script: Script): Printed {
  const [, base, suffix] = /^(.+?)(Squared|Prime)?$/.exec(to) as unknown as [
    string,
    string,
    string?,
  ];
  const name = suffix === 'Squared' ? script.raise(script.fn(base), '2') : script.fn(base);
  return {
    text: name + (suffix === 'Prime' ? "'" : '') + script.bracket(args.join(', ')),
    holds: tight.atom,
  };
}

const isScalar = (term: Term, shapes: Readonly<Record<string, Shape>>): boolean =>
  namesIn(term).every((name) => shapes[name]?.length === 0);

const printed = (eq: Equation, script: Script): string =>
  `${script.symbol(eq.defines)} = ${print(statementOf(eq).term, script, eq.symbols).text}`;

/** One term of an equation in Unicode, without a bracket around it. */
export const termUnicode = (term: Term, shapes: Readonly<Record<string, Shape>>): string =>
  print(term, unicode, shapes).text;

/** The equation in TeX: `f_t = \sigma\left(W_f [h_{t-1}, x_t] + b_f\right)`. */
export const toTex = (eq: Equation): string => printed(eq, tex);

/** The equation in Unicode: `f = σ(W_f [h₋, x] + b_f)`. */
export const toUnicode = (eq: Equation): string => printed(eq, unicode);

/**
 * Any expression in Unicode: `dc .* o` → `dc ⊙ o`. One that does not read comes back as it is.
 * @param symbols the shapes of its names; they decide which products are written with a sign.
 */
export function expressionUnicode(text: string, symbols: Readonly<Record<string, Shape>>): string {
  try {
    const { defines, term } = read(text);
    const right = termUnicode(term, symbols);
    return defines === undefined ? right : `${symbolUnicode(defines)} = ${right}`;
  } catch (fault) {
    if (fault instanceof NotationError) return text;
    throw fault;
  }
}
