import { posix } from 'node:path';
import { describe, expect, it } from 'vitest';
import { breaches, exportsStar, importsOf, type Graph, type Plan } from './house/import-graph.js';
import { programs, tracked } from './house/files.js';

const { rooms: plan } = (await import(new URL('../rooms.js', import.meta.url).href)) as {
  rooms: Plan;
};
const sources = programs('src', 'katas', 'solutions', 'stubs');
const graphOf = (texts: Readonly<Record<string, string>>): Graph =>
  Object.fromEntries(Object.entries(texts).map(([path, text]) => [path, importsOf(path, text)]));

describe('the floor plan', () => {
  it('is kept by every file', () => {
    expect(breaches(graphOf(sources), plan)).toEqual([]);
  });

  it('is held against the real imports', () => {
    const graph = graphOf(sources);
    expect(graph['src/store/index.ts']).toContainEqual({ specifier: './event.js', typeOnly: true });
    expect(graph['src/store/read.ts']).toContainEqual({ specifier: 'node:fs', typeOnly: false });
    const engineless = { ...plan, kata: { rooms: [], packages: plan.kata!.packages } };
    expect(breaches(graph, engineless)).toContainEqual(
      expect.stringMatching(/^src\/kata\/.*engine/),
    );
    const withoutNode = { ...plan, store: { rooms: [], packages: [] } };
    expect(breaches(graph, withoutNode).length).toBeGreaterThan(0);
  });

  it('has no room that reaches itself through others', () => {
    const reach = (room: string, seen: ReadonlySet<string>): void => {
      expect(seen.has(room), [...seen, room].join(' → ')).toBe(false);
      for (const next of plan[room]!.rooms) reach(next, new Set([...seen, room]));
    };
    for (const room of Object.keys(plan)) reach(room, new Set());
  });

  const bad: [path: string, text: string][] = [
    ['src/engine/a.ts', `import { readFileSync } from 'node:fs';`],
    ['src/engine/a.ts', `import { readFileSync } from 'fs';`],
    ['src/engine/a.ts', `import type { Stats } from 'node:fs';`],
    ['src/engine/a.ts', `const fs = await import('node:fs');`],
    ['src/engine/a.ts', `const fs = require('node:fs');`],
    ['src/engine/a.ts', `import fs = require('node:fs');`],
    ['src/engine/a.ts', `let s: import('node:fs').Stats;`],
    ['src/engine/a.ts', `export { merge } from '../store/index.js';`],
    ['src/store/a.ts', `import { zeros } from '../engine/index.js';`],
    ['src/store/a.ts', `import type { Dims } from '../engine/alphabet.js';`],
    ['src/store/a.ts', `import { Arena } from 'bptt';`],
    ['src/store/deep/a.ts', `export * from '../../engine/index.js';`],
    ['src/store/a.ts', `import { all, create } from 'mathjs';`],
    ['src/store/a.ts', `import { build } from 'node-fetch';`],
    ['src/quiz/a.ts', `import 'ts-fsrs-extra';`],
    ['src/quiz/a.ts', `import '../../rooms.js';`],
    ['src/quiz/a.ts', `import '/etc/passwd';`],
    ['src/quiz/a.ts', `import 'bptt/dist/engine.js';`],
    ['src/kata/a.ts', `import { katas } from '../../katas/index.js';`],
    ['src/kata/catalogue.ts', `import step from '../../katas/30-lstm/lstm-step.kata.js';`],
    ['src/ui/a.ts', `import { judge } from '../kata/index.js';`],
    ['src/ui/a.ts', `import { type Verdict } from '../kata/index.js';`], // stays as an import in the output
    ['src/ui/a.ts', `import type { Event } from '../store/index.js';`],
    ['src/quiz/a.tsx', `export const card = <b>no</b>;`],
    ['src/quiz/a.tsx', `export const card = <></>;`],
    ['src/quiz/utils/a.ts', ''],
    ['src/helpers/a.ts', ''],
    ['src/engine/lstm/common/a.ts', ''],
    ['src/kata/types/a.ts', ''],
    ['src/extra/a.ts', ''],
    ['src/constructor/a.ts', ''],
    ['src/a.ts', ''],
    ['katas/30-lstm/lstm-step.kata.ts', `import { lstm } from '../../src/engine/index.js';`],
    ['katas/30-lstm/lstm-step.kata.ts', `import type { Values } from '../../src/kata/values.js';`],
    ['katas/30-lstm/lstm-step.kata.ts', `import fc from 'fast-check';`],
    ['katas/30-lstm/lstm-step.ts', `import { lstm } from 'bptt';`],
    ['katas/index.ts', `import step from '../src/kata/step.kata.js';`],
    ['solutions/30-lstm/lstm-step.ts', `import { lstm } from 'bptt';`],
    ['stubs/30-lstm/lstm-step.ts', `import { kata } from 'bptt/define';`],
  ];
  for (const [path, text] of bad) {
    it(`is broken by ${path} with ${text || 'nothing in it'}`, () => {
      expect(breaches(graphOf({ [path]: text }), plan)).toEqual([
        expect.stringMatching(new RegExp(`^${path}.*: .+`)) as string,
      ]);
    });
  }

  const good: [path: string, text: string][] = [
    ['src/store/a.ts', `import { readFileSync } from 'node:fs'; import { b } from './b.js';`],
    ['src/check/a.ts', `import { lstm } from '../engine/index.js'; import fc from 'fast-check';`],
    [
      'src/quiz/a.ts',
      `import { lstm } from 'bptt'; const text = "import 'node:fs'"; // import 'node:fs'`,
    ],
    [
      'src/ui/a.tsx',
      `import type { Verdict } from '../kata/index.js'; export const A = () => <b />;`,
    ],
    ['src/ui/a.ts', `export type { Verdict } from '../kata/index.js'; import { b } from './b.js';`],
    ['src/kata/catalogue.ts', `import { katas } from '../../katas/index.js';`],
    ['src/commands/a.ts', `import { Command } from '@oclif/core'; import '../ui/index.js';`],
    ['katas/30-lstm/lstm-step.kata.ts', `import 'bptt'; import 'bptt/define'; import 'bptt/kata';`],
    ['katas/30-lstm/lstm-step.ts', `import { NotImplemented } from 'bptt/kata';`],
    ['katas/index.ts', `import step from './30-lstm/lstm-step.kata.js';`],
    ['solutions/30-lstm/lstm-step.ts', `import type { Vector } from 'bptt/kata';`],
  ];
  for (const [path, text] of good) {
    it(`is kept by ${path} with ${text}`, () => {
      expect(breaches(graphOf({ [path]: text }), plan)).toEqual([]);
    });
  }
});

