/**
 * Text → Term. mathjs parses; this file lowers its tree to ours and is the allow-list: a node that is
 * not named here cannot get any further, and nothing of mathjs but its parser is ever loaded or run.
 *
 * Measured (Node 20, import and first parse): all of mathjs 1.3 s, `mathjs/number` with the parser
 * alone 0.7 s, the same bundled by esbuild 0.02 s. The parser is put together at the first use.
 */
import type {
  AccessorNode,
  ArrayNode,
  AssignmentNode,
  ConstantNode,
  FunctionNode,
  MathNode,
  OperatorNode,
  ParenthesisNode,
  RangeNode,
  SymbolNode,
} from 'mathjs';
import { create, parseDependencies } from 'mathjs/number';
import { NotationError } from './error.js';
import { functionNames, twoArguments, type BinaryOperator, type FunctionName } from './term.js';
import type { Statement, Term } from './term.js';

const deepest = 60;
const deepestBrackets = 30;

let parser: ((text: string) => MathNode) | undefined;
function parse(text: string): MathNode {
  parser ??= create({ parseDependencies: parseDependencies! }).parse as (text: string) => MathNode;
  return parser(text);
}

const binaryOperators: Readonly<Record<string, BinaryOperator>> = {
  add: '+',
  subtract: '-',
  multiply: '*',
  dotMultiply: '.*',
  mod: '@',
  divide: '/',
  dotDivide: './',
  pow: '^',
  dotPow: '.^',
};

const unreadable = (says: string) => new NotationError('unreadable', says);

const isFunctionName = (name: string): name is FunctionName =>
  (functionNames as readonly string[]).includes(name);

/**
 * Reads one expression, with or without `name =` before it.
 * @throws NotationError `unreadable` when it is not an expression of the notation.
 */
export function read(text: string): Statement {
  checkBrackets(text);
  let node: MathNode;
  try {
    node = parse(text);
  } catch {
    throw unreadable(
      'That does not read as a formula: an operator, a name or a bracket is missing.',
    );
  }
  if (node.type !== 'AssignmentNode') return { defines: undefined, term: lower(node, 0) };
  const { object, index, value } = node as AssignmentNode;
  if (object.type !== 'SymbolNode' || index)
    throw unreadable('The left side of = must be one name.');
  return { defines: object.name, term: lower(value, 0) };
}

/** Deep nesting is refused before the recursive parser sees it. */
function checkBrackets(text: string): void {
  let depth = 0;
  for (const character of text) {
    if ('([{'.includes(character)) depth++;
    else if (')]}'.includes(character)) depth--;
    if (depth > deepestBrackets) throw unreadable('The brackets are nested too deeply.');
  }
}

function lower(node: MathNode, depth: number): Term {
  if (depth > deepest) throw unreadable('The expression is nested too deeply.');
  const next = (child: MathNode): Term => lower(child, depth + 1);
  switch (node.type) {
    case 'ConstantNode': {
      const { value } = node as ConstantNode;
      if (typeof value !== 'number' || !Number.isFinite(value))
        throw unreadable('Only finite numbers and names are values here.');
      return { kind: 'number', value };
    }
    case 'SymbolNode':
      return { kind: 'symbol', name: (node as SymbolNode).name };
    case 'ParenthesisNode':
      return { kind: 'group', of: next((node as ParenthesisNode).content) };
    case 'OperatorNode':
      return lowerOperator(node as OperatorNode, next);
    case 'FunctionNode':
      return lowerCall(node as FunctionNode, next);
    case 'ArrayNode': {
      // [4 * H] with nothing beside it is a bracket like any other.
      const [only, ...others] = partsOf(node as ArrayNode).map(next) as [Term, ...Term[]];
      return others.length === 0
        ? { kind: 'group', of: only }
        : { kind: 'concat', parts: [only, ...others] };
    }
    case 'AccessorNode':
      return lowerPart(node as AccessorNode, next);
    default:
      throw unreadable('Only sums, products, powers, functions and [a; b] are read here.');
  }
}

