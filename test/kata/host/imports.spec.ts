/** What a learner's file may import, and the sentence with file and line when it may not. */
import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { bundle } from '../../../src/kata/host/bundle.js';
import { openHost } from '../../../src/kata/host/index.js';
import { packageRoot } from '../../../src/kata/host/places.js';
import { answerOf, leavesNothing, open, workspace } from './workspace.js';

leavesNothing();

const after = 'export const step = () => ({ y: 1 });';
const faultOf = async (files: Record<string, string>) => (await open(workspace(files))).call({});

describe('refused, with file and line', () => {
  it.each([
    [`import * as fs from 'node:fs'; fs.x;`, /^kata\.ts:2:\d+: "node:fs" may not be imported/],
    [`import fs from 'fs'; fs.x;`, /^kata\.ts:2:\d+: "fs" may not be imported/],
    [`import { x } from 'lodash'; x;`, /"lodash" may not be imported/],
    [`import { x } from '/etc/passwd'; x;`, /"\/etc\/passwd" may not be imported/],
    [`import x from 'data:text/javascript,export default 1'; x;`, /may not be imported/],
    [`import { x } from 'bptt'; x;`, /"bptt" may not be imported/],
    [`import { x } from './nowhere.js'; x;`, /^kata\.ts:2:\d+: "\.\/nowhere\.js" is not found/],
    [`import { x } from '../outside.js'; x;`, /^kata\.ts:2:\d+: "\.\.\/outside\.js" leads out/],
    [`import { x } from './link.js'; x;`, /"\.\/link\.js" leads out of the workspace/],
    [`import { x } from './solutions/kata.js'; x;`, /"\.\/solutions\/kata\.js" is a solution/],
    [`import { x } from './innocent.js'; x;`, /"\.\/innocent\.js" is a solution/],
    [`import { x } from './deep'; x;`, /is not found/],
    [
      `export const f = (n: string) => import('./' + n);`,
      /^kata\.ts:2:\d+: import\(\) or require\(\) of a computed/,
    ],
    [
      `export const f = (n: string) => require(n);`,
      /^kata\.ts:2:\d+: import\(\) or require\(\) of a computed/,
    ],
    [
      `export const f = (n: string) => import(n + '.js');`,
      /^kata\.ts:2:\d+: import\(\) or require\(\) of a/,
    ],
    [
      `export const f = (n: string) => import('../' + n);`,
      /import\(\) or require\(\) of a computed/,
    ],
    [
      `export const f = (n: string) => require(\`./kat\${n}\`);`,
      /^kata\.ts: import\(\) or require\(\)/,
    ],
    [`const r = require; export const f = (n: string) => r(n);`, /by its own name/],
    [`export const fs = require('fs');`, /"fs" may not be imported/],
    [`await 1;`, /^kata\.ts:2:\d+: A kata is one synchronous function/],
    [`const = 1;`, /^kata\.ts:2:\d+: Expected identifier but found "="\.$/],
    [`import x from './big.js'; x;`, /a file of at most 131072 is read/],
  ])('%s', async (line, says) => {
    const outer = workspace({
      'outside.ts': 'export const x = 1;',
      'inner/kata.ts': `// one\n${line}\n${after}`,
      'inner/solutions/kata.ts': 'export const x = 1;',
      'inner/deep/readme.md': '',
      'inner/big.js': `export default 1;${' '.repeat(140_000)}`,
    });
    symlinkSync(join(outer, 'outside.ts'), join(outer, 'inner/link.ts'));
    symlinkSync(join(outer, 'inner/solutions/kata.ts'), join(outer, 'inner/innocent.ts'));
    const host = await open(join(outer, 'inner'));
    const fault = await host.call({});
    expect(fault).toEqual({ kind: 'doesNotCompile', says: expect.stringMatching(says) as string });
    expect('says' in fault && fault.says).not.toContain('\n');
  });

  it('a file that is itself a link out of the workspace', async () => {
    const outer = workspace({ 'outside.ts': after });
    mkdirSync(join(outer, 'inner'));
    symlinkSync(join(outer, 'outside.ts'), join(outer, 'inner/kata.ts'));
    expect(await (await open(join(outer, 'inner'))).call({})).toMatchObject({
      kind: 'doesNotCompile',
    });
  });

  it('brackets that would overflow the compiler, and the next file compiles', async () => {
    const deep = `export const step = ${'('.repeat(130_000)}`;
    // Which of them is the machine's: how deep its stack is, and how soon it gets there.
    expect(await faultOf({ 'kata.ts': deep })).toMatchObject({
      kind: expect.stringMatching(/^(doesNotCompile|timedOut|outOfMemory)$/) as string,
      says: expect.stringContaining('kata.ts') as string,
    });
    expect(await faultOf({ 'kata.ts': after })).toMatchObject({ kind: 'returned' });
  });
});

