import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal, exitCodes, quoted, refuseUnknown } from './refusal.js';
import { expectName, saveAs } from './save-as.js';
import { seedFlag, wholeNumber } from './flags.js';
import type { FlowRequest, FlowReport } from '../bench/index.js';
import type { FlowedEvent } from '../walk/index.js';

/** Multiply-adds that we are ready to wait for: about a minute. */
const budget = 1e11;

/** A decimal number in a range, such as 0.9 or -2. */
const decimal = (name: string, typed: string, min: number, max: number): number => {
  const value = /^-?\d{1,6}(?:\.\d{1,12})?$/.test(typed) ? Number(typed) : NaN;
  if (!(value >= min && value <= max))
    throw new Refusal(`--${name} needs a number from ${min} to ${max}, got ${quoted(typed)}.`);
  return value;
};

const listed = (typed: string): string[] => typed.split(',').map((word) => word.trim());

export default class Flow extends BaseCommand {
  static override readonly summary =
    'How much of a gradient reaches each earlier step: RNN, LSTM by forget bias, GRU.';
  static override readonly description =
    'One loss at the end, the same inputs for every cell, weights as initialised. Shows ‖dL/dh_t‖ and ‖dL/dc_t‖ step by step, the bound ‖W_hh‖^(T-1) beside the RNN, ∏ diag(f_t) beside the exact dc_T/dc_1, and what the gates did. Exit code: 0 shown, 1 if a gradient passed its bound.';
  static override readonly examples = [
    '<%= config.bin %> flow',
    '<%= config.bin %> flow --steps 500 --biases 0,5,6.2',
    '<%= config.bin %> flow --cells rnn --norm 3',
    '<%= config.bin %> flow --html flow.html',
  ];
  static override readonly strict = false;
  static override readonly flags = {
    steps: wholeNumber('steps', 2, 10_000)({ description: 'steps T', default: 100 }),
    hidden: wholeNumber('hidden', 1, 256)({ description: 'H, and D as well', default: 16 }),
    seed: seedFlag({ description: 'seed of weights and inputs', default: 7 }),
    cells: Flags.string({
      description: 'some cells only, separated by commas: rnn, lstm, gru',
      default: 'rnn,lstm,gru',
      helpValue: 'CELL,…',
    }),
    biases: Flags.string({
      description: 'forget biases, an LSTM for each; six at most',
      default: '0,1,3',
      helpValue: 'B,…',
    }),
    norm: Flags.string({
      description: "scale the RNN's W_hh to this spectral norm",
      helpValue: 'NORM',
    }),
    html: Flags.string({ description: 'write one page with chart and tables', helpValue: 'FILE' }),
  };

  async run(): Promise<FlowReport> {
    const { argv, flags } = await this.parse(Flow);
    this.refuseArguments(argv);
    expectName('--html', flags.html);
    const { steps, hidden, seed } = flags;
    const biases = [...new Set(listed(flags.biases))].map((one) => decimal('biases', one, -50, 50));
    if (biases.length > 6)
      throw new Refusal(`--biases takes six forget biases at most, got ${biases.length}.`);
    const norm = flags.norm === undefined ? undefined : decimal('norm', flags.norm, 0, 1000);
    const { flowCells, flowWork, measureFlow } = await import('../bench/index.js');
    const { flowText } = await import('../ui/flow-text.js');
    const html = flags.html === undefined ? undefined : await import('../ui/web/flow-page.js');
    const names = listed(flags.cells);
    refuseUnknown('cells', names, flowCells);
    const cells = flowCells.filter((cell) => names.includes(cell));
    const request: FlowRequest = {
      ...{ steps, hidden, seed, cells, biases },
      ...(norm === undefined ? {} : { norm }),
    };
    if (flowWork(request) > budget)
      throw new Refusal(
        `That is ${flowWork(request).toPrecision(2)} multiply-adds, minutes of work: take fewer --steps, a smaller --hidden or fewer --biases.`,
      );
    const report = measureFlow(request);
    // In a workspace it is a step of `bptt walk`.
    if (this.journal.workspace !== undefined)
      this.journal.record({ type: 'flowed', cells } satisfies FlowedEvent);
    this.print((page) => flowText(report, page));
    if (html && flags.html !== undefined)
      saveAs('--html', flags.html, html.flowPage(report, ['bptt flow', ...this.argv].join(' ')));
    this.endWith(report.bound?.holds === false ? exitCodes.failed : exitCodes.passed);
    return report;
  }
}
