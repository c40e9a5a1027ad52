/**
 * Term → numbers. Strict for our own equations; lenient for what a learner types, where `*`, `^` and
 * `/` between vectors can only mean element by element, because two columns have no matrix product.
 */
import { NotationError } from './error.js';
import * as q from './quantity.js';
import type { Quantity } from './quantity.js';
import type { BinaryOperator, FunctionName, Term } from './term.js';

export interface Setting {
  /** The value of a name; throws if there is none. */
  readonly valueOf: (name: string) => Quantity;
  /** Sizes by letter; `part` needs H and D. */
  readonly dims: ReadonlyMap<string, number>;
  readonly lenient: boolean;
  /** How a size is named in an error sentence, e.g. 3 → `H`. */
  readonly size?: (n: number) => string;
}

const sigmoid = (a: number): number => {
  if (a >= 0) return 1 / (1 + Math.exp(-a));
  const e = Math.exp(a);
  return e / (1 + e);
};
const squared = (value: number) => value * value;

type Elementwise = Exclude<
  FunctionName,
  'softmax' | 'diag' | 'hadamard' | 'outer' | 'max' | 'dot' | 'pow' | 'sum'
>;
const elementwise: Readonly<Record<Elementwise, (a: number) => number>> = {
  sigmoid,
  tanh: Math.tanh,
  exp: Math.exp,
  log: Math.log,
  sqrt: Math.sqrt,
  cosh: Math.cosh,
  sinh: Math.sinh,
  sech: (a) => 1 / Math.cosh(a),
  log1p: Math.log1p,
  log2: Math.log2,
  log10: Math.log10,
  softplus: (a) => Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a))),
  square: squared,
  sigmoidSquared: (a) => squared(sigmoid(a)),
  tanhSquared: (a) => squared(Math.tanh(a)),
  sechSquared: (a) => squared(1 / Math.cosh(a)),
  sigmoidPrime: (a) => sigmoid(a) * (1 - sigmoid(a)),
  tanhPrime: (a) => 1 - squared(Math.tanh(a)),
};

/**
 * The value of a term.
 * @throws NotationError `wrongShape` when sizes do not fit.
 */
export function calculate(term: Term, setting: Setting): Quantity {
  const of = (inner: Term): Quantity => calculate(inner, setting);
  switch (term.kind) {
    case 'number':
      return q.scalarOf(term.value);
    case 'symbol':
      return setting.valueOf(term.name);
    case 'group':
      return of(term.of);
    case 'negative':
      return q.map(of(term.of), (value) => -value);
    case 'transpose':
      return q.transposed(of(term.of));
    case 'concat':
      return q.joined(term.parts.map(of), setting.size);
    case 'part':
      return part(of(term.of), term.which, setting);
    case 'call':
      return call(term.to, term.args.map(of), setting);
    case 'binary':
      return setting.lenient && isProduct(term.operator)
        ? chain(term, setting)
        : combine(term.operator, of(term.left), of(term.right), setting);
  }
}

function part(value: Quantity, which: 'h' | 'x', { dims, size }: Setting): Quantity {
  const H = dims.get('H');
  const D = dims.get('D');
  if (H === undefined || D === undefined || value.kind !== 'column' || value.rows !== H + D)
    throw new NotationError(
      'wrongShape',
      `[:H] and [H:] are parts of an (H+D) vector, not of ${q.sizesOf(value, size)}.`,
    );
  return which === 'h' ? q.slice(value, 0, H) : q.slice(value, H, H + D);
}

function call(to: FunctionName, args: readonly Quantity[], setting: Setting): Quantity {
  const [a, b] = args as [Quantity, Quantity];
  if (to === 'softmax') return softmax(a, setting);
  if (to === 'diag') return q.diagonal(a, setting.size);
  if (to === 'hadamard') return combine('.*', a, b, setting);
  if (to === 'pow') return combine('.^', a, b, setting);
  if (to === 'sum') return q.total(a, setting.size);
  if (to === 'max') return q.zip(a, b, 'and', Math.max, setting.size);
  if (to === 'outer') return q.times(a, q.transposed(b), setting.size);
  if (to === 'dot') return combine('@', a, b, setting);
  return q.map(a, elementwise[to]);
}

/** e^(a_j - max) / Σ e^(a_k - max) of a vector. */
function softmax(a: Quantity, { size }: Setting): Quantity {
  if (a.kind !== 'column')
    throw new NotationError('wrongShape', `softmax takes a vector, not ${q.sizesOf(a, size)}.`);
  const top = a.data.reduce((max, value) => Math.max(max, value), -Infinity);
  const e = q.map(a, (value) => Math.exp(value - top));
  const sum = e.data.reduce((total, value) => total + value, 0);
  return q.map(e, (value) => value / sum);
}

function combine(sign: BinaryOperator, a: Quantity, b: Quantity, setting: Setting): Quantity {
  const { lenient, size } = setting;
  // numpy's vectors are neither rows nor columns: beside a row, x W.T, a vector is one too.
  const beside = (one: Quantity, other: Quantity): Quantity =>
    lenient && one.kind === 'column' && other.kind === 'row' ? q.transposed(one) : one;
  const both = (f: (a: number, b: number) => number) =>
    q.zip(beside(a, b), beside(b, a), sign, f, size);
  const vectors = a.kind !== 'matrix' && b.kind !== 'matrix';
  switch (sign) {
    case '+':
      return both((x, y) => x + y);
    case '-':
      return both((x, y) => x - y);
    case '.*':
      return both((x, y) => x * y);
    case './':
      return both((x, y) => x / y);
    case '.^':
      return both((x, y) => x ** y);
    case '*':
      if (lenient && a.kind === 'column' && b.kind === 'column') return both((x, y) => x * y);
      // As numpy has it, a vector before a matrix is a row.
      return q.times(
        lenient && a.kind === 'column' && b.kind === 'matrix' ? q.transposed(a) : a,
        b,
        size,
      );
    case '@':
      // numpy's: a vector before a matrix or another vector is a row.
      return q.times(
        a.kind === 'column' && (b.kind === 'matrix' || b.kind === 'column') ? q.transposed(a) : a,
        b,
        size,
      );
    case '/':
      if (b.kind === 'scalar' || (lenient && vectors)) return both((x, y) => x / y);
      break;
    case '^':
      if ((a.kind === 'scalar' && b.kind === 'scalar') || (lenient && vectors))
        return both((x, y) => x ** y);
  }
  throw new NotationError(
    'wrongShape',
    `${q.sizesOf(a, size)} ${sign} ${q.sizesOf(b, size)} has no meaning here.`,
  );
}

const isProduct = (sign: BinaryOperator) => sign === '*' || sign === '.*' || sign === '@';

/**
 * r ⊙ Wᵀ da is read by people as r ⊙ (Wᵀ da): when the product from the left does not fit, the one
 * from the right is tried. Every factor is calculated once.
 */
function chain(term: Term, setting: Setting): Quantity {
  const signs: BinaryOperator[] = [];
  const factors: Quantity[] = [];
  let at = term;
  while (at.kind === 'binary' && isProduct(at.operator)) {
    signs.unshift(at.operator);
    factors.unshift(calculate(at.right, setting));
    at = at.left;
  }
  factors.unshift(calculate(at, setting));
  try {
    return factors.reduce((left, right, k) => combine(signs[k - 1]!, left, right, setting));
  } catch (fault) {
    try {
      return factors.reduceRight((right, left, k) => combine(signs[k]!, left, right, setting));
    } catch {
      throw fault;
    }
  }
}
