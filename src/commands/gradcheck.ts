import { Args, Flags } from '@oclif/core';
import { BaseCommand } from './base.js';
import { Refusal, didYouMean, exitCodes, quoted } from './refusal.js';
import { seedFlag, wholeNumber } from './flags.js';
import type { Dims } from '../engine/index.js';
import type { GradientReport } from '../check/index.js';

/** Multiply-adds of an exhaustive check that we are ready to wait for: about half a minute. */
const budget = 3e8;

export default class Gradcheck extends BaseCommand {
  static override readonly summary =
    "Check every entry of a cell's gradients against two independent oracles.";
  static override readonly description =
    "Runs the engine's backward pass on random parameters, inputs, initial states and upstream gradients from a seed, and compares every entry with the complex step (dual numbers: exact) and with five-point differences (with their error bar). With --mistake a planted wrong backward pass is checked instead: it must fail.";
  static override readonly examples = [
    '<%= config.bin %> gradcheck lstm',
    '<%= config.bin %> gradcheck gru --hidden 8 --steps 50 --seed 3',
    '<%= config.bin %> gradcheck lstm --mistake no-cell-carry',
  ];
  static override readonly args = {
    cell: Args.string({
      description: 'rnn, lstm, gru, or a variant: a wrong name lists them all',
      required: true,
    }),
  };
  static override readonly flags = {
    hidden: wholeNumber('hidden', 1, 256)({ description: 'hidden size H', default: 4 }),
    input: wholeNumber('input', 1, 256)({ description: 'input size D', default: 3 }),
    steps: wholeNumber('steps', 1, 1000)({ description: 'time steps T', default: 20 }),
    batch: wholeNumber('batch', 1, 64)({ description: 'batch B', default: 1 }),
    seed: seedFlag({ description: 'the seed of every number in it', default: 7 }),
    method: Flags.string({
      description: 'which oracle',
      options: ['both', 'complex-step', 'five-point'],
      default: 'both',
    }),
    mistake: Flags.string({
      description: 'the id of a planted mistake; a wrong id lists them all',
    }),
  };

  async run(): Promise<GradientReport> {
    const { args, flags } = await this.parse(Gradcheck);
    const { cellKinds, cells, parameterCount } = await import('../engine/index.js');
    const { checkCellGradient, plantedMistakes } = await import('../check/index.js');
    const { gradientText } = await import('../ui/gradient-text.js');
    const cell = cellKinds.find((kind) => kind === args.cell);
    if (!cell)
      throw new Refusal(
        `There is no cell ${quoted(args.cell)}.${didYouMean(args.cell, cellKinds)} The cells are ${cellKinds.join(', ')}.`,
      );
    const { mistake } = flags;
    if (mistake !== undefined && !Object.hasOwn(plantedMistakes[cell], mistake))
      throw new Refusal(
        `--mistake: ${cell} has no ${quoted(mistake)}.${didYouMean(mistake, Object.keys(plantedMistakes[cell]))} It has ${Object.keys(plantedMistakes[cell]).join(', ')}.`,
      );
    const dims: Dims = {
      T: flags.steps,
      B: flags.batch,
      D: flags.input,
      H: flags.hidden,
      ...(cell === 'rnn' ? { O: 2 } : {}),
    };
    const parameters = parameterCount(cells[cell], dims);
    const entries = parameters + dims.T * dims.B * dims.D + 2 * dims.B * dims.H;
    if (entries * parameters * dims.T * dims.B > budget)
      throw new Refusal(
        `${entries} numbers over ${dims.T} steps are too many to check one by one: take a smaller --hidden, --input, --steps or --batch.`,
      );

    const started = performance.now();
    const result = checkCellGradient({
      cell,
      dims,
      seed: flags.seed,
      method: flags.method as GradientReport['method'],
      ...(mistake === undefined ? {} : { mistake }),
      onProgress: (done) => this.progress(`checking ${Math.round(100 * done)} % …`),
    });
    this.progress('');
    if (result.kind === 'invisible') throw new Refusal(`--mistake: ${result.says}`);
    this.print(gradientText(result.report, this.page, Math.round(performance.now() - started)));
    this.endWith(result.report.passed ? exitCodes.passed : exitCodes.failed);
    return result.report;
  }
}
