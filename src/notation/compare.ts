/**
 * Is an answer the same formula? Any form that means the same is right: both sides are calculated at
 * random points. A wrong answer is a verdict, never an exception; the typed text is parsed, lowered
 * through the allow-list of read.ts and calculated by calculate.ts; nothing in it is ever run.
 */
import { calculate } from './calculate.js';
import { NotationError } from './error.js';
import { pointFor, type Point } from './point.js';
import { sameSizes, sizesOf, transposed, type Quantity } from './quantity.js';
import { read } from './read.js';
import { isShape, type Shape } from './shape.js';
import { innerProducts, plainSpelling, strangeSigns } from './spelling.js';
import { isKnownSpelling, isOfThisStep, namesMeant, symbolUnicode } from './symbols.js';
import { namesIn, renamed, rewritten, type Statement, type Term } from './term.js';

export type Verdict =
  | { readonly kind: 'same' }
  /** It reads, and it is another formula. */
  | { readonly kind: 'different'; readonly says: string }
  /** It could not be read, or not in one way only: ask again. */
  | { readonly kind: 'unreadable'; readonly says: string };

/** Names that stand for an expression in other names. */
export type Where = Readonly<Record<string, string>>;

const longest = 300;
const points = 6;
const tolerance = 1e-9;

const different = (says: string): Verdict => ({ kind: 'different', says });
const unreadable = (says: string): Verdict => ({ kind: 'unreadable', says });

/**
 * Compares what a learner typed with an expected expression.
 * @param expected with or without `name =`, in the notation's own syntax.
 * @param symbols the shape of every name that either may use, the left side included.
 * @param seed chooses the random points.
 * @param where names that are given by others of `symbols`, as in { f: 'sigmoid(af)' }: either may be used.
 * @throws NotationError if `expected` or `symbols` are themselves wrong: the author's mistake.
 */
export function compare(
  answer: string,
  expected: string,
  symbols: Readonly<Record<string, Shape>>,
  seed = 1,
  where: Where = {},
): Verdict {
  const right = expectedStatement(expected, symbols);
  if (answer.length > longest) return unreadable(`An answer has at most ${longest} characters.`);
  const verdict = compareRead(answer, right, symbols, seed, where);
  const inner = innerProducts(answer);
  if (verdict.kind !== 'different' || inner === answer) return verdict;
  const again = compareRead(inner, right, symbols, seed, where);
  return again.kind === 'same' ? again : verdict;
}

function compareRead(
  answer: string,
  right: Statement,
  symbols: Readonly<Record<string, Shape>>,
  seed: number,
  where: Where,
): Verdict {
  const plain = plainSpelling(answer);
  if (plain === '') return unreadable('The answer is empty.');
  const strange = strangeSigns(plain);
  if (strange.length > 0) return unreadable(`Not read here: ${strange.join(' ')}`);

  const declared = Object.keys(symbols);
  let typed: Statement;
  try {
    typed = read(plain);
  } catch (fault) {
    if (fault instanceof NotationError) return unreadable(fault.message);
    throw fault;
  }
  const left = leftSide(typed.defines, right.defines, declared);
  if (left) return left;
  const term = alphabet(euler(typed.term, declared), declared);
  const resolved = resolve(term, right.defines, declared);
  if ('kind' in resolved) return resolved;
  const verdict = compareAtPoints(resolved.term, right.term, symbols, seed, where);
  return verdict.kind === 'same' ? (stepUnclear(term, declared) ?? verdict) : verdict;
}

/** What only the declared names tell: sum (a) is a product where sum is one of them, and hx is [h₋; x]. */
const alphabet = (term: Term, declared: readonly string[]): Term =>
  rewritten(term, (one) => {
    if (one.kind === 'call' && one.to === 'sum' && declared.includes('sum'))
      return {
        ...{ kind: 'binary', operator: '*' },
        ...{ left: { kind: 'symbol', name: 'sum' }, right: one.args[0]! },
      };
    const hx = ['hPrev', 'x'];
    return one.kind === 'symbol' &&
      one.name === 'hx' &&
      !declared.includes('hx') &&
      hx.every((name) => declared.includes(name))
      ? { kind: 'concat', parts: hx.map((name) => ({ kind: 'symbol', name })) }
      : one;
  });

/**
 * h alone is the one of this step: it may stand for h₋ beside x in one vector, where no other h can be.
 * Elsewhere it is asked again, since the one of this step is just what is often written by mistake.
 */
function stepUnclear(term: Term, declared: readonly string[]): Verdict | undefined {
  const beside = rewritten(term, (one) =>
    one.kind === 'concat' ? { kind: 'number', value: 0 } : one,
  );
  for (const typed of namesIn(beside)) {
    const [meant] = namesMeant(typed, declared);
    if (meant !== `${typed[0]!}Prev` || !isOfThisStep(typed)) continue;
    const shown = symbolUnicode(meant);
    return unreadable(
      `${typed} is the one of this step. For the one of the step before write ${shown} or ${meant}.`,
    );
  }
  return undefined;
}

/** e^a is exp(a) wherever e is not a name of the equation. */
const euler = (term: Term, declared: readonly string[]): Term =>
  declared.includes('e')
    ? term
    : rewritten(term, (one) =>
        one.kind === 'binary' &&
        (one.operator === '^' || one.operator === '.^') &&
        one.left.kind === 'symbol' &&
        one.left.name === 'e'
          ? { kind: 'call', to: 'exp', args: [one.right] }
          : one,
      );

