/**
 * The TypeScript of the documents and of the docstrings' examples is run. A block that names a file is an
 * excerpt of it (test/docs.spec.ts holds it to that); every other one runs here, as a learner would: importing
 * `bptt` by name. In it `expression; // → value` is a claim, and is checked.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
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

const claim = /^(.+); \/\/ → (.+)$/gm;
const checked = (code: string): string =>
  `import assert from 'node:assert/strict';\n` +
  `const plain = (value) => ArrayBuffer.isView(value) ? [...value] : Array.isArray(value) ? value.map(plain)\n` +
  `  : value && typeof value === 'object' ? Object.fromEntries(Object.entries(value).map(([k, v]) => [k, plain(v)])) : value;\n` +
  code.replaceAll(claim, 'assert.deepEqual(plain($1), $2);');

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'bptt-examples-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run({ where, code }: Example): Promise<void> {
  const outfile = path.join(folder, `${where.replaceAll(/\W+/g, '-')}.mjs`);
  const { outputFiles } = await build({
    stdin: { contents: checked(code), resolveDir: root, loader: 'ts', sourcefile: where },
    ...{ bundle: true, write: false, format: 'esm', platform: 'node', logLevel: 'silent' },
    conditions: ['bptt-source'],
  });
  writeFileSync(outfile, outputFiles[0]!.contents);
  await import(pathToFileURL(outfile).href);
}

const files = Object.keys(tracked()).filter(
  (name) => name.endsWith('.md') || /^src\/.*\.tsx?$/.test(name),
);
const examples = files.flatMap((name) =>
  examplesIn(name, readFileSync(path.join(root, name), 'utf8')),
);

describe('an example', () => {
  it('is found in documents and in docstrings', () => {
    const places = examples.map(({ where }) => where.split(' ')[0]);
    expect(places).toEqual(
      expect.arrayContaining(['README.md', 'docs/gradcheck.md', 'src/engine/lstm.ts']),
    );
  });

  it.each(examples)('of $where runs, and what it claims is so', (example) => run(example));

  it.each([
    "import { concat } from 'bptt/kata';\nconcat(Float64Array.of(1), Float64Array.of(2)); // → [2, 1]\n",
    "import { nothing } from 'bptt';\nnothing();\n",
    "throw new Error('planted');\n",
  ])('that is wrong is noticed: %j', async (code) => {
    await expect(run({ where: `planted ${code.length}`, code })).rejects.toThrow();
  });
});
