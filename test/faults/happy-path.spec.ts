/**
 * What the host costs when nothing goes wrong: bundling, a child, one answer, the end, beyond a bare Node
 * that does nothing. Both are measured in turn in one run and printed; no time is asserted.
 */
import { spawn } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { afterAll, expect, it } from 'vitest';
import { openHost } from '../../src/kata/host/index.js';
import { kataFile, Place } from './place.js';
import { rightAnswer } from './rows/source.js';

const runs = process.env.BPTT_FAULTS_KILLS === undefined ? 5 : 40;
const place = new Place();
afterAll(() => place.remove());

const bareNode = (): Promise<void> =>
  new Promise((done, fail) => {
    spawn(process.execPath, ['-e', '0'], { stdio: 'ignore', env: {} })
      .once('exit', done)
      .once('error', fail);
  });

async function throughHost(): Promise<void> {
  const host = await openHost({
    file: place.path(kataFile),
    functionName: 'rnnStep',
    workspace: place.workspace,
  });
  const row = Float64Array.of(0.5);
  const answer = await host.call({ x: row, hPrev: row, Wxh: [row], Whh: [row], bh: row });
  await host.close();
  const h = Float64Array.of(Math.tanh(0.5 + 0.25 + 0.25));
  expect(answer).toMatchObject({ kind: 'returned', outputs: { h: { kind: 'vector', data: h } } });
}

async function timed(body: () => Promise<void>): Promise<number> {
  const began = performance.now();
  await body();
  return performance.now() - began;
}

it('a right answer through the whole host', async () => {
  writeFileSync(place.path(kataFile), rightAnswer);
  const first = await timed(throughHost); // loads esbuild as well
  const bare: number[] = [];
  const host: number[] = [];
  for (let k = 0; k < runs; k++) {
    bare.push(await timed(bareNode));
    host.push(await timed(throughHost));
  }
  const middle = (times: number[]): number =>
    times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
  const [node, whole] = [middle(bare), middle(host)];
  process.stdout.write(
    `\nhappy path: ${Math.round(whole - node)} ms beyond bare Node (medians of ${runs}: ${Math.round(whole)} ms through the host, ${Math.round(node)} ms bare; the first run of a process ${Math.round(first)} ms)\n`,
  );
  expect(host).toHaveLength(runs);
});
