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
  quiz: { rooms: ['engine', 'notation'], packages: ['ts-fsrs'] },
  bench: { rooms: ['engine', 'check'], packages: ['node:'] },
  store: { rooms: [], packages: ['node:'] },
  ui: {
    rooms: ['check', 'kata', 'quiz', 'bench'], // types only: the linter and the test see to it
    packages: ['ink', 'react', 'chalk', 'string-width', 'wrap-ansi', 'cli-table3'],
    typesOnly: true,
  },
  commands: {
    rooms: ['notation', 'engine', 'check', 'kata', 'quiz', 'bench', 'store', 'ui'],
    packages: ['node:', '@oclif/', 'env-paths', 'fastest-levenshtein', 'ink', 'react'],
  },
};
