import { randomInt } from 'node:crypto';
import { BaseCommand } from './base.js';
import { exitCodes } from './refusal.js';
import { seedFlag, wholeNumber } from './flags.js';
import type { CheckedEvent, Kata, KataReport } from '../kata/index.js';

/** How a check that did not pass ends the process. */
const exitOf = ({ outcome }: KataReport): number =>
  outcome === 'passed'
    ? exitCodes.passed
    : outcome === 'timedOut'
      ? exitCodes.timedOut
      : outcome === 'outOfMemory'
        ? exitCodes.outOfMemory
        : exitCodes.failed;

export default class Check extends BaseCommand {
  static override readonly summary =
    'Check your implementation of a kata, and be told which mistake it is.';
  static override readonly description =
    'Runs your file in a process of its own, with a deadline and limits, on generated cases. Without an id, all katas are checked. Exit code: 0 passed, 1 failed, 124 out of time, 137 out of memory.';
  static override readonly examples = [
    '<%= config.bin %> check lstm-step',
    '<%= config.bin %> check lstm-step --seed 7 --json',
    '<%= config.bin %> check',
  ];
  static override readonly strict = false;
  static override readonly usage =
    'check [KATA…] [--seed <value>] [--timeout <value>] [--memory <value>] [--json]';
  static override readonly flags = {
    seed: seedFlag({ description: 'the seed of the cases; a new one each time unless given' }),
    timeout: wholeNumber(
      'timeout',
      1,
      600,
    )({ description: 'seconds that one call may take', default: 5 }),
    memory: wholeNumber(
      'memory',
      64,
      8192,
    )({ description: 'megabytes that it may use', default: 512 }),
  };

  async run(): Promise<{ passed: boolean; katas: KataReport[] }> {
    const { argv, flags } = await this.parse(Check);
    const { workspace } = this;
    const { checkFile, katas } = await import('../kata/index.js');
    const { kataText } = await import('../ui/kata-text.js');
    const ids = [...new Set(argv as string[])];
    const asked: readonly Kata[] =
      ids.length === 0 ? katas : await Promise.all(ids.map((id) => this.kata(id)));

    const reports: KataReport[] = [];
    for (const [number, kata] of asked.entries()) {
      this.progress(`checking ${kata.id} (${number + 1} of ${asked.length}) …`);
      const report = await checkFile(kata, {
        workspace,
        seed: flags.seed ?? randomInt(1, 2 ** 31 - 1),
        limits: { deadlineMs: flags.timeout * 1000, memoryMb: flags.memory },
        now: () => performance.now(),
      });
      this.progress('');
      const { id, outcome, diagnosis, seed, ms } = report;
      const event: CheckedEvent = {
        type: 'checked',
        kata: id,
        outcome,
        diagnosis: diagnosis && { mistake: diagnosis.mistake, card: diagnosis.card },
        seed,
        ms,
      };
      this.journal.record({ ...event });
      this.print(number === 0 ? kataText(report, this.page) : ['', ...kataText(report, this.page)]);
      reports.push(report);
    }
    this.endWith(Math.max(...reports.map(exitOf)));
    return { passed: reports.every(({ outcome }) => outcome === 'passed'), katas: reports };
  }
}
