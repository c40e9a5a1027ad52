/** `bptt flow` and `bptt claims` at a shell: what they refuse, print and write. */
import fs from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { expectRefusal, expectToFit, inWorkspace, node, scratch, shared } from './bptt.js';
import type { ClaimsReport, FlowReport } from '../../src/bench/index.js';
import type { WalkReport } from '../../src/walk/index.js';

const small = ['flow', '--steps', '9', '--hidden', '3'];

describe.concurrent('a refusal', () => {
  it.each([
    ['--steps needs a whole number', ['flow', '--steps', '1']],
    ['--biases needs a number from -50 to 50', ['flow', '--biases', '0,x']],
    ['six forget biases at most', ['flow', '--biases', '1,2,3,4,5,6,7']],
    ['--norm needs a number from 0 to 1000', ['flow', '--norm', '1e3']],
    ['Did you mean lstm?', ['flow', '--cells', 'rnn,lstn']],
    ['--cells: there is no', ['flow', '--cells', '']],
    ['multiply-adds', ['flow', '--steps', '10000', '--hidden', '256']],
    ['takes no argument', ['flow', 'lstm']],
    ['--html needs the name of a file', ['flow', '--html', '']],
    ['--html needs the name of a file', ['claims', '--html', '-']],
    ['--html: there is no folder', ['flow', '--html', 'no-such-folder/flow.html']],
    ['--html: there is no folder', ['claims', '--html', 'no-such-folder/claims.html']],
    ['Did you mean lstm-memory?', ['claims', 'lstm-memry']],
    ['There are gradient-bound', ['claims', '__proto__']],
    ['--seed needs a whole number', ['claims', '--seed', '-1']],
  ] as const)('says «%s»: %j', async (says, args) => {
    expectRefusal(await node(args, shared), says);
  });

  it('is the same sentence under --json', async () => {
    for (const args of [['flow', '--cells', 'x'], ['claims', 'x']]) {
      const json = await node([...args, '--json'], shared);
      expect(json).toMatchObject({ status: 2, stderr: '' });
      const { error } = json.json() as { error: { message: string } };
      expect((await node(args, shared)).stderr).toBe(`bptt: ${error.message}\n`);
    }
  });
}); // prettier-ignore

describe.concurrent('a run', () => {
  it.each([
    ['flow', small],
    ['claims', ['claims', 'gru-parameters', 'gates-fixed']],
  ] as const)('of %s prints the report that its page embeds', async (name, args) => {
    const file = path.join(scratch(), `${name}.html`);
    const ran = await node([...args, '--json', '--html', file], shared);
    expect(ran).toMatchObject({ status: 0, stderr: '' });
    const [, embedded] = /id="report">(.*?)<\/script>/.exec(fs.readFileSync(file, 'utf8'))!;
    expect(JSON.parse(embedded!)).toEqual(ran.json());
  });

  it('of flow compares the cells and biases that were asked for', async () => {
    const report = (await node([...small, '--cells', 'gru,lstm', '--biases', '2,-0.5', '--json'], shared)).json() as FlowReport; // prettier-ignore
    expect(report.curves.map(({ name }) => name)).toEqual(['LSTM, bias 2', 'LSTM, bias -0.5', 'GRU']); // prettier-ignore
    expect(report).toMatchObject({ sizes: { T: 9, H: 3 }, bound: null });
    const scaled = (await node([...small, '--norm', '2.5', '--json'], shared)).json() as FlowReport;
    expect(scaled.bound!.norm).toBeCloseTo(2.5, 12);
  });

  it('of flow is a step of the walk, in a workspace, if it has all of its cells', async () => {
    const learner = await inWorkspace();
    const isDone = async (): Promise<boolean> => {
      const { walks } = (await learner.bptt(['walk', 'rnn', '--json'])).json() as WalkReport;
      return walks[0]!.steps.find(({ kind }) => kind === 'flow')!.done;
    };
    await learner.bptt([...small, '--cells', 'rnn,gru']);
    expect(await isDone()).toBe(false);
    await learner.bptt([...small, '--cells', 'rnn,lstm']);
    expect(await isDone()).toBe(true);
  });

  it('of claims measures all, or those that are named', async () => {
    const all = (await node(['claims', '--json'], shared)).json() as ClaimsReport;
    expect(all.agrees).toBe(true);
    const two = (await node(['claims', 'gates-fixed', 'gru-parameters', 'gates-fixed', '--json'], shared)).json() as ClaimsReport; // prettier-ignore
    expect(two.claims).toEqual(all.claims.filter(({ id }) => ['gru-parameters', 'gates-fixed'].includes(id))); // prettier-ignore
  });

  it.each([40, 200])('fits %i columns', async (columns) => {
    const env = { COLUMNS: String(columns) };
    for (const args of [small, ['claims', 'sequential-steps']]) {
      const ran = await node(args, { ...shared, env });
      expect(ran).toMatchObject({ status: 0, stderr: '' });
      expectToFit(ran.stdout, Math.min(columns, 120));
    }
  });

  it.runIf(fs.existsSync('/dev/full'))('that cannot be saved ends 4', async () => {
    const ran = await node([...small, '--html', '/dev/full']);
    expect(ran).toMatchObject({ status: 4, stderr: 'bptt: --html: could not write /dev/full (ENOSPC).\n' }); // prettier-ignore
    expect(ran.stdout).toContain('∏ diag(f_t)');
  });
});
