import os from 'node:os';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal, didYouMean, exitCodes, quoted } from './refusal.js';
import { expectName, saveAs } from './save-as.js';
import { wholeNumber } from './flags.js';
import type { MemoryMode, MemoryReport, MemoryRequest } from '../bench/index.js';

/** Multiply-adds that we are ready to wait for: about a quarter of an hour. */
const budget = 5e12;

export default class BenchMemory extends BaseCommand {
  static override readonly summary =
    'What LSTM and attention have to remember: bytes counted, bytes predicted, and how they grow with T.';
  static override readonly description =
    'Runs each mode at each number of steps in a process of its own and counts every byte that the engine allocates, by class, beside what a closed formula predicts. Fits the exponent of what is kept and says where one mode overtakes another. Exit code: 0 measured as predicted, 1 not, 2 it would not fit (nothing is allocated then), 137 out of memory. docs/memory.md says what is counted.';
  static override readonly examples = [
    '<%= config.bin %> bench memory',
    '<%= config.bin %> bench memory --modes lstm-bptt,attention-naive-training --steps 64..512',
    '<%= config.bin %> bench memory --hidden 16 --html memory.html --csv memory.csv',
  ];
  static override readonly strict = false;
  static override readonly flags = {
    steps: Flags.string({
      description: 'numbers of steps T, each twice the one before',
      default: '64..8192',
      helpValue: 'FROM..TO',
    }),
    hidden: wholeNumber(
      'hidden',
      1,
      4096,
    )({ description: 'H of the LSTM, model size of attention', default: 64 }),
    heads: wholeNumber('heads', 1, 64)({ description: 'heads of attention', default: 1 }),
    k: wholeNumber(
      'k',
      1,
      2 ** 24,
    )({ description: 'steps in a stretch of truncated BPTT', default: 32 }),
    modes: Flags.string({
      description: 'some modes only, separated by commas; a wrong one lists them all',
      helpValue: 'MODE,…',
    }),
    limit: wholeNumber(
      'limit',
      1,
      2 ** 30,
    )({ description: 'megabytes that one point may need; half of the memory here unless given' }),
    points: Flags.boolean({ description: 'list every point' }),
    csv: Flags.string({ description: 'write every byte count as CSV', helpValue: 'FILE' }),
    html: Flags.string({ description: 'write one page with charts and tables', helpValue: 'FILE' }),
  };

  async run(): Promise<MemoryReport> {
    const { argv, flags } = await this.parse(BenchMemory);
    this.refuseArguments(argv);
    const { hidden, heads, k } = flags;
    const steps = stepsOf(flags.steps);
    if (hidden % heads !== 0)
      throw new Refusal(
        `--heads: ${heads} heads do not divide ${hidden} columns evenly: take a --heads that divides --hidden.`,
      );
    for (const flag of ['csv', 'html'] as const) expectName(`--${flag}`, flags[flag]);
    const bench = await import('../bench/index.js');
    const { grouped, shortBytes } = await import('../ui/bytes.js');
    // All of it now: what is missing should not be missed after a minute of measuring.
    const { memoryText } = await import('../ui/memory-text.js');
    const csv = flags.csv === undefined ? undefined : await import('../ui/memory-csv.js');
    const html = flags.html === undefined ? undefined : await import('../ui/web/memory-page.js');

    const ending = new AbortController();
    const modes = modesOf(flags.modes, bench.memoryModes);
    const request: MemoryRequest = {
      ...{ modes, steps, hidden, heads, k },
      measure: (mode, sizes) => bench.measureInChild(mode, sizes, ending.signal),
      onProgress: (mode, T, done, of) =>
        this.progress(
          `${done} of ${of}: ${mode}, T = ${grouped(T)} …`.slice(0, this.page.width - 1), // one line
        ),
    };
    const limit = flags.limit === undefined ? os.totalmem() / 2 : flags.limit * 1e6;
    const over = bench.firstOverLimit(request, limit);
    if (over)
      throw new Refusal(
        `${over.mode} at T = ${grouped(over.T)} needs ${shortBytes(over.bytes)} (${grouped(over.bytes)} bytes), more than ${flags.limit === undefined ? 'half of the memory here' : '--limit'}, ${shortBytes(limit)}: take fewer --steps, other --modes or a larger --limit.`,
      );
    if (bench.multiplyAdds(request) > budget)
      throw new Refusal(
        `That is ${bench.multiplyAdds(request).toPrecision(2)} multiply-adds, hours of work: take fewer --steps, a smaller --hidden or other --modes.`,
      );

    const kill = (): void => ending.abort();
    process.once('exit', kill); // Ctrl-C ends us, and a child that is busy would go on
    const report = await bench.measureMemory(request).catch((error: unknown) => {
      if (error instanceof bench.PointFailed && error.outOfMemory)
        throw new Refusal(error.message, exitCodes.outOfMemory);
      throw error;
    });
    process.removeListener('exit', kill);
    this.progress('');

    this.endWith(report.agrees ? exitCodes.passed : exitCodes.failed);
    this.print((page) => memoryText(report, page, flags.points));
    if (csv && flags.csv !== undefined) saveAs('--csv', flags.csv, csv.memoryCsv(report));
    if (html && flags.html !== undefined)
      saveAs(
        '--html',
        flags.html,
        html.memoryPage(report, ['bptt bench memory', ...this.argv].join(' ')),
      );
    return report;
  }
}

/** `64..8192` is 64, 128, … 8192; `4096` is one size. @throws {Refusal} */
function stepsOf(typed: string): number[] {
  const [, first, last = first] = /^(\d{1,8})(?:\.\.(\d{1,8}))?$/.exec(typed) ?? [];
  const [from, to] = [Number(first), Number(last)];
  if (!(from >= 1 && to >= from && to <= 2 ** 24))
    throw new Refusal(
      `--steps needs a number of steps, or a range that is doubled from its start, such as 4096 or 64..8192, up to 16777216; got ${quoted(typed)}.`,
    );
  const doublings = Math.floor(Math.log2(to / from));
  return Array.from({ length: doublings + 1 }, (_, k) => from * 2 ** k);
}

/** The modes by their names. @throws {Refusal} with the nearest, and all of them. */
function modesOf(typed: string | undefined, all: readonly MemoryMode[]): readonly MemoryMode[] {
  if (typed === undefined) return all;
  const names = typed.split(',').map((name) => name.trim());
  for (const name of names)
    if (!(all as readonly string[]).includes(name))
      throw new Refusal(
        `--modes: there is no ${quoted(name)}.${didYouMean(name, all)} There are ${all.join(', ')}.`,
      );
  return all.filter((mode) => names.includes(mode));
}
