import { BaseCommand } from './base.js';
import { Refusal, exitCodes } from './refusal.js';
import { freshSeed, katasFlag, limitFlags, limitsOf, seedFlag } from './flags.js';
import { jsonText } from './terminal.js';
import type { Kata } from '../kata/index.js';

export default class Watch extends BaseCommand {
  static override readonly summary =
    'Keep the editor open: every save is checked; one key for hint, solution, diff and the next kata.';
  static override readonly description =
    'Without an id it begins with the kata that failed last, or the next one; whichever kata you save is the one that is checked. Not on a terminal it prints each result, with --json one report a line, until Ctrl-C. Exit code: 0 after q, 130 after Ctrl-C.';
  static override readonly examples = [
    '<%= config.bin %> watch',
    '<%= config.bin %> watch lstm-step',
    '<%= config.bin %> watch katas/30-lstm/lstm-step.ts',
    '<%= config.bin %> watch lstm-step --json | jq .passed',
  ];
  static override readonly strict = false;
  static override readonly usage =
    'watch [KATA] [--katas <value>] [--seed <value>] [--timeout <value>] [--memory <value>] [--json]';
  static override readonly flags = {
    katas: katasFlag,
    seed: seedFlag({ description: 'the seed of the cases; a new one each time unless given' }),
    ...limitFlags,
  };

  async run(): Promise<void> {
    const { argv, flags } = await this.parse(Watch);
    const [id, second] = argv as string[];
    if (second !== undefined)
      throw new Refusal('bptt watch takes one kata; it follows you to whichever you save.');
    const { workspace, journal } = this;
    const { katas, byId } = await this.catalogue(flags.katas);
    const start = id === undefined ? await this.#start(katas) : byId(id);
    const [{ checkFile }, { kataText }, { WatchSession }, { watchKatas }] = await Promise.all([
      import('../kata/index.js'),
      import('../ui/kata-text.js'),
      import('./watch-session.js'),
      import('./watch-files.js'),
    ]);

    const screen = this.interactive;
    const listeners = new Set<() => void>();
    let ended: (how: 'quit' | 'interrupted' | Error) => void;
    const end = new Promise<'quit' | 'interrupted' | Error>((resolve) => (ended = resolve));
    const session = new WatchSession(
      {
        katas,
        workspace,
        journal,
        check: (kata, signal) =>
          checkFile(kata, {
            workspace,
            from: process.cwd(),
            seed: flags.seed ?? freshSeed(),
            limits: limitsOf(flags),
            now: () => performance.now(),
            signal,
          }),
        changed: () => listeners.forEach((changed) => changed()),
        reported: (report) => {
          if (screen) return;
          const passed = report.outcome === 'passed';
          if (this.jsonEnabled())
            process.stdout.write(`${jsonText({ version: 1, passed, katas: [report] }, 0)}\n`);
          else this.print([...kataText(report, this.page), '']);
        },
        ended: (how) => ended(how),
      },
      start,
    );
    const stop = await watchKatas(workspace, (files) => session.saved(files));
    const shown = screen
      ? (await import('./watch-screen.js')).showWatch(session, (changed) => {
          listeners.add(changed);
          return () => listeners.delete(changed);
        })
      : undefined;
    session.check();
    const how = await end;
    await Promise.all([shown?.close(), stop()]);
    if (how instanceof Error) throw how;
    this.endWith(how === 'quit' ? exitCodes.passed : exitCodes.interrupted);
  }

  /** The first kata that failed, else the first that is open, else the first. */
  async #start(katas: readonly Kata[]): Promise<Kata> {
    const { progressOf } = await import('../kata/index.js');
    const progress = progressOf(this.journal.events);
    const failed = katas.find(({ id }) => progress(id).status === 'failed');
    return failed ?? katas.find(({ id }) => !progress(id).everPassed) ?? katas[0]!;
  }
}
