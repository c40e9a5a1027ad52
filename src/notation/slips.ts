/**
 * What people write where they mean an equation: the same right side with one thing wrong in it. A summand
 * or a factor left out, a sign, a transpose, h where h₋ belongs, the derivative of the other squashing. And
 * the summands themselves, which diagnosis regresses a learner's error on. Nothing here knows a learner.
 */
import { calculate } from './calculate.js';
import { statementOf, type Equation } from './equation.js';
import { NotationError } from './error.js';
import { termUnicode } from './print.js';
import { deduceDims, extent, quantityOf, valueOf, type Value } from './shape.js';
import { inside, namesIn, type FunctionName, type Term } from './term.js';
import type { Quantity } from './quantity.js';

/** A piece of an equation, or an equation with a slip in it. */
export interface Piece {
  /** A summand: the summand. A slip: what the left side does, e.g. «lacks the factor 1 - h²». */
  readonly says: string;
  /** Its value from those of the symbols; undefined where a symbol is not given or a size does not fit. */
  readonly value: (values: Readonly<Record<string, Value>>) => Value | undefined;
}

/** The symbol of the same shape that is taken for another: the state before the step, and the one after. */
const takenFor: Readonly<Record<string, string>> = {
  ...{ h: 'hPrev', hPrev: 'h', c: 'cPrev', cPrev: 'c' },
  ...{ i: 'f', f: 'i', dh: 'dc', dc: 'dh' },
};

/** What a symbol has been through, and is put through again. */
const squashedBy: Readonly<Record<string, FunctionName>> = {
  ...{ f: 'sigmoid', i: 'sigmoid', o: 'sigmoid', z: 'sigmoid', r: 'sigmoid' },
  ...{ cTilde: 'tanh', hTilde: 'tanh' },
};
/** A share between 0 and 1, for which its complement is taken. */
const isGate = (term: Term): boolean =>
  term.kind === 'symbol' && squashedBy[term.name] === 'sigmoid';

interface Change {
  readonly says: string;
  readonly term: Term;
}

const one: Term = { kind: 'number', value: 1 };
const two: Term = { kind: 'number', value: 2 };
type Binary = Extract<Term, { kind: 'binary' }>;
const binary = (operator: Binary['operator'], left: Term, right: Term): Term => ({
  ...{ kind: 'binary', operator, left, right },
});
const bare = (term: Term): Term => (term.kind === 'group' ? bare(term.of) : term);
const isSum = (term: Term): term is Binary =>
  term.kind === 'binary' && (term.operator === '+' || term.operator === '-');
const isProduct = (term: Term): term is Binary =>
  term.kind === 'binary' && ['*', '.*', '/', './'].includes(term.operator);
const negative = (of: Term): Term => ({ kind: 'negative', of });

/** Whether it is 1 - g, and of what. */
function complementOf(term: Term): Term | undefined {
  const sum = bare(term);
  const isOne = isSum(sum) && sum.operator === '-' && bare(sum.left);
  return isOne && isOne.kind === 'number' && isOne.value === 1 ? bare(sum.right) : undefined;
}
const squareOf = (term: Term): Term | undefined =>
  term.kind === 'binary' && term.operator === '.^' ? bare(term.left) : undefined;

/** The slips that one node of the tree invites. */
function* atNode(term: Term, print: (term: Term) => string): Generator<Change> {
  const instead = (by: Term): Change => ({
    says: `has ${print(by)} where ${print(term)} belongs`,
    term: by,
  });
  if (term.kind === 'symbol' && takenFor[term.name] !== undefined)
    yield instead({ kind: 'symbol', name: takenFor[term.name]! });
  if (term.kind === 'transpose' && bare(term.of).kind === 'symbol') yield instead(term.of);
  if (term.kind === 'call' && term.args.length === 1) yield* atCall(term, instead);
  const squashing = term.kind === 'symbol' ? squashedBy[term.name] : undefined;
  if (squashing) yield instead({ kind: 'call', to: squashing, args: [term] });
  if (isGate(term)) yield instead({ kind: 'group', of: binary('-', one, term) });
  if (term.kind === 'concat') yield instead({ ...term, parts: [...term.parts].reverse() });
  if (squareOf(term)) yield instead(squareOf(term)!);
  if (term.kind !== 'binary') return;
  const { left, right } = term;
  if (complementOf(term)) yield instead(complementOf(term)!);
  if (isSum(term) && !complementOf(term)) {
    const minus = term.operator === '-';
    yield { says: `lacks ${print(right)}`, term: left };
    if (!isSum(left)) yield { says: `lacks ${print(left)}`, term: minus ? negative(right) : right };
    yield {
      says: `has ${print(right)} with the wrong sign`,
      term: binary(minus ? '+' : '-', left, right),
    };
    yield { says: `has ${print(right)} twice`, term: binary(term.operator, term, right) };
    if (!isSum(left)) yield { says: `has ${print(left)} twice`, term: binary('+', left, term) };
    if (minus) yield instead(binary('-', right, left));
  }
  if (!isProduct(term)) return;
  const divides = term.operator === '/' || term.operator === './';
  const factor = divides ? `1 / ${print(right)}` : print(right);
  yield { says: `lacks the factor ${factor}`, term: left };
  if (divides) {
    yield {
      says: `is multiplied by ${print(right)} instead of divided`,
      term: binary('*', left, right),
    };
    const root = bare(right);
    if (root.kind === 'call') yield instead(binary(term.operator, left, root.args[0]!));
    return;
  }
  if (!isProduct(left)) yield { says: `lacks the factor ${print(left)}`, term: right };
  if (right.kind === 'transpose')
    yield instead(binary('*', right.of, { kind: 'transpose', of: left }));
  yield* derivatives(term, print);
}

