import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal, didYouMean, exitCodes, quoted } from './refusal.js';
import { expectName, saveAs } from './save-as.js';
import { seedFlag } from './flags.js';
import type { ClaimsReport } from '../bench/index.js';

export default class Claims extends BaseCommand {
  static override readonly summary =
    'What is said about RNNs, LSTMs and attention, each claim measured now, with the sentence to say.';
  static override readonly description =
    'Every claim has a measurement that runs on this engine and a verdict computed from it: holds, holds within limits, loose. With ids it shows the numbers too. Nothing is timed: depth is counted in operations that wait for each other, memory in bytes. Exit code: 0 the verdicts are those of docs/claims.md, 1 one differs.';
  static override readonly examples = [
    '<%= config.bin %> claims',
    '<%= config.bin %> claims lstm-memory attention-memory',
    '<%= config.bin %> claims --seed 3 --json',
  ];
  static override readonly strict = false;
  static override readonly usage = 'claims [CLAIM…] [--seed <value>] [--html <value>] [--json]';
  static override readonly flags = {
    seed: seedFlag({ description: 'seed of weights and inputs', default: 7 }),
    html: Flags.string({ description: 'write one page with all numbers', helpValue: 'FILE' }),
  };

  async run(): Promise<ClaimsReport> {
    const { argv, flags } = await this.parse(Claims);
    expectName('--html', flags.html);
    const [{ claimIds, measureClaims }, { claimsText }] = await Promise.all([
      import('../bench/index.js'),
      import('../ui/claims-text.js'),
    ]);
    const html = flags.html === undefined ? undefined : await import('../ui/web/claims-page.js');
    const ids = [...new Set(argv as string[])];
    for (const id of ids)
      if (!claimIds.includes(id))
        throw new Refusal(
          `There is no claim ${quoted(id)}.${didYouMean(id, claimIds)} There are ${claimIds.join(', ')}.`,
        );
    const report = measureClaims({
      seed: flags.seed,
      ...(ids.length > 0 ? { ids } : {}),
      onProgress: (id, done, of) => this.progress(`${done} of ${of}: ${id} …`),
    });
    this.progress('');
    this.endWith(report.agrees ? exitCodes.passed : exitCodes.failed);
    this.print((page) => claimsText(report, page, ids.length > 0));
    if (html && flags.html !== undefined)
      saveAs(
        '--html',
        flags.html,
        html.claimsPage(report, ['bptt claims', ...this.argv].join(' ')),
      );
    return report;
  }
}
