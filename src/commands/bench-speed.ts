import { join } from 'node:path';
import { setImmediate as pause } from 'node:timers/promises';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal, didYouMean, exitCodes, quoted } from './refusal.js';
import { wholeNumber } from './flags.js';
import type { SpeedReport, ThreadsReport } from '../bench/index.js';

export default class BenchSpeed extends BaseCommand {
  static override readonly summary =
    "How fast cells and attention run: agreement first, then time, as shares of this machine's ceiling.";
  static override readonly description =
    'Runs rnn, lstm, gru and attention with both kernel sets, compares their bits, and times them against a measured multiply-add ceiling in the same run; times an exhaustive gradient check too. All of it takes some minutes; Ctrl-C stops it. Exit code 1 if two ways to the same numbers disagree: kernel sets, attention naive and online, backward and its check.';
  static override readonly examples = [
    '<%= config.bin %> bench speed',
    '<%= config.bin %> bench speed --only attention',
    '<%= config.bin %> bench speed --threads 2',
    '<%= config.bin %> bench speed --budget 20 --json',
  ];
  static override readonly strict = false;
  static override readonly flags = {
    budget: wholeNumber(
      'budget',
      1,
      10_000,
    )({ description: 'milliseconds for each thing that is timed', default: 100 }),
    only: Flags.string({
      description: 'time only what has this in its name, such as «online» or «lstm forward»',
      helpValue: 'NAME',
      exclusive: ['threads'],
    }),
    threads: wholeNumber(
      'threads',
      1,
      64,
    )({ description: 'time batches on one thread and on this many instead, bits compared first' }),
  };

  async run(): Promise<SpeedReport | ThreadsReport> {
    const { argv, flags } = await this.parse(BenchSpeed);
    this.refuseArguments(argv);
    if (flags.threads !== undefined) return this.#runThreads(flags.threads, flags.budget);
    const [{ measureSpeedInWorker, speedNames }, { speedText }] = await Promise.all([
      import('../bench/index.js'),
      import('../ui/speed-text.js'),
    ]);
    if (flags.only === '') throw new Refusal('--only needs a part of a name, got nothing.');
    const report = await measureSpeedInWorker(
      this.#script,
      { budgetMs: flags.budget, only: flags.only?.toLowerCase() ?? '' },
      (what, place, of) => this.progress(`${place} of ${of}: ${what} …`),
    );
    this.progress('');
    if (report.agreement.length + report.efficiency.length === 0)
      throw new Refusal(
        `--only: nothing that is timed has ${quoted(flags.only ?? '')} in its name.${didYouMean(flags.only ?? '', speedNames)} The cases are ${speedNames.join(', ')}.`,
      );
    this.endWith(
      report.agreement.every(({ agrees }) => agrees) ? exitCodes.passed : exitCodes.failed,
    );
    this.print((page) => speedText(report, page));
    return report;
  }

  /** Always the built one, as a worker loads no TypeScript. */
  get #script(): string {
    return join(this.config.root, 'dist', 'bench-worker.js');
  }

  async #runThreads(threads: number, budgetMs: number): Promise<ThreadsReport> {
    const [{ measureThreads }, { threadsText }] = await Promise.all([
      import('../bench/index.js'),
      import('../ui/threads-text.js'),
    ]);
    const report = await measureThreads({
      threads,
      script: this.#script,
      clock: () => performance.now(),
      budgetMs,
      onProgress: (what, place, of) =>
        this.progress(`${place} of ${of}: ${what}, on ${threads} threads …`),
      pause: () => pause(),
    });
    this.progress('');
    const agree = report.cases.every(
      ({ sameBits, sameAsUndivided }) => sameBits && sameAsUndivided,
    );
    this.endWith(agree ? exitCodes.passed : exitCodes.failed);
    this.print((page) => threadsText(report, page));
    return report;
  }
}