/** The function left out, one squashing for the other, and a sum squashed term by term. */
function* atCall(
  { to, args: [of] }: Extract<Term, { kind: 'call' }>,
  instead: (by: Term) => Change,
): Generator<Change> {
  yield instead(of!);
  const other = to === 'tanh' ? 'sigmoid' : to === 'sigmoid' ? 'tanh' : undefined;
  if (!other) return;
  yield instead({ kind: 'call', to: other, args: [of!] });
  const sum = bare(of!);
  if (isSum(sum)) yield instead({ ...sum, left: { kind: 'call', to, args: [sum.left] } }); // σ(W x) + b
}

/** The derivative of σ, g ⊙ (1 - g), and that of tanh, 1 - v²: left out, or one for the other. */
function* derivatives({ left, right }: Binary, print: (term: Term) => string): Generator<Change> {
  const of = complementOf(right);
  if (!of) return;
  const v = squareOf(of);
  if (v) {
    const slope = binary('.*', v, { kind: 'group', of: binary('-', one, v) });
    yield {
      says: `has ${print(slope)}, the derivative of σ, where ${print(right)} belongs`,
      term: binary('.*', left, slope),
    };
    return;
  }
  if (!isProduct(left) || print(left.right) !== print(of)) return;
  const slope = binary('.*', left.right, right);
  const other = binary('-', one, binary('.^', of, two));
  yield { says: `lacks the factor ${print(slope)}`, term: left.left };
  yield {
    says: `has ${print(other)}, the derivative of tanh, where ${print(slope)} belongs`,
    term: binary('.*', left.left, { kind: 'group', of: other }),
  };
}

/** The slips at every node, each as the whole right side. */
function* everywhere(term: Term, print: (term: Term) => string): Generator<Change> {
  yield* atNode(term, print);
  for (const [k, part] of inside(term).entries())
    for (const change of everywhere(part, print))
      yield { ...change, term: withInside(term, k, change.term) };
}

/** The term with the k-th of the terms directly inside it replaced. */
function withInside(term: Term, k: number, by: Term): Term {
  const at = (parts: readonly Term[]): Term[] => parts.map((part, j) => (j === k ? by : part));
  switch (term.kind) {
    case 'number':
    case 'symbol':
      return term;
    case 'call':
      return { ...term, args: at(term.args) };
    case 'concat':
      return { ...term, parts: at(term.parts) };
    case 'binary':
      return k === 0 ? { ...term, left: by } : { ...term, right: by };
    case 'negative':
    case 'transpose':
    case 'part':
    case 'group':
      return { ...term, of: by };
  }
}

/** The summands of a term, signs included; a part of a sum is a sum of parts. */
function summandsIn(term: Term): Term[] {
  if (term.kind === 'group') return isSum(bare(term)) ? summandsIn(term.of) : [term];
  if (term.kind === 'part') return summandsIn(term.of).map((of) => ({ ...term, of }));
  if (!isSum(term) || complementOf(term)) return [term];
  const right = summandsIn(term.right);
  return [...summandsIn(term.left), ...(term.operator === '-' ? right.map(negative) : right)];
}

/** A term of an equation as a function of its symbols; symbols that the equation does not declare have their partner's shape. */
function valueIn(eq: Equation, term: Term): Piece['value'] {
  const shapeOf = (name: string) => eq.symbols[name] ?? eq.symbols[takenFor[name] ?? ''];
  const names = [...new Set([...namesIn(term), ...namesIn(statementOf(eq).term)])];
  return (values) => {
    if (!namesIn(term).every((name) => Object.hasOwn(values, name))) return undefined;
    const given = new Map<string, Quantity>();
    const shapes: Record<string, readonly string[]> = {};
    for (const name of names) {
      const shape = shapeOf(name);
      if (!shape || !Object.hasOwn(values, name)) continue;
      shapes[name] = shape;
      given.set(name, quantityOf(name, values[name], shape));
    }
    try {
      const dims = deduceDims(given, shapes);
      const got = calculate(term, { valueOf: (name) => given.get(name)!, dims, lenient: false });
      const [rows = 1, columns = 1] = eq.symbols[eq.defines]!.map((axis) => extent(axis, dims));
      return got.rows === rows && got.columns === columns ? valueOf(got) : undefined;
    } catch (fault) {
      if (fault instanceof NotationError) return undefined;
      throw fault;
    }
  };
}

const piece = (eq: Equation, says: string, term: Term): Piece => ({
  says,
  value: valueIn(eq, term),
});
const printer = (eq: Equation) => (term: Term) => termUnicode(term, eq.symbols);

/** The summands of the right side, as they are printed. */
export const summandsOf = (eq: Equation): Piece[] =>
  summandsIn(statementOf(eq).term).map((term) => piece(eq, printer(eq)(term), term));

/** The right side with one slip in it, the likelier ones first: what `says` begins with the left side's name. */
export function slipsOf(eq: Equation): Piece[] {
  const { term } = statementOf(eq);
  const whole: Change[] = [
    { says: 'has the opposite sign', term: negative(term) },
    { says: 'is twice what it should be', term: binary('*', two, { kind: 'group', of: term }) },
    { says: 'is half of what it should be', term: binary('/', { kind: 'group', of: term }, two) },
  ];
  const last: Change = {
    says: 'goes through tanh once more',
    term: { kind: 'call', to: 'tanh', args: [term] },
  };
  return [...everywhere(term, printer(eq)), ...whole, last].map(({ says, term: wrong }) =>
    piece(eq, says, wrong),
  );
}
