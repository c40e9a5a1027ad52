// Builds the kernels, and dist/: the command-line tool in few chunks, the library entries, and the kata host.
import { readFile, rename, rm } from 'node:fs/promises';
import { build } from 'esbuild';
import { buildKernels } from './assembly/build.js';

// Built beside dist/ and put in its place when all of it is there: a build that fails leaves the last one standing.
const building = `dist.${process.pid}`;
await buildKernels();

/**
 * What packages do when they are imported, put off until it is needed, so that a plain command does not pay for it.
 * oclif is CommonJS as TypeScript writes it, `const y_1 = require('y')` above and `y_1.name` below: each such
 * `require` waits for its first use. string-width makes a segmenter, which loads ICU's tables: so does that.
 * @type {readonly [RegExp, (text: string) => string][]}
 */
const putOff = [
  [
    /@oclif[\\/]core[\\/]lib[\\/].*\.js$/,
    (text) => {
      const required = /^(?:const|var) (\w+_\d+) = (.*\brequire\(.*\).*);$/gm;
      const names = [...text.matchAll(required)].map(([, name]) => name);
      const use = new RegExp(`\\b(?:${names.join('|')})\\b(?! =)`, 'g');
      return names.length === 0
        ? text
        : text.replace(use, '($&())').replace(required, 'const $1 = () => $2;');
    },
  ],
  [
    /string-width[\\/]index\.js$/,
    (text) =>
      text.replace(
        /const segmenter = new Intl\.Segmenter\(\)(.*)segmenter\.segment\(/s,
        'let made$1(made ??= new Intl.Segmenter()).segment(',
      ),
  ],
];

/** Packages of parts of oclif that we do not use: finding commands by pattern, plugins by wildcard, spinners. */
const unused = ['tinyglobby', 'minimatch', 'cli-spinners', 'lilconfig', 'ansi-escapes'];

/** @type {import('esbuild').Plugin} */
const later = {
  name: 'later',
  setup({ onLoad, onEnd }) {
    const found = new Set();
    for (const [filter, rewritten] of putOff)
      onLoad({ filter }, async ({ path }) => {
        const text = await readFile(path, 'utf8');
        const contents = rewritten(text);
        if (contents !== text) found.add(filter);
        return { contents };
      });
    onEnd(() => {
      // A package that is written otherwise now would still work, and start slowly.
      const missing = putOff.find(([filter]) => !found.has(filter));
      if (missing) throw new Error(`Nothing to put off in ${missing[0]}: see putOff in build.js.`);
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const common = {
  bundle: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.17',
  // Bundled, so that start-up reads few files; what must stay a package of its own is named here. oclif asks
  // for typescript, and ink for its devtools, only in development.
  external: ['esbuild', 'vitest', 'typescript', 'react-devtools-core'],
  conditions: ['bptt-source'],
  outdir: building,
  logLevel: 'warning',
  jsx: 'automatic',
};

// The kata host's child: one self-contained file, CommonJS because it may read nothing but itself.
await build({
  ...common,
  format: 'cjs',
  entryPoints: { 'host-child': 'src/kata/host/child.ts' },
  outExtension: { '.js': '.cjs' },
});

// One size of `bench memory`, measured in a process of its own; the thread of `bench speed`, and a worker of its `--threads`.
await build({
  ...common,
  entryPoints: {
    'bench-child': 'src/bench/memory/child.ts',
    'bench-worker': 'src/bench/threads/worker.ts',
  },
});

// What the host bundles with a learner's file: alone, so that nothing else comes along.
await build({ ...common, entryPoints: { kata: 'src/kata/learner.ts' } });

await build({
  ...common,
  splitting: true,
  plugins: [later],
  external: [...common.external, ...unused],
  define: { 'process.env.NODE_ENV': '"production"' }, // React's own switch
  // Bundled CommonJS packages ask for `require`, which an ES module does not have.
  banner: {
    js: "const require = process.getBuiltinModule('node:module').createRequire(import.meta.url);",
  },
  entryPoints: {
    commands: 'src/commands/index.ts',
    help: 'src/commands/help.ts',
    engine: 'src/engine/index.ts',
    define: 'src/kata/define.ts',
    vitest: 'src/kata/vitest.ts',
  },
  chunkNames: 'chunks/[name]-[hash]',
});

// Declarations are made by themselves (npm run build:types) and outlive a build.
await rename('dist/types', `${building}/types`).catch((error) => {
  if (error.code !== 'ENOENT') throw error;
});
await rm('dist', { recursive: true, force: true });
await rename(building, 'dist');
