// Compiles assembly/ to WebAssembly and writes the bytes, as base64, into the one source file that
// src/engine/kernels/simd.ts imports. Does nothing when the sources are those of the last time.
import { createHash } from 'node:crypto';
import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import asc from 'assemblyscript/asc';

const folder = new URL('.', import.meta.url);
const target = new URL('../src/engine/kernels/simd-bytes.ts', import.meta.url);
const options = [
  ...['-O3', '--runtime', 'stub', '--noAssert', '--enable', 'simd', '--enable', 'threads'],
  ...['--importMemory', '--sharedMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
];

/** The sources as text, by file name. */
async function readSources() {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.ts')).sort();
  const texts = await Promise.all(names.map((name) => readFile(new URL(name, folder), 'utf8')));
  return Object.fromEntries(names.map((name, j) => [name, texts[j]]));
}

/** @param {Record<string, string>} sources */
async function compile(sources) {
  /** @type {Uint8Array | undefined} */
  let wasm;
  const { error, stderr } = await asc.main(['index.ts', '--outFile', 'kernels.wasm', ...options], {
    readFile: (name) => sources[name] ?? null,
    writeFile: (name, contents) => {
      if (name === 'kernels.wasm' && typeof contents !== 'string') wasm = contents;
    },
    listFiles: () => [],
  });
  if (error || !wasm) throw new Error(`assembly/ does not compile:\n${stderr.toString()}`);
  return wasm;
}

/** Brings src/engine/kernels/simd-bytes.ts up to date with assembly/. */
export async function buildKernels() {
  const sources = await readSources();
  const { version } = asc;
  const made = createHash('sha256')
    .update(JSON.stringify([version, options, sources]))
    .digest('hex');
  const header = `// Made by assembly/build.js from sources ${made}; not to be edited.\n`;
  const before = await readFile(target, 'utf8').catch(() => '');
  if (before.startsWith(header)) return;
  const base64 = Buffer.from(await compile(sources)).toString('base64');
  const draft = new URL(`${target.href}.${process.pid}`);
  await writeFile(draft, `${header}export const simdBytes =\n  '${base64}';\n`);
  await rename(draft, target);
}
