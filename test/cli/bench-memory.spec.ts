/** `bptt bench memory` at a shell: what it refuses, what it writes, and that it leaves no process behind. */
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { below, survivors } from '../faults/census.js';
import { expectRefusal, expectToFit, node, root, scratch, shared } from './bptt.js';
import type { MemoryReport } from '../../src/bench/index.js';

const memory = (...args: string[]) => node(['bench', 'memory', ...args], shared);
const small = ['--modes', 'lstm-bptt,attention-online', '--steps', '4..8', '--hidden', '4'];

describe.concurrent('a refusal', () => {
  it.each([
    ['attention-naive-inference at T = 1,000,000 needs 8 TB', ['--modes', 'attention-naive-inference', '--steps', '1000000']],
    ['more than --limit, 1 MB', ['--modes', 'lstm-bptt', '--limit', '1']],
    ['multiply-adds', ['--modes', 'attention-kv-cache', '--steps', '1000000', '--limit', '99999']],
    ['Did you mean lstm-bptt?', ['--modes', 'lstm-bppt']],
    ['There are lstm-streaming, lstm-bptt', ['--modes', '']],
    ['--heads: 3 heads do not divide 64 columns', ['--heads', '3']],
    ['--csv needs the name of a file', ['--csv', '']],
    ['--html needs the name of a file', ['--html', '-']],
    ['there is no folder', ['--html', '/nowhere/at/all.html']],
    ['takes no argument', ['lstm']],
    ...['0', '64..32', '1e3', '1..99999999'].map(
      (steps) => ['--steps needs a number of steps', [`--steps=${steps}`]] as const,
    ),
  ] as const)('says «%s»: %j', async (says, args) => {
    const ran = await memory(...args);
    expectRefusal(ran, says);
    const json = await memory(...args, '--json');
    expect(json).toMatchObject({ status: 2, stderr: '' });
    expect(ran.stderr).toBe(`bptt: ${(json.json() as { error: { message: string } }).error.message}\n`);
  });
}); // prettier-ignore

describe.concurrent('a run', () => {
  it('prints the report that its page embeds and its CSV lists', async () => {
    const folder = scratch();
    const [html, csv] = ['memory.html', 'memory.csv'].map((name) => path.join(folder, name));
    const ran = await memory(...small, '--json', '--html', html!, '--csv', csv!);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const report = ran.json() as MemoryReport;
    expect(report.agrees).toBe(true);
    expect(report.curves.map(({ mode }) => mode)).toEqual(['lstm-bptt', 'attention-online']);
    for (const { points } of report.curves)
      for (const { measuredBytes, predictedBytes } of points)
        expect(measuredBytes).toBe(predictedBytes);
    const [, embedded] = /id="report">(.*?)<\/script>/.exec(fs.readFileSync(html!, 'utf8'))!;
    expect(JSON.parse(embedded!)).toEqual(report);
    expect(fs.readFileSync(csv!, 'utf8').trimEnd().split('\n')).toHaveLength(1 + 2 * 2 * 7);
    expect(fs.readdirSync(folder).sort()).toEqual(['memory.csv', 'memory.html']);
  });

  it.each([40, 200])('fits %i columns', async (columns) => {
    const ran = await node(['bench', 'memory', ...small, '--points'], {
      env: { COLUMNS: String(columns) },
    });
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expectToFit(ran.stdout, Math.min(columns, 120));
    expect(ran.stdout).toContain('✓');
  });

  it.runIf(fs.existsSync('/dev/full'))(
    'that cannot be saved is printed all the same, and ends 4',
    async () => {
      const ran = await memory(...small, '--csv', '/dev/full');
      expect(ran).toMatchObject({
        status: 4,
        stderr: 'bptt: --csv: could not write /dev/full (ENOSPC).\n',
      });
      expect(ran.stdout).toContain('✓');
    },
  );

  it.runIf(fs.existsSync('/proc/self/stat'))(
    'that is interrupted takes its child along, and ends 130',
    async () => {
      const long = ['--modes', 'attention-kv-cache', '--steps', '65536'];
      const parent = spawn(
        process.execPath,
        [path.join(root, 'bin/run.js'), 'bench', 'memory', ...long],
        {
          stdio: 'ignore',
          detached: true, // its group is its own: only the parent is told, as by kill, not both as by Ctrl-C
        },
      );
      const seen = new Set([parent.pid!]);
      while (seen.size < 2) {
        await new Promise((resolve) => setTimeout(resolve, 20));
        for (const { pid } of below(new Set([parent.pid!]))) seen.add(pid);
      }
      const ended = new Promise((resolve) => parent.once('close', resolve));
      process.kill(parent.pid!, 'SIGINT');
      expect(await ended).toBe(130);
      expect(await survivors(seen)).toEqual([]);
    },
  );
});
