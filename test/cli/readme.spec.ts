/** What the README shows is what one gets: its sample report, and its library snippet. */
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { inWorkspace, lstm, node, root, scratch, swapped } from './bptt.js';

const readme = readFileSync(path.join(root, 'README.md'), 'utf8');
const fences = [...readme.matchAll(/^```(\w*)\n([^]*?)^```$/gm)].map(([, language, code]) => ({
  language,
  code: code!,
}));

it('the sample report is what a check of swapped gates prints', async () => {
  const sample = fences.find(({ code }) => code.startsWith('lstm-step '))!.code.trimEnd();
  const learner = await inWorkspace();
  learner.write(lstm, swapped());
  const { stdout } = await learner.bptt(['check', 'lstm-step', '--seed', '7']);
  const [first, ...rest] = sample.split('\n');
  const [shown, ...below] = stdout.split('\n');
  expect(shown!.startsWith(first!)).toBe(true);
  expect(below.slice(0, rest.length)).toEqual(rest);
});

it('the library snippet runs as it stands', async () => {
  const snippet = fences.find(({ language }) => language === 'ts')!.code;
  const script = path.join(scratch(), 'snippet.mjs');
  const engine = path.join(root, 'dist', 'engine.js');
  writeFileSync(
    script,
    `${snippet.replace("'bptt'", JSON.stringify(engine))}\nconsole.log(Object.keys(gradients).length > 8);\n`,
  );
  expect(await node([], { script })).toMatchObject({ status: 0, stdout: 'true\n', stderr: '' });
});
