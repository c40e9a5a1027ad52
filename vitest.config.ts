import { defineConfig } from 'vitest/config';

export default defineConfig({
  resolve: { conditions: ['bptt-source'] },
  ssr: { resolve: { conditions: ['bptt-source', 'node', 'import', 'module', 'default'] } },
  test: {
    include: ['test/**/*.spec.{ts,tsx}'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: '100%', // by default one core stays idle, which on two cores is half of them
    env: { NO_COLOR: '1', BPTT_HOME: '/nonexistent/bptt-tests-name-their-own-home' },
  },
});