describe('found as TypeScript finds it', () => {
  it.each([
    ['./other', 'other.ts'],
    ['./other.js', 'other.ts'],
    ['./other.js', 'other.tsx'],
    ['./other.mjs', 'other.mts'],
    ['./other.cjs', 'other.cts'],
    ['./other.js', 'other.js'],
    ['./other', 'other/index.ts'],
    ['./a.b', 'a.b.ts'],
  ])('%s is %s', async (asked, file) => {
    const kata = `import { x } from '${asked}'; export const step = () => ({ x });`;
    const host = await open(workspace({ 'kata.ts': kata, [file]: 'export const x = 7;' }));
    expect(await host.call({})).toMatchObject({ outputs: { x: { kind: 'scalar', value: 7 } } });
  });
});

describe('missing', () => {
  it('a file, a folder, an export', async () => {
    const folder = workspace({ 'kata.ts': 'export const lstm = 1; export const other = 2;' });
    const limits = { functionName: 'step', workspace: folder };
    const says = async (options: { file: string; workspace?: string; functionName?: string }) => {
      const host = await openHost({ ...limits, ...options });
      const fault = await host.call({});
      await host.close();
      return fault;
    };
    expect(await says({ file: join(folder, 'no.ts') })).toEqual({
      kind: 'missing',
      says: 'There is no file no.ts.',
    });
    expect(await says({ file: join(folder, 'kata.ts') })).toEqual({
      kind: 'missing',
      says: 'kata.ts does not export step; it exports lstm, other.',
    });
    expect(await says({ file: join(folder, 'kata.ts'), functionName: 'lstm' })).toEqual({
      kind: 'missing',
      says: 'kata.ts exports lstm, but it is a number, not a function.',
    });
    const gone = join(folder, 'gone');
    expect(await says({ file: join(gone, 'kata.ts'), workspace: gone })).toMatchObject({
      kind: 'missing',
    });
  });

  it('an empty file, a folder in place of a file', async () => {
    expect(await answerOf('')).toMatchObject({
      kind: 'missing',
      says: 'kata.ts does not export step; it exports nothing.',
    });
    expect(await faultOf({ 'kata.ts/index.ts': after })).toEqual({
      kind: 'doesNotCompile',
      says: 'kata.ts is not a regular file.',
    });
  });
});

describe('allowed', () => {
  it('relative files, JSON, types only, bptt/kata, wrong types, a solution by itself', async () => {
    const folder = workspace({
      'kata.ts': `import type { Vector } from 'bptt/kata';
        import { zeros } from 'bptt/kata'; import { two } from './deep/two'; import data from './d.json';
        const wrong: string = 1; export const step = () => ({ y: two + data.one, h: zeros(2) });`,
      'deep/two.ts': 'export const two = 2;',
      'd.json': '{ "one": 1 }',
    });
    expect(await (await open(folder)).call({})).toMatchObject({
      outputs: { y: { value: 3 }, h: { data: new Float64Array(2) } },
    });
    const solutions = join(workspace({ 'solutions/kata.ts': after }), 'solutions');
    expect(await (await open(solutions)).call({})).toMatchObject({ kind: 'returned' });
  });

  it('a broken tsconfig.json in the workspace does not matter', async () => {
    expect(await faultOf({ 'kata.ts': after, 'tsconfig.json': '{ nonsense' })).toMatchObject({
      kind: 'returned',
    });
  });

  it('bptt/kata is the same from dist, chunks included', async () => {
    const folder = workspace({
      'ws/kata.ts': `import { zeros } from 'bptt/kata'; export const step = () => zeros(1);`,
      'dist/kata.js': `export { zeros } from './chunks/learner-1.js';`,
      'dist/chunks/learner-1.js': 'export const zeros = (n) => new Float64Array(n);',
    });
    const options = { workspace: join(folder, 'ws'), deadlineMs: 5000 };
    const file = join(folder, 'ws/kata.ts');
    const bundled = await bundle({ ...options, file, runtime: join(folder, 'dist/kata.js') });
    expect(bundled).toMatchObject({ kind: 'bundled', name: 'kata.ts' });
    expect('code' in bundled && bundled.code).toContain('new Float64Array(n)');
  });
});

it('limits are checked', async () => {
  const options = { file: 'x', functionName: 'y', workspace: 'z' };
  await expect(openHost({ ...options, limits: { memoryMb: Number.NaN } })).rejects.toThrow(
    'Expected memoryMb to be an integer from 64 to 1048576, got NaN.',
  );
  expect(packageRoot()).toBe(packageRoot(import.meta.url));
});
