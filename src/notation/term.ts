/**
 * The expression tree of this room: the few forms that an equation may have, as a closed union, so
 * that printing and calculating are exhaustive. It is not mathjs's tree: read.ts lowers that one to
 * this one and refuses everything that has no place here.
 */

/** The functions an expression may call. All work element by element except softmax, diag, outer, dot and sum; `twoArguments` take two. */
export const functionNames = [
  ...(['sigmoid', 'tanh', 'exp', 'log', 'sqrt', 'cosh', 'sinh', 'sech'] as const),
  ...(['sigmoidSquared', 'tanhSquared', 'sechSquared', 'sigmoidPrime', 'tanhPrime'] as const),
  ...(['log1p', 'log2', 'log10', 'softplus', 'square'] as const),
  ...(['softmax', 'diag', 'hadamard', 'outer', 'max', 'dot', 'pow', 'sum'] as const),
] as const;
export type FunctionName = (typeof functionNames)[number];
export const twoArguments: readonly FunctionName[] = ['outer', 'hadamard', 'max', 'dot', 'pow'];

/**
 * `*` is the matrix product; a dot before the sign means element by element. `@` is typed, never printed:
 * numpy's matrix product, by which two vectors give a number.
 */
export type BinaryOperator = '+' | '-' | '*' | '.*' | '@' | '/' | './' | '^' | '.^';

export type Term =
  | { readonly kind: 'number'; readonly value: number }
  | { readonly kind: 'symbol'; readonly name: string }
  | { readonly kind: 'call'; readonly to: FunctionName; readonly args: readonly Term[] }
  | { readonly kind: 'negative'; readonly of: Term }
  | {
      readonly kind: 'binary';
      readonly operator: BinaryOperator;
      readonly left: Term;
      readonly right: Term;
    }
  | { readonly kind: 'transpose'; readonly of: Term }
  | { readonly kind: 'concat'; readonly parts: readonly Term[] }
  /** The entries of an H+D vector that belong to h, `[1:H]`, or to x, `[H+1:H+D]`. */
  | { readonly kind: 'part'; readonly of: Term; readonly which: 'h' | 'x' }
  | { readonly kind: 'group'; readonly of: Term };

/** What was read: a term and, if it was written, the name on the left of `=`. */
export interface Statement {
  readonly defines: string | undefined;
  readonly term: Term;
}

/** The terms directly inside a term. */
export function inside(term: Term): readonly Term[] {
  switch (term.kind) {
    case 'number':
    case 'symbol':
      return [];
    case 'call':
      return term.args;
    case 'binary':
      return [term.left, term.right];
    case 'concat':
      return term.parts;
    case 'negative':
    case 'transpose':
    case 'part':
    case 'group':
      return [term.of];
  }
}

/** The names that a term uses, each once, in order of appearance. */
export function namesIn(term: Term): string[] {
  const names = new Set<string>();
  const walk = (at: Term): void => {
    if (at.kind === 'symbol') names.add(at.name);
    inside(at).forEach(walk);
  };
  walk(term);
  return [...names];
}

/** The same term with every part of it replaced, the innermost first. */
export function rewritten(term: Term, change: (part: Term) => Term): Term {
  const again = (at: Term): Term => rewritten(at, change);
  switch (term.kind) {
    case 'number':
    case 'symbol':
      return change(term);
    case 'call':
      return change({ ...term, args: term.args.map(again) });
    case 'binary':
      return change({ ...term, left: again(term.left), right: again(term.right) });
    case 'concat':
      return change({ ...term, parts: term.parts.map(again) });
    case 'negative':
    case 'transpose':
    case 'part':
    case 'group':
      return change({ ...term, of: again(term.of) });
  }
}

/** The same term with every name replaced. */
export const renamed = (term: Term, rename: (name: string) => string): Term =>
  rewritten(term, (part) => (part.kind === 'symbol' ? { ...part, name: rename(part.name) } : part));