describe('an index', () => {
  it('is a table of contents: it exports nothing unnamed', () => {
    const stars = Object.entries(sources)
      .filter(
        ([path, text]) => posix.basename(path).startsWith('index.') && exportsStar(path, text),
      )
      .map(([path]) => path);
    expect(stars).toEqual([]);
  });

  it('is caught when it does', () => {
    expect(exportsStar('index.ts', `export * from './a.js';`)).toBe(true);
    expect(exportsStar('index.ts', `export * as a from './a.js';`)).toBe(true);
    expect(exportsStar('index.ts', `export type * from './a.js';`)).toBe(true);
    expect(exportsStar('index.ts', `export { a } from './a.js'; // export * from './b.js'`)).toBe(
      false,
    );
  });
});

describe('the repository', () => {
  // In two pieces, so that this file is not its own finding.
  const host = ['registry.', 'npmjs'].join('');
  const naming = (files: Readonly<Record<string, Buffer>>): string[] =>
    Object.entries(files)
      .filter(([, content]) => content.toString('latin1').toLowerCase().includes(host))
      .map(([path]) => path);

  it('names no package registry in any file, so that it installs from wherever npm is set up', () => {
    const files = tracked();
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['package.json', 'package-lock.json', '.npmrc', 'test/house.spec.ts']),
    );
    expect(naming(files)).toEqual([]);
  });

  it('would be found out', () => {
    const planted = Buffer.from(`"resolved": "https://${host.toUpperCase()}.org/ink"`);
    expect(naming({ 'package-lock.json': planted, 'README.md': Buffer.from('npm ci') })).toEqual([
      'package-lock.json',
    ]);
  });
});
