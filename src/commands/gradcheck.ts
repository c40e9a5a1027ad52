import * as Args from '@oclif/core/args';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal, didYouMean, exitCodes, quoted } from './refusal.js';
import { seedFlag, wholeNumber } from './flags.js';
import type { Dims } from '../engine/index.js';
import type { FunctionReport, GradientReport, Method } from '../check/index.js';

/** Numbers times multiply-adds of a forward pass that we are ready to wait for: about ten seconds. */
const mostOfAll = 1e9;
/** Multiply-adds of a forward pass that --fast, which makes some 150 of them, may have: half a minute. */
const mostOfForward = 5e8;
/** The flags that say which cell, and which file, and how. */
const ofCell = ['hidden', 'input', 'steps', 'batch', 'mistake'];
const ofFile = ['function', 'timeout', 'memory'];

export default class Gradcheck extends BaseCommand {
  static override readonly summary =
    "Check every entry of a cell's gradients, or of your own, against independent oracles.";
  static override readonly description =
    "Of a cell: runs the engine's backward pass on random parameters, inputs, initial states and upstream gradients from a seed, and compares every entry with the complex step (dual numbers: exact) and with five-point differences (with their error bar). With --mistake a planted wrong backward pass is checked instead: it must fail. Of a file: compares your backward pass with differences of your forward pass; the file exports forward, backward and inputs, functions of named arrays (docs/gradcheck.md has the contract), and runs in processes of its own. Exit code: 0 every gradient agrees, 1 one does not or the file breaks the contract, 2 the question makes no sense, 124 out of time, 137 out of memory.";
  static override readonly examples = [
    '<%= config.bin %> gradcheck lstm',
    '<%= config.bin %> gradcheck gru --hidden 8 --steps 50 --seed 3',
    '<%= config.bin %> gradcheck lstm --mistake no-cell-carry',
    '<%= config.bin %> gradcheck --file my.ts',
    '<%= config.bin %> gradcheck --file my.ts --function lstm --fast',
  ];
  static override readonly args = {
    cell: Args.string({
      description: 'rnn, lstm, gru, or a variant: a wrong name lists them all',
    }),
  };
  static override readonly flags = {
    hidden: wholeNumber('hidden', 1, 256)({ description: 'hidden size H', default: 4 }),
    input: wholeNumber('input', 1, 256)({ description: 'input size D', default: 3 }),
    steps: wholeNumber('steps', 1, 1000)({ description: 'time steps T', default: 20 }),
    batch: wholeNumber('batch', 1, 64)({ description: 'batch B', default: 1 }),
    seed: seedFlag({ description: 'the seed of every number in it', default: 7 }),
    method: Flags.string({
      description: 'which oracle; a file has only five-point',
      options: ['both', 'complex-step', 'five-point'],
      default: 'both',
    }),
    fast: Flags.boolean({
      description: 'three random directions per tensor instead of every entry',
    }),
    mistake: Flags.string({
      description: 'the id of a planted mistake; a wrong id lists them all',
    }),
    file: Flags.string({ description: 'a file of yours that exports forward, backward, inputs' }),
    function: Flags.string({
      description: 'its functions are NAME, NAMEBackward and NAMEInputs',
      helpValue: 'NAME',
    }),
    timeout: wholeNumber(
      'timeout',
      1,
      600,
    )({ description: 'seconds that one call of the file may take', default: 5 }),
    memory: wholeNumber(
      'memory',
      64,
      8192,
    )({ description: 'megabytes that it may use', default: 512 }),
  };