function lowerOperator(node: OperatorNode, next: (child: MathNode) => Term): Term {
  const [first, second] = node.args as [MathNode, MathNode | undefined];
  const fn = node.fn as string;
  if (second === undefined) {
    if (fn === 'unaryMinus') return { kind: 'negative', of: next(first) };
    if (fn === 'unaryPlus') return next(first);
    if (fn === 'ctranspose') return { kind: 'transpose', of: next(first) };
  } else if (Object.hasOwn(binaryOperators, fn)) {
    return {
      kind: 'binary',
      operator: binaryOperators[fn]!,
      left: next(first),
      right: next(second),
    };
  }
  throw unreadable(`The operator ${String(node.op)} has no place in these equations.`);
}

function lowerCall(node: FunctionNode, next: (child: MathNode) => Term): Term {
  const fn = node.fn as MathNode;
  const { name, of } = called(fn);
  const args = withoutAxis(name, [...of, ...node.args].map(next));
  if (name === 'transpose' && args.length === 1) return { kind: 'transpose', of: args[0]! };
  if (name === 'concat') {
    // concat([h, x]) is concat(h, x)
    const [only] = args;
    if (args.length === 1 && only?.kind === 'concat') return only;
    if (args.length > 0) return { kind: 'concat', parts: args };
  }
  if (!isFunctionName(name)) throw unreadable(`${name} is not a function known here.`);
  const wanted = twoArguments.includes(name) ? 2 : 1;
  if (args.length !== wanted)
    throw unreadable(
      `${name} takes ${wanted} argument${wanted > 1 ? 's' : ''}, not ${args.length}.`,
    );
  return { kind: 'call', to: name, args };
}

/** The function that is called; `h.pow(2)` is pow(h, 2). */
function called(fn: MathNode): { readonly name: string; readonly of: readonly MathNode[] } {
  if (fn.type === 'SymbolNode') return { name: (fn as SymbolNode).name, of: [] };
  if (fn.type !== 'AccessorNode') return { name: 'that', of: [] };
  const { object, index } = fn as AccessorNode;
  const [property] = index.dimensions;
  return { name: String((property as ConstantNode | undefined)?.value ?? 'that'), of: [object] };
}

/** sum(p, -1) and concat([h, x], 0) name the axis, of which a vector has one. */
function withoutAxis(name: string, args: Term[]): Term[] {
  const isAxis = (last: Term | undefined): boolean =>
    last?.kind === 'number' || (last?.kind === 'negative' && last.of.kind === 'number');
  const along = ['sum', 'concat', 'softmax'].includes(name);
  return along && args.length === 2 && isAxis(args[1]) ? args.slice(0, 1) : args;
}

/** [a; b], [a, b], [[a], [b]] and [[a, b]] all stand a above b; a grid does not. */
function partsOf(node: ArrayNode): MathNode[] {
  const items = node.items;
  if (items.length === 0) throw unreadable('[] is empty.');
  const rows = items.map((item) =>
    item.type === 'ArrayNode' ? partsOf(item as ArrayNode) : [item],
  );
  if (rows.length > 1 && rows.some((row) => row.length > 1))
    throw unreadable('[a; b] stands vectors one above the other; a grid has no place here.');
  return rows.flat();
}

/** v[1:H] or v[:H] is the part of h; v[H+1:H+D] or v[H:] is the part of x. */
function lowerPart(node: AccessorNode, next: (child: MathNode) => Term): Term {
  const index = node.index;
  const [range] = index.dimensions;
  if (index.dimensions.length === 1 && range?.type === 'RangeNode') {
    const start = String((range as RangeNode).start).replaceAll(' ', '');
    const end = String((range as RangeNode).end).replaceAll(' ', '');
    const of = next(node.object);
    if ((start === '1' || start === '0') && end === 'H') return { kind: 'part', of, which: 'h' };
    if ((start === 'H' || start === 'H+1') && (end === 'end' || end === 'H+D' || end === 'D+H'))
      return { kind: 'part', of, which: 'x' };
  }
  throw unreadable('The only parts of a vector are v[:H] and v[H:].');
}
