/**
 * The TypeScript of the documents and of the docstrings' examples compiles under a learner's settings, and runs.
 * A block that names a file is an excerpt of it (test/docs.spec.ts holds it to that); every other one is taken
 * here, importing `bptt` by name as a learner would. In it `expression; // → value` is a claim, and is checked.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import ts from 'typescript';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tracked } from './house/files.js';

const root = fileURLToPath(new URL('..', import.meta.url));

interface Example {
  readonly where: string;
  readonly code: string;
}

/** Blocks of `ts` without a file's name; in programs, those of docstrings. */
function examplesIn(where: string, text: string): Example[] {
  const markdown = where.endsWith('.md') ? text : text.replaceAll(/^ *\* ?/gm, '');
  return [...markdown.matchAll(/^```ts *\n([\s\S]*?)^```$/gm)].map(([, code], k) => ({
    where: `${where} ${k + 1}`,
    code: code!,
  }));
}

const files = Object.keys(tracked()).filter(
  (name) => name.endsWith('.md') || /^src\/.*\.tsx?$/.test(name),
);
const examples = files.flatMap((name) =>
  examplesIn(name, readFileSync(path.join(root, name), 'utf8')),
);
const planted = [
  {
    is: 'a false claim',
    code: "import { concat } from 'bptt/kata';\nconcat(Float64Array.of(1), Float64Array.of(2)); // → [2, 1]\n",
  },
  { is: 'thrown', code: "throw new Error('planted');\n" },
];
const badlyTyped = [
  ["import { nothing } from 'bptt';\nnothing();\n", /no exported member 'nothing'/],
  ["import { concat } from 'bptt/kata';\nconcat([1], [2]);\n", /'number\[\]' is not assignable/],
  ['const first: number = [1].at(0);\n', /'undefined' is not assignable/],
] as const;

const claim = /^(.+); \/\/ → (.+)$/gm;
const checked = (code: string): string =>
  `import assert from 'node:assert/strict';\n` +
  `const plain = (value) => ArrayBuffer.isView(value) ? [...value] : Array.isArray(value) ? value.map(plain)\n` +
  `  : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)])) : value;\n` +
  code.replaceAll(claim, 'assert.deepEqual(plain($1), $2);');

/** Bundles programs into a folder, what they share once. @returns the file of each */
async function bundled(programs: readonly string[], folder: string): Promise<string[]> {
  await build({
    entryPoints: programs.map((_, k) => ({ in: `program:${k}`, out: `program-${k}` })),
    plugins: [
      {
        name: 'programs',
        setup(to) {
          to.onResolve({ filter: /^program:/ }, ({ path }) => ({ path, namespace: 'program' }));
          to.onLoad({ filter: /./, namespace: 'program' }, ({ path }) => ({
            contents: checked(programs[Number(path.split(':')[1])]!),
            ...{ loader: 'ts', resolveDir: root },
          }));
        },
      },
    ],
    ...{ bundle: true, splitting: true, outdir: folder, outExtension: { '.js': '.mjs' } },
    ...{ format: 'esm', platform: 'node', logLevel: 'silent', conditions: ['bptt-source'] },
  });
  return programs.map((_, k) => path.join(folder, `program-${k}.mjs`));
}

/** What TypeScript says of each program, under the settings of solutions/, which are a learner's: strict. */
function complaints(programs: readonly string[]): string[][] {
  const file = path.join(root, 'solutions/tsconfig.json');
  const { config } = ts.readConfigFile(file, (name) => readFileSync(name, 'utf8')) as {
    config: unknown;
  };
  const { options } = ts.parseJsonConfigFileContent(config, ts.sys, path.dirname(file));
  const texts = new Map(
    programs.map((code, k) => [path.join(root, `program-${k}.ts`), `${code}\nexport {};\n`]),
  );
  const host = ts.createCompilerHost({ ...options, noEmit: true });
  const ofDisk = { ...host };
  host.fileExists = (name) => texts.has(name) || ofDisk.fileExists(name);
  host.readFile = (name) => texts.get(name) ?? ofDisk.readFile(name);
  host.getSourceFile = (name, language, ...rest) => {
    const text = texts.get(name);
    return text === undefined
      ? ofDisk.getSourceFile(name, language, ...rest)
      : ts.createSourceFile(name, text, language);
  };
  const program = ts.createProgram([...texts.keys()], { ...options, noEmit: true }, host);
  return [...texts.keys()].map((name) => {
    const file = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)].map(
      ({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'),
    );
  });
}

describe('an example', () => {
  let folder: string;
  let found: string[];
  let said: string[][];
  beforeAll(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'bptt-examples-'));
    found = await bundled(
      [...examples, ...planted].map(({ code }) => code),
      folder,
    );
    said = complaints([...examples.map(({ code }) => code), ...badlyTyped.map(([code]) => code)]);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true }));

  it('is found in documents and in docstrings', () => {
    const places = examples.map(({ where }) => where.split(' ')[0]);
    expect(places).toEqual(
      expect.arrayContaining(['README.md', 'docs/gradcheck.md', 'src/engine/lstm.ts']),
    );
  });

  it.each(examples.map(({ where }, k) => ({ where, k })))(
    'of $where compiles and runs, and what it claims is so',
    async ({ k }) => {
      expect(said[k]).toEqual([]);
      await import(pathToFileURL(found[k]!).href);
    },
  );

  it.each(planted.map(({ is }, k) => ({ is, k })))(
    'that is wrong is noticed: $is',
    async ({ k }) => {
      await expect(import(pathToFileURL(found[examples.length + k]!).href)).rejects.toThrow();
    },
  );

  it.each(badlyTyped.map(([code, message], k) => ({ code, message, k })))(
    'of wrong types is noticed: $code',
    ({ message, k }) => {
      expect(said[examples.length + k]!.join('\n')).toMatch(message);
    },
  );
});
