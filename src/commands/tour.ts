import { BaseCommand } from './base.js';
import { exitCodes } from './refusal.js';
import type { TourReport } from './tour-report.js';

export default class Tour extends BaseCommand {
  static override readonly summary =
    'A minute of real work: cells, gradients, a kata, its diagnosis, a question.';
  static override readonly description =
    'Works in a temporary folder and leaves nothing behind. Ends with 0 only if every step did what it says.';
  static override readonly examples = ['<%= config.bin %> tour', '<%= config.bin %> tour --json'];
  static override readonly strict = false;

  async run(): Promise<TourReport> {
    const { argv } = await this.parse(Tour);
    this.refuseArguments(argv);
    const { tour } = await import('./tour-report.js');
    const { columns, paragraph } = await import('../ui/layout.js');
    const { page } = this;
    const { paint } = page;
    this.printNow([
      paint.strong('bptt tour'),
      ...paragraph('Everything below is computed now, on this machine.', page),
    ]);

    const steps = [];
    for await (const step of tour(this.config.version)) {
      const mark = step.passed ? paint.good('✓') : paint.bad('✗');
      // A step takes seconds: the tour is watched while it grows, and may scroll by.
      this.printNow([
        '',
        ...paragraph(`${mark} ${paint.strong(step.title)}`, page, 0),
        ...step.says.flatMap((line) => paragraph(line, page, 4)),
      ]);
      steps.push(step);
    }
    const howToType = await this.#howToType();
    const passed = steps.every((step) => step.passed);
    this.printNow([
      '',
      paint.strong('What to do now'),
      ...columns(
        [{ head: '' }, { head: '', drop: 1 }],
        [
          ['bptt init my-workspace', 'stubs to fill in, and a place for your progress'],
          ['bptt walk lstm', 'the guided path: equation, kata, gradient, questions'],
          ['bptt list', 'the katas, and where you stand'],
          ['bptt check lstm-step', 'is it right, and if not, which mistake is it'],
          ['bptt hint lstm-step', 'the idea, then the equation, then the line'],
          ['bptt quiz', 'be asked until it sticks'],
          ['bptt gradcheck lstm', 'every gradient against two oracles'],
          ['bptt --help', 'everything else'],
        ],
        page,
      ),
      ...(howToType === undefined ? [] : ['', ...paragraph(howToType, page)]),
      '',
      ...paragraph(
        passed
          ? paint.good('✓ every step did what it says')
          : paint.bad('✗ a step did not do what it says'),
        page,
        0,
      ),
    ]);
    this.endWith(passed ? exitCodes.passed : exitCodes.failed);
    return { version: 1, passed, steps };
  }

  /** What to type for bptt where it is not on the path. */
  async #howToType(): Promise<string | undefined> {
    const [{ typed }, { packageRoot }] = await Promise.all([
      import('./typed.js'),
      import('../kata/host/places.js'),
    ]);
    return typed(packageRoot(), process.env);
  }
}
