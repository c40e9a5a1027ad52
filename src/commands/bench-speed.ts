import { BaseCommand } from './base.js';
import { exitCodes } from './refusal.js';
import { wholeNumber } from './flags.js';
import type { SpeedReport } from '../bench/index.js';

export default class BenchSpeed extends BaseCommand {
  static override readonly summary =
    "How fast the cells run: agreement first, then time, as shares of this machine's ceiling.";
  static override readonly description =
    'Runs rnn, lstm and gru with both kernel sets, compares their bits, and times them against a measured multiply-add ceiling in the same run. Exit code 1 if the kernel sets disagree.';
  static override readonly examples = [
    '<%= config.bin %> bench speed',
    '<%= config.bin %> bench speed --budget 20 --json',
  ];
  static override readonly strict = false;
  static override readonly flags = {
    budget: wholeNumber(
      'budget',
      1,
      10_000,
    )({ description: 'milliseconds for each thing that is timed', default: 100 }),
  };

  async run(): Promise<SpeedReport> {
    const { argv, flags } = await this.parse(BenchSpeed);
    this.refuseArguments(argv);
    const [{ measureSpeed }, { speedText }] = await Promise.all([
      import('../bench/index.js'),
      import('../ui/speed-text.js'),
    ]);
    const report = measureSpeed({
      clock: () => performance.now(),
      budgetMs: flags.budget,
      onProgress: (what) => this.progress(`timing ${what} …`),
    });
    this.progress('');
    this.print(speedText(report, this.page));
    this.endWith(
      report.agreement.every(({ sameBits }) => sameBits) ? exitCodes.passed : exitCodes.failed,
    );
    return report;
  }
}