  async run(): Promise<GradientReport | FunctionReport> {
    const { args, flags, metadata } = await this.parse(Gradcheck);
    const typed = (name: string): boolean =>
      name in flags && metadata.flags[name]?.setFromDefault !== true;
    const { cell } = args;
    const { file, fast } = flags;
    if (fast && typed('method'))
      throw new Refusal('--fast is a method of its own: leave out --method.');
    if (file === undefined) {
      const alone = ofFile.find(typed);
      if (alone !== undefined)
        throw new Refusal(`--${alone} belongs to a file: name it with --file.`);
      if (cell === undefined)
        throw new Refusal('Name a cell (rnn, lstm, gru, or a variant), or a file with --file.');
      return this.#cell(cell, { ...flags, method: fast ? 'fast' : (flags.method as Method) });
    }
    if (cell !== undefined)
      throw new Refusal(`Either a cell or a file: got ${quoted(cell)} and --file ${quoted(file)}.`);
    const alone = ofCell.find(typed);
    if (alone !== undefined) throw new Refusal(`--${alone} belongs to a cell, not to --file.`);
    if (typed('method') && flags.method !== 'five-point')
      throw new Refusal(
        `--method ${flags.method} needs dual numbers, which your file has not: five-point is what it gets.`,
      );
    return this.#file(file, flags);
  }

  /** A cell of the engine, or a planted mistake. */
  async #cell(
    name: string,
    flags: {
      readonly hidden: number;
      readonly input: number;
      readonly steps: number;
      readonly batch: number;
      readonly seed: number;
      readonly method: Method;
      readonly mistake: string | undefined;
    },
  ): Promise<GradientReport> {
    const { cellKinds, cells, parameterCount } = await import('../engine/index.js');
    const { checkCellGradient, plantedMistakes } = await import('../check/index.js');
    const { gradientText } = await import('../ui/gradient-text.js');
    const cell = cellKinds.find((kind) => kind === name);
    if (!cell)
      throw new Refusal(
        `There is no cell ${quoted(name)}.${didYouMean(name, cellKinds)} The cells are ${cellKinds.join(', ')}.`,
      );
    const { mistake, seed, method } = flags;
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
    const forward = parameters * dims.T * dims.B;
    if (method === 'fast' ? forward > mostOfForward : entries * forward > mostOfAll)
      throw new Refusal(
        `${entries} numbers over ${dims.T} steps are too many to check${method === 'fast' ? '' : ' one by one'}: take a smaller --hidden, --input, --steps or --batch${method === 'fast' ? '' : ', or --fast'}.`,
      );

    const started = performance.now();
    const result = checkCellGradient({
      cell,
      dims,
      seed,
      method,
      ...(mistake === undefined ? {} : { mistake }),
      onProgress: this.#progress,
    });
    this.progress('');
    if (result.kind === 'invisible') throw new Refusal(`--mistake: ${result.says}`);
    const ms = Math.round(performance.now() - started);
    this.print((page) => gradientText(result.report, page, ms));
    // In a workspace it is a step of `bptt walk`.
    if (mistake === undefined && this.journal.workspace !== undefined)
      this.journal.record({ type: 'gradchecked', cell, passed: result.report.passed });
    this.endWith(result.report.passed ? exitCodes.passed : exitCodes.failed);
    return result.report;
  }

  /** Functions of a file. */
  async #file(
    file: string,
    flags: {
      readonly function: string | undefined;
      readonly seed: number;
      readonly fast: boolean;
      readonly timeout: number;
      readonly memory: number;
    },
  ): Promise<FunctionReport> {
    const { checkFileGradient, exitOfFile } = await import('./gradcheck-file.js');
    const { functionText } = await import('../ui/gradient-text.js');
    const started = performance.now();
    const report = await checkFileGradient({
      file,
      stem: flags.function,
      seed: flags.seed,
      method: flags.fast ? 'fast' : 'five-point',
      limits: { deadlineMs: flags.timeout * 1000, memoryMb: flags.memory },
      onProgress: this.#progress,
    });
    this.progress('');
    const ms = Math.round(performance.now() - started);
    this.print((page) => functionText(report, page, ms));
    this.endWith(exitOfFile(report));
    return report;
  }

  readonly #progress = (done: number): void =>
    this.progress(`checking ${Math.round(100 * done)} % …`);
}
