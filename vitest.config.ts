import { configDefaults, defineConfig } from 'vitest/config';

/** Rooms whose tests leave nothing behind in their process: they may share one, and load the engine once. */
const pure = [
  'test/{check,engine,kata,lessons,notation,quiz,walk}/*.spec.ts',
  'test/engine/{attention,texts}/**/*.spec.ts',
  'test/ui/*.spec.ts',
];
const all = 'test/**/*.spec.{ts,tsx}';

export default defineConfig({
  resolve: { conditions: ['bptt-source'] },
  ssr: { resolve: { conditions: ['bptt-source', 'module', 'node'] } },
  test: {
    projects: [
      { extends: true, test: { name: 'pure', include: pure, isolate: false } },
      {
        extends: true,
        test: { name: 'alone', include: [all], exclude: [...configDefaults.exclude, ...pure] },
      },
    ],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: '100%', // by default one core stays idle, which on two cores is half of them
    env: { NO_COLOR: '1', BPTT_HOME: '/nonexistent/bptt-tests-name-their-own-home' },
  },
});
