/** The documents against the repository: paths, links, scripts, commands and snippets are real. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { table } from '../src/commands/table.js';
import { tracked } from './house/files.js';

/** `bench:speed` is typed as «bench speed». */
const firstWords = Object.keys(table).map((name) => name.split(':')[0]);
const root = fileURLToPath(new URL('..', import.meta.url));
const read = (path: string): string => readFileSync(join(root, path), 'utf8');
const { rooms } = (await import(new URL('../rooms.js', import.meta.url).href)) as {
  rooms: Record<string, { rooms: string[]; packages: string[]; typesOnly?: boolean }>;
};
const manifest = JSON.parse(read('package.json')) as Record<
  'scripts' | 'dependencies' | 'devDependencies',
  Record<string, string>
>;
const files = Object.keys(tracked());
const names = new Set(files.map((path) => basename(path)));

/** Files of a learner's workspace, which no repository has. */
const workspaceFiles = ['history.jsonl', 'bptt.json'];
/** Folders that a build makes. */
const built = /^(dist|node_modules|\.tsc)\//;
const folders = new Set(files.map((path) => path.split('/')[0]!));

interface Fence {
  readonly info: string;
  readonly code: string;
}

/** A document in parts: fenced blocks, `code spans` outside them, and targets of links. */
export function parts(text: string) {
  const fences: Fence[] = [];
  const prose = text.replaceAll(
    /^```(.*)\n([\s\S]*?)^```$/gm,
    (_, info: string, code: string) => (fences.push({ info, code }), ''),
  );
  const spans = [...prose.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span!);
  const links = [...prose.matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target!);
  return { fences, spans, links };
}

/** What is wrong with a document, one sentence each. */
export function flaws(path: string, text: string): string[] {
  const { fences, spans, links } = parts(text);
  const found: string[] = [];
  for (const span of spans) {
    const [first] = span.split('/') as [string];
    const isPath = /^[\w.-]+(\/[\w.-]*)+$/.test(span) && folders.has(first) && !built.test(span);
    const isFile = /^[\w-][\w.-]*\.(?:[cm]?[jt]sx?|jsonl?|md)$/.test(span);
    if (isPath && !existsSync(join(root, span))) found.push(`There is no ${span}.`);
    if (isFile && !names.has(span) && !workspaceFiles.includes(span))
      found.push(`There is no file ${span}.`);
  }
  for (const link of links)
    if (!/^(https?:|#)/.test(link)) {
      const target = link.split('#')[0]!;
      if (!existsSync(join(root, dirname(path), target)))
        found.push(`The link to ${link} is dead.`);
    }
  const code = [...spans, ...fences.map((fence) => fence.code)];
  for (const text of code) {
    for (const [, script] of text.matchAll(/\bnpm run (?:--\S+ )*([\w:-]+)/g))
      if (!Object.hasOwn(manifest.scripts, script!)) found.push(`There is no npm run ${script!}.`);
    for (const [, command] of text.matchAll(/(?:^|[\s;&|(])bptt ([a-z][a-z-]*)/g))
      if (command !== 'help' && !firstWords.includes(command))
        found.push(`There is no bptt ${command!}.`);
  }
  for (const { info, code } of fences) {
    const [language, source] = info.split(' ');
    if (language !== 'ts' || source === undefined) continue;
    if (!existsSync(join(root, source))) found.push(`There is no ${source}.`);
    else if (!read(source).includes(code)) found.push(`A snippet is not in ${source}: ${code}`);
  }
  return found;
}

const documents = [
  ...readdirSync(join(root, 'docs'), { encoding: 'utf8', recursive: true })
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`),
  ...['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'].filter((name) =>
    existsSync(join(root, name)),
  ),
];

describe.each(documents)('%s', (path) => {
  it('says nothing of the repository that is not so', () => {
    expect(flaws(path, read(path))).toEqual([]);
  });
});

describe('a document', () => {
  it.each([
    ['`src/engine/gru2.ts`', 'There is no src/engine/gru2.ts.'],
    ['`docs/nowhere/`', 'There is no docs/nowhere/.'],
    ['`lstm-stepp.ts`', 'There is no file lstm-stepp.ts.'],
    ['[x](architecture2.md)', 'The link to architecture2.md is dead.'],
    ['`npm run tests`', 'There is no npm run tests.'],
    ['```sh\nnpm run nothing\n```\n', 'There is no npm run nothing.'],
    ['`bptt chek lstm-step`', 'There is no bptt chek.'],
    ['```sh\ncd ws && bptt fly\n```\n', 'There is no bptt fly.'],
    [
      '```ts rooms.js\nexport const no = 1;\n```\n',
      'A snippet is not in rooms.js: export const no = 1;\n',
    ],
  ])('is caught with %o', (text, flaw) => {
    expect(flaws('docs/planted.md', text)).toEqual([flaw]);
  });

  it.each([
    '`src/engine/` `rooms.js` `lstm-step.ts` `bptt` `bptt help` `bptt check` `history.jsonl` `h/c`',
    '[a](architecture.md) [b](../rooms.js#L1) [c](https://example.org)',
    "```ts\nimport { lstm } from 'bptt';\n```\n",
  ])('is not caught with %o', (text) => {
    expect(flaws('docs/planted.md', text)).toEqual([]);
  });
});

describe('docs/architecture.md', () => {
  const text = read('docs/architecture.md');
  it('has the table of rooms.js', () => {
    for (const [room, { rooms: others, packages, typesOnly }] of Object.entries(rooms)) {
      const row = text.split('\n').find((line) => line.startsWith(`| \`${room}\` |`));
      const cells = row?.split('|').map((cell) => cell.trim());
      const may = others.length === 0 ? '–' : others.join(', ');
      expect(cells?.[3], room).toBe(typesOnly ? `${may} (types only)` : may);
      expect(cells?.[4], room).toBe(packages.length === 0 ? '–' : packages.join(', '));
    }
  });

  it('has a line on every package, and on no other', () => {
    const listed = text
      .slice(text.indexOf('## Packages'))
      .split('\n')
      .filter((line) => line.startsWith('- '))
      .flatMap((line) => parts(line.split(':')[0]!).spans);
    const packages = Object.keys({ ...manifest.dependencies, ...manifest.devDependencies });
    // typescript-eslint's line speaks for eslint, which it extends.
    expect([...listed, 'eslint'].sort()).toEqual(packages.sort());
  });
});
