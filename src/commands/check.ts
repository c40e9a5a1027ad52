import fs from 'node:fs';
import path from 'node:path';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal, quoted } from './refusal.js';
import { checkedEvent, exitOf } from './checked.js';
import { expectName, saveAs } from './save-as.js';
import { freshSeed, katasFlag, limitFlags, limitsOf, seedFlag } from './flags.js';
import type { Kata, KataReport } from '../kata/index.js';

/** Where the implementations are. */
interface Subjects {
  /** The folder that imports may not leave. */
  readonly workspace: string;
  /** The one file, real path; absent: each kata's own in the workspace. */
  readonly file?: string;
}

/** What is shown of a run. */
interface Shown {
  readonly reports: readonly KataReport[];
  readonly ms: number;
  /** Whether the katas were named. */
  readonly named: boolean;
  /** Where all passed: the kata to take now, null when every one has passed. */
  readonly next: string | null | undefined;
}

export default class Check extends BaseCommand {
  static override readonly summary =
    'Check your implementation of a kata, and be told which mistake it is.';
  static override readonly description =
    'Runs your file in a process of its own, with a deadline and limits, on generated cases. Without an id, all katas are checked, one per core at a time. --file checks a file that lies anywhere and records nothing. Exit code: 0 passed, 1 failed, 124 out of time, 137 out of memory.';
  static override readonly examples = [
    '<%= config.bin %> check lstm-step',
    '<%= config.bin %> check lstm-step --seed 7 --json',
    '<%= config.bin %> check katas/30-lstm/lstm-step.ts',
    '<%= config.bin %> check --all --junit report.xml',
    '<%= config.bin %> check --file answers/ada.ts lstm-step',
    '<%= config.bin %> check --katas our-katas',
  ];
  static override readonly strict = false;
  static override readonly usage =
    'check [KATA…] [--all] [--file <value>] [--katas <value>] [--junit <value>] [--seed <value>] [--timeout <value>] [--memory <value>] [--json]';
  static override readonly flags = {
    all: Flags.boolean({ description: 'every kata, as without an id' }),
    file: Flags.string({
      description: 'check this file instead of your workspace’s; nothing is recorded',
      helpValue: 'FILE',
    }),
    katas: katasFlag,
    junit: Flags.string({
      description: 'write JUnit XML for a CI system; - is standard output',
      helpValue: 'FILE',
    }),
    seed: seedFlag({ description: 'the seed of the cases; a new one each time unless given' }),
    ...limitFlags,
  };

  async run(): Promise<{ passed: boolean; katas: KataReport[]; next?: string | null }> {
    const { argv, flags } = await this.parse(Check);
    const ids = argv as string[];
    if (flags.all && ids.length > 0)
      throw new Refusal(`--all checks every kata: leave out ${ids[0]!} or --all.`);
    if (flags.junit === '-' && this.jsonEnabled())
      throw new Refusal('--junit - and --json both write to standard output: name a file.');
    if (flags.junit !== '-') expectName('--junit', flags.junit);
    const { katas, byId } = await this.catalogue(flags.katas);
    const asked = ids.length === 0 ? katas : [...new Set(ids.map(byId))];
    const { workspace, file } = await this.#subjects(
      flags.file,
      ids.length === 0 ? 0 : asked.length,
    );
    const { checkFile } = await import('../kata/check-file.js');
    const { checkMany } = await import('./check-many.js');

    const started = performance.now();
    this.#progress(asked, 0);
    const reports = await checkMany(
      asked,
      async (kata) => ({
        ...(await checkFile(kata, {
          workspace,
          from: process.cwd(),
          ...(file === undefined ? {} : { file }),
          seed: flags.seed ?? freshSeed(),
          limits: limitsOf(flags),
          now: () => performance.now(),
        })),
        ...(file === undefined ? {} : { file: path.relative(process.cwd(), file) }),
      }),
      (report, ended) => {
        if (file === undefined) this.journal.record({ ...checkedEvent(report) });
        this.#progress(asked, ended);
      },
    );
    this.progress('');
    const passed = reports.every(({ outcome }) => outcome === 'passed');
    const next = passed && file === undefined ? await this.#next(katas, asked.at(-1)!) : undefined;
    const ms = performance.now() - started;
    await this.#show({ reports, ms, named: ids.length > 0, next }, flags.junit);
    this.endWith(Math.max(...reports.map(exitOf)));
    return { passed, katas: reports, ...(next === undefined ? {} : { next }) };
  }

  /** The id of the kata to take now; null when every one has passed. */
  async #next(katas: readonly Kata[], after: Kata): Promise<string | null> {
    const { nextKata, progressOf } = await import('../kata/index.js');
    const progress = progressOf(this.journal.events);
    return nextKata(katas, after, (id) => progress(id).everPassed)?.id ?? null;
  }

  /** @throws {Refusal} outside a workspace without --file, and for a file that is none */
  async #subjects(file: string | undefined, named: number): Promise<Subjects> {
    if (file === undefined) return { workspace: this.workspace };
    if (named !== 1)
      throw new Refusal('--file needs the id of one kata: bptt check --file FILE lstm-step.');
    const { findWorkspace } = await import('../kata/workspace.js');
    let real: string;
    try {
      real = fs.realpathSync(file);
    } catch {
      throw new Refusal(`--file: there is no file ${quoted(file)}.`);
    }
    if (!fs.statSync(real).isFile())
      throw new Refusal(`--file: ${quoted(file)} is not a regular file.`);
    const folder = path.dirname(real);
    return { workspace: findWorkspace(folder) ?? folder, file: real };
  }

  #progress(asked: readonly Kata[], ended: number): void {
    this.progress(
      asked.length === 1
        ? `checking ${asked[0]!.id} …`
        : `checking: ${ended} of ${asked.length} done …`,
    );
  }

  /** Katas that were named are shown in full, several are summed up; XML takes the place of text on stdout. */
  async #show({ reports, ms, named, next }: Shown, junit: string | undefined): Promise<void> {
    const xml = async () => `${(await import('../ui/junit.js')).junitXml(reports)}\n`;
    if (junit === '-') return void process.stdout.write(await xml());
    const [{ kataText }, { checkSummary, nextText }] = await Promise.all([
      import('../ui/kata-text.js'),
      import('../ui/check-summary.js'),
    ]);
    this.print((page) =>
      [
        ...(named || reports.length === 1 ? reports.map((one) => kataText(one, page)) : []),
        ...(reports.length > 1 ? [checkSummary(reports, ms, page, next)] : []),
      ].flatMap((lines, k) => (k === 0 ? lines : ['', ...lines])),
    );
    if (reports.length === 1 && next !== undefined)
      this.print((page) => nextText(next, page, reports[0]!.katas));
    if (junit !== undefined) saveAs('--junit', junit, await xml());
  }
}
