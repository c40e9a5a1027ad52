/** The files of a new workspace, by their path inside it. The marker comes last, so that half a workspace is none. */
import fs from 'node:fs';
import path from 'node:path';
import { packageRoot } from './host/places.js';
import { stubPath } from './places.js';
import type { Kata } from './define.js';

const json = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

const readme = `# My bptt workspace

- \`bptt list\` shows the katas; each is one file under katas/.
- Edit a file, then \`bptt check lstm-step\`. A failing check says which mistake it is, where it can.
- \`bptt hint lstm-step\` goes up a ladder: the idea, the equation, the line.
- \`bptt reset lstm-step\` starts over and keeps a copy; \`bptt undo lstm-step\` brings it back.
- A Vector is a Float64Array, x[j]; a Matrix is an array of its rows, W[i][j]; a Sequence has a
  Vector for each step, x[t][j].
- \`npm install && npm test\` runs the same checks under vitest, and tells your editor the types.

history.jsonl is your progress. Commit it: two machines never conflict.
`;

const testOf = (kata: Kata): string => `import { testKata } from 'bptt/vitest';
import { ${kata.functionName} } from './${kata.id}.js';

testKata('${kata.id}', ${kata.functionName});
`;

/** Whether a package's folder is a clone; npm installs into a node_modules. */
export const isClone = (root: string): boolean => !root.split(path.sep).includes('node_modules');

/** What a workspace asks npm for: the clone that made it, or else the published package. */
function wanted(root: string, version: string): string {
  return isClone(root) ? `file:${root.replaceAll(path.sep, '/')}` : `^${version}`;
}

/** Path → content, in the order in which they are written. `root`: the folder of the package that runs. */
export function scaffold(
  katas: readonly Kata[],
  version: string,
  root = packageRoot(),
): Map<string, string> {
  const files = new Map<string, string>([
    ['README.md', readme],
    ['.gitignore', 'node_modules/\n'],
    ['.gitattributes', 'history.jsonl merge=union\n'],
    [
      'package.json',
      json({
        name: 'my-bptt-workspace',
        private: true,
        type: 'module',
        scripts: { test: 'vitest run', check: 'bptt check' },
        devDependencies: { bptt: wanted(root, version), typescript: '^5.9.0', vitest: '^4.1.0' },
      }),
    ],
    [
      'tsconfig.json',
      json({
        compilerOptions: {
          target: 'ES2022',
          module: 'NodeNext',
          moduleResolution: 'NodeNext',
          strict: true,
          noEmit: true,
          skipLibCheck: true,
        },
        include: ['katas', 'vitest.config.ts'],
      }),
    ],
    [
      'vitest.config.ts',
      `import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { include: ['katas/**/*.test.ts'] } });
`,
    ],
  ]);
  for (const kata of katas) {
    files.set(`katas/${kata.topic}/${kata.id}.ts`, fs.readFileSync(stubPath(kata), 'utf8'));
    files.set(`katas/${kata.topic}/${kata.id}.test.ts`, testOf(kata));
  }
  files.set('bptt.json', json({ workspace: 1, bptt: version }));
  return files;
}
