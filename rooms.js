// The floor plan: which room of src/ may import which. The linter (eslint.config.js) and the test
// that walks the real import graph (test/house.spec.ts) both read this table and nothing else.

/** @type {Record<string, { rooms: string[], packages: string[] }>} */
export const rooms = {
  notation: { rooms: [], packages: ['mathjs'] },
  engine: { rooms: [], packages: [] },
  check: { rooms: ['engine'], packages: ['fast-check'] },
  kata: {
    rooms: ['engine', 'check', 'notation'],
    packages: ['node:', 'esbuild', 'fast-check', 'vitest'],
  },
  quiz: { rooms: ['engine', 'notation'], packages: ['ts-fsrs', 'yaml'] },
  bench: { rooms: ['engine', 'check'], packages: ['node:'] },
  // The guided way, one step after another, and the plan of the day: folds of the log, no I/O.
  walk: { rooms: ['engine', 'notation', 'check', 'kata', 'quiz', 'bench'], packages: [] },
  // docs/lessons with their equations, numbers and charts filled in.
  lessons: {
    rooms: ['engine', 'notation', 'check', 'bench'],
    packages: ['node:', 'string-width', 'wrap-ansi'],
  },
  store: { rooms: [], packages: ['node:'] },
  ui: {
    rooms: ['check', 'kata', 'quiz', 'bench', 'walk', 'lessons'], // types only: the linter and the test see to it
    packages: [
      'ink',
      'react',
      'chalk',
      'string-width',
      'wrap-ansi',
      'simple-ascii-chart', // charts in the terminal
      '@observablehq/plot', // charts on a page …
      'linkedom', //          … drawn without a browser
      'csv-stringify',
      'diff',
      'junit-report-builder',
      'marked',
    ],
    typesOnly: true,
  },
  commands: {
    rooms: [
      'notation',
      'engine',
      'check',
      'kata',
      'quiz',
      'bench',
      'walk',
      'lessons',
      'store',
      'ui',
    ],
    packages: [
      'node:',
      '@oclif/',
      'env-paths',
      'uuid',
      'fastest-levenshtein',
      'ink',
      'react',
      'chokidar',
      'p-limit',
    ],
  },
};
