/** mathjs itself as the independent calculator: our expressions in its own arithmetic, also complex. */
import { all, create, type Complex, type MathNode, type Matrix } from 'mathjs';

export const math = create(all!);
export type Number = number | Complex;
export type Scope = Map<string, unknown>;

const sigmoid = (a: Number) =>
  math.divide(1, math.add(1, math.exp(math.unaryMinus(a) as never))) as Number;
const each = (f: (a: Number) => Number) => (value: Number | Matrix) =>
  math.isMatrix(value) ? math.map(value, f as never) : f(value);

const softmax = (a: Matrix) => {
  const e = math.map(a, ((v: number) => math.exp(v)) as never);
  return math.divide(e, math.sum(e)) as Matrix;
};

export const functions: readonly (readonly [string, unknown])[] = [
  ['sigmoid', each(sigmoid)],
  ['tanh', each((a) => math.tanh(a as never))],
  ['exp', each((a) => math.exp(a as never))],
  ['log', each((a) => math.log(a as never))],
  ['sqrt', each((a) => math.pow(a, 0.5) as Number)],
  ['softmax', softmax],
];

/** In mathjs [a; b] is a nested list and a column has two indices: both are spelt out for it. */
export function compiled(is: string) {
  const tree = math.parse(is).transform((node: MathNode) => {
    if (math.isAccessorNode(node) && node.index.dimensions.length === 1)
      return new math.AccessorNode(
        node.object,
        new math.IndexNode([...node.index.dimensions, math.parse('1:1')]),
      );
    if (!math.isArrayNode(node) || !node.items.every((item) => math.isArrayNode(item))) return node;
    const parts = node.items.map((item) => (item as unknown as { items: MathNode[] }).items[0]!);
    return new math.FunctionNode('concat', [...parts, new math.ConstantNode(1)]);
  });
  return tree.compile();
}

export const column = (values: ArrayLike<Number>): Matrix =>
  math.matrix(Array.from(values, (value) => [value]) as never);
export const grid = (rows: Float64Array[]): Matrix => math.matrix(rows.map((row) => [...row]));