function expectedStatement(expected: string, symbols: Readonly<Record<string, Shape>>): Statement {
  const statement = read(expected);
  const used = [...namesIn(statement.term), ...(statement.defines ? [statement.defines] : [])];
  for (const name of used)
    if (!Object.hasOwn(symbols, name))
      throw new NotationError('badEquation', `${name} is used in «${expected}» but not declared.`);
  for (const [name, shape] of Object.entries(symbols))
    if (!isShape(shape)) throw new NotationError('badEquation', `${name} has no readable shape.`);
  calculate(statement.term, { ...pointFor(symbols, 1, 0), lenient: false });
  return statement;
}

const listed = (names: readonly string[]): string => names.map(symbolUnicode).join(', ');

/** A left side is optional; one that names something else is a wrong answer. */
function leftSide(
  typed: string | undefined,
  asked: string | undefined,
  declared: readonly string[],
): Verdict | undefined {
  if (typed === undefined || asked === undefined) return undefined;
  if (namesMeant(typed, [asked]).length > 0) return undefined;
  if (namesMeant(typed, declared).length > 0 || isKnownSpelling(typed))
    return different(`That defines ${typed}; asked was ${symbolUnicode(asked)}.`);
  return unreadable(`${typed} is not a name known here; asked was ${symbolUnicode(asked)}.`);
}

/** The answer in declared names, or why that cannot be. */
function resolve(
  term: Term,
  defines: string | undefined,
  declared: readonly string[],
): { term: Term } | Verdict {
  const meanings = new Map<string, string>();
  const unknown: string[] = [];
  const foreign: string[] = [];
  for (const typed of namesIn(term)) {
    const meant = namesMeant(typed, declared);
    if (meant.length > 1)
      return unreadable(`${typed} could be ${meant.map(symbolUnicode).join(' or ')}.`);
    if (meant[0] !== undefined) meanings.set(typed, meant[0]);
    else (isKnownSpelling(typed) ? foreign : unknown).push(typed);
  }
  const usable = declared.filter((name) => name !== defines);
  if (unknown.length > 0)
    return unreadable(
      `Unknown here: ${unknown.join(', ')}. The names of this equation are ${listed(usable)}.`,
    );
  if (defines !== undefined && [...meanings.values()].includes(defines)) {
    const other = [`${defines}Prev`, `${defines}Next`].find((name) => declared.includes(name));
    const shown = symbolUnicode(defines);
    return unreadable(
      `${shown} stands on both sides.` +
        (other ? ` For the one of the other step write ${symbolUnicode(other)} or ${other}.` : ''),
    );
  }
  if (foreign.length > 0)
    return different(
      `${foreign.join(', ')} has no part in this equation; it is made of ${listed(usable)}.`,
    );
  return { term: renamed(term, (name) => meanings.get(name)!) };
}

function compareAtPoints(
  answer: Term,
  expected: Term,
  symbols: Readonly<Record<string, Shape>>,
  seed: number,
  where: Where,
): Verdict {
  let judged = 0;
  let negated = true;
  let apart: { got: number; right: number } | undefined;
  for (let index = 0; index < points; index++) {
    const point = given(where, pointFor(symbols, seed, index));
    const right = calculate(expected, { ...point, lenient: false });
    if (!right.data.every(Number.isFinite)) continue;
    judged++;
    const got = calculateAnswer(answer, point);
    if ('says' in got) return got;
    if (right.kind === 'column' && isTheRow(got, right))
      return unreadable('Right as a row, but vectors are columns here: transpose it.');
    if (!sameSizes(got, right))
      return different(
        `That gives ${sizesOf(got, point.size)}; right is ${sizesOf(right, point.size)}.`,
      );
    for (let k = 0; k < right.data.length; k++) {
      const [a, b] = [got.data[k]!, right.data[k]!];
      if (!close(a, -b)) negated = false;
      if (!close(a, b)) apart ??= { got: a, right: b };
    }
  }
  if (judged === 0)
    throw new NotationError('badEquation', 'The expected expression is finite at no random point.');
  if (!apart) return { kind: 'same' };
  if (negated) return different('The sign is wrong: that is exactly the negative.');
  const missing = namesIn(expected).filter(
    (name) => !namesIn(answer).includes(name) && !Object.hasOwn(where, name),
  );
  if (missing.length > 0) return different(`${listed(missing)} does not appear in it.`);
  const shown = (value: number) => String(Number(value.toPrecision(4)));
  return different(
    `At a random point it gives ${shown(apart.got)} where ${shown(apart.right)} is right.`,
  );
}

/** Is it that column, written as a row? Many write vectors so; what they know is right. */
const isTheRow = (got: Quantity, column: Quantity): boolean =>
  sameSizes(got, transposed(column)) && got.data.every((value, k) => close(value, column.data[k]!));

/** The point with the names that others give as those give them. */
function given(where: Where, point: Point): Point {
  const values = new Map(
    Object.entries(where).map(([name, is]) => [
      name,
      calculate(read(is).term, { ...point, lenient: false }),
    ]),
  );
  return { ...point, valueOf: (name) => values.get(name) ?? point.valueOf(name) };
}

function calculateAnswer(answer: Term, point: Point): Quantity | (Verdict & { says: string }) {
  try {
    return calculate(answer, { ...point, lenient: true });
  } catch (fault) {
    if (fault instanceof NotationError && fault.problem === 'wrongShape')
      return { kind: 'different', says: `The shapes do not fit: ${fault.message}` };
    throw fault;
  }
}

/** An answer that overflows is close to nothing. */
const close = (a: number, b: number): boolean =>
  Number.isFinite(a) && Math.abs(a - b) <= tolerance * Math.max(1, Math.abs(a), Math.abs(b));
