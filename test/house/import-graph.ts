/**
 * The import graph of the repository, and the floor plan held against it. `breaches` is a pure function of
 * the graph and the plan: the spec feeds it the real graph, and planted ones to see it fail. A call of
 * `import(…)` whose argument is not a literal cannot be judged and is not in the graph.
 */
import { builtinModules } from 'node:module';
import { posix } from 'node:path';
import ts from 'typescript';

/** One import as it is written; `typeOnly` for `import type`, which leaves nothing in the output. */
export interface Import {
  readonly specifier: string;
  readonly typeOnly: boolean;
}

/** Paths from the repository's root, with slashes, to what the file imports. */
export type Graph = Readonly<Record<string, readonly Import[]>>;

/** The shape of rooms.js. */
export type Plan = Readonly<
  Record<
    string,
    {
      readonly rooms: readonly string[];
      /** A name ending in ":" or "/" stands for everything that begins with it. */
      readonly packages: readonly string[];
      /** Other rooms may be imported with `import type` only. */
      readonly typesOnly?: boolean;
    }
  >
>;

/** Which room stands behind a name that the package exports (package.json). */
const OWN: Readonly<Record<string, string>> = {
  bptt: 'engine',
  'bptt/kata': 'kata',
  'bptt/define': 'kata',
  'bptt/vitest': 'kata',
};

/** The one way from src to the katas that come with the package. */
const CONTENT = { door: 'src/kata/catalogue.ts', index: 'katas/index.js' };

/** Everything a file imports, in the order of the text, types included. */
export function importsOf(path: string, text: string): Import[] {
  const file = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  const found: Import[] = [];
  const compiled = new Set<string>(); // what JSX is compiled to imports, though nobody writes it
  const add = (node: ts.Node | undefined, typeOnly: boolean): void => {
    if (node !== undefined && ts.isStringLiteralLike(node)) {
      found.push({ specifier: node.text, typeOnly });
    }
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    } else if (ts.isExportDeclaration(node)) {
      add(node.moduleSpecifier, node.isTypeOnly);
    } else if (ts.isExternalModuleReference(node)) {
      add(node.expression, false);
    } else if (ts.isImportTypeNode(node)) {
      if (ts.isLiteralTypeNode(node.argument)) add(node.argument.literal, true);
    } else if (ts.isCallExpression(node)) {
      const { expression } = node;
      const required = ts.isIdentifier(expression) && expression.text === 'require';
      if (required || expression.kind === ts.SyntaxKind.ImportKeyword)
        add(node.arguments[0], false);
    } else if (ts.isJsxOpeningLikeElement(node) || ts.isJsxFragment(node)) {
      compiled.add('react/jsx-runtime');
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  for (const specifier of compiled) found.push({ specifier, typeOnly: false });
  return found;
}

/** Whether a file re-exports everything of another, which makes an index no table of contents. */
export const exportsStar = (path: string, text: string): boolean =>
  ts
    .createSourceFile(path, text, ts.ScriptTarget.Latest)
    .statements.some(
      (node) =>
        ts.isExportDeclaration(node) &&
        (node.exportClause === undefined || ts.isNamespaceExport(node.exportClause)),
    );

/** Every import that the plan does not allow, and every file in a folder it does not name, as sentences. */
export function breaches(graph: Graph, plan: Plan): string[] {
  return Object.entries(graph).flatMap(([path, imports]) => {
    const judge = judgeOf(path, plan);
    if (typeof judge === 'string') return [`${path}: ${judge}`];
    return imports.flatMap((one) => {
      const why = judge(one);
      return why === undefined ? [] : [`${path} imports ${one.specifier}: ${why}`];
    });
  });
}

type Judge = (one: Import) => string | undefined;

/** Who judges a file's imports; a sentence when the file may not stand where it stands. */
function judgeOf(path: string, plan: Plan): Judge | string {
  const [top, room = ''] = path.split('/');
  const folder = path.split('/').find((name) => /^(utils?|helpers?|common|types)$/.test(name));
  if (top === 'src') {
    if (folder !== undefined) return `no folder is named ${folder}`;
    const allowed = Object.hasOwn(plan, room) ? plan[room] : undefined;
    if (allowed === undefined) return 'it stands in no room of the plan';
    return (one) => inRoom(path, room, allowed, one);
  }
  if (top === 'katas' && path.endsWith('.kata.ts'))
    return only(['bptt', 'bptt/define', 'bptt/kata']);
  if (path === 'katas/index.ts') {
    const define = only(['bptt/define']);
    return (one) => (one.specifier.endsWith('.kata.js') ? within('katas', path, one) : define(one));
  }
  return only(['bptt/kata']); // stubs and solutions
}

const only =
  (names: readonly string[]): Judge =>
  ({ specifier }) =>
    names.includes(specifier) ? undefined : `only ${names.join(', ')} may be imported here`;

const within = (folder: string, path: string, { specifier }: Import): string | undefined =>
  posix.join(posix.dirname(path), specifier).startsWith(`${folder}/`)
    ? undefined
    : `it lies outside ${folder}`;

function inRoom(
  path: string,
  room: string,
  allowed: Plan[string],
  one: Import,
): string | undefined {
  const { specifier, typeOnly } = one;
  let other: string | undefined;
  if (specifier.startsWith('.')) {
    const target = posix.join(posix.dirname(path), specifier);
    if (path === CONTENT.door && target === CONTENT.index) return undefined;
    const [top, name] = target.split('/');
    if (top !== 'src' || name === undefined) return 'it lies outside src';
    other = name;
  } else if (/^(bptt$|bptt\/)/.test(specifier)) {
    other = Object.hasOwn(OWN, specifier) ? OWN[specifier] : undefined;
    if (other === undefined) return 'the package does not export it';
  } else {
    const name = builtinModules.includes(specifier) ? `node:${specifier}` : specifier;
    return allowed.packages.some((entry) => covers(entry, name))
      ? undefined
      : `${room} may use ${allowed.packages.join(', ') || 'no package'}`;
  }
  if (other === room) return undefined;
  if (!allowed.rooms.includes(other)) {
    return `${room} may import ${allowed.rooms.join(', ') || 'no other room'}`;
  }
  return allowed.typesOnly === true && !typeOnly ? `${room} may import types only` : undefined;
}

const covers = (entry: string, name: string): boolean =>
  /[:/]$/.test(entry) ? name.startsWith(entry) : name === entry || name.startsWith(`${entry}/`);
