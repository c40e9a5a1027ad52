/** What every command shares: the page, the journal, the way to end. Commands parse, call one room, render. */
import { Command } from '@oclif/core/command';
import { Journal } from './journal.js';
import { namedKata } from './named-kata.js';
import { Refusal, didYouMean, exitCodes, quoted } from './refusal.js';
import { complaint, sentenceOf } from './sentence.js';
import { isInteractive, isSpoken, jsonText, pageOf, standing } from './terminal.js';
import { Output } from './output.js';
import { pagerOf } from './pager-program.js';
import { printable } from '../kata/printable.js';
import type { Lines } from './output.js';
import type { Kata } from '../kata/index.js';
import type { Page } from '../ui/layout.js';

export abstract class BaseCommand extends Command {
  static override readonly enableJsonFlag = true;

  #journal: Journal | undefined;
  #output: Output | undefined;

  protected override async init(): Promise<void> {
    standing(); // whatever a command resolves, it resolves from there
    await super.init();
  }

  /** The learner's history; read when it is first asked for. */
  protected get journal(): Journal {
    return (this.#journal ??= new Journal(standing(), process.env, (sentence) =>
      this.warning(sentence),
    ));
  }

  protected get page(): Page {
    return pageOf(process.stdout, process.env);
  }

  /** Whether to take over the terminal; otherwise text goes out, and answers come in, line by line. */
  protected get interactive(): boolean {
    return isInteractive(process.env) && !this.jsonEnabled();
  }

  private get output(): Output {
    return (this.#output ??= new Output(this.interactive ? pagerOf(process.env) : 'none'));
  }

  /**
   * Lines on stdout; nothing under --json. On a terminal they are kept until the command ends, and read with a
   * pager if they are higher than it. Whatever names are in them, only our colours reach the terminal.
   */
  protected print(lines: Lines): void {
    if (!this.jsonEnabled()) this.output.print(lines);
  }

  /** Lines with screens of their own in a pager. */
  protected printScreens(screens: readonly Lines[]): void {
    if (!this.jsonEnabled()) this.output.printScreens(screens);
  }

  /** Lines that go out at once and may scroll by: for what is watched while it grows. */
  protected printNow(lines: Lines): void {
    if (!this.jsonEnabled()) this.output.printNow(lines);
  }

  /** Shows what was printed so far: at the end, and before the terminal is taken over. */
  protected async settle(): Promise<void> {
    if (await this.#output?.end()) process.exit(exitCodes.interrupted);
  }

  protected override logJson(json: unknown): void {
    process.stdout.write(`${jsonText(json)}\n`);
  }

  /** One sentence on stderr, also under --json. */
  protected warning(sentence: string): void {
    process.stderr.write(`${complaint(printable(sentence))}\n`);
  }

  /** Progress on stderr, on a terminal that is looked at only; an empty text clears it. */
  protected progress(text: string): void {
    if (!process.stderr.isTTY || this.jsonEnabled() || isSpoken(process.env)) return;
    process.off('exit', clearLine);
    if (text !== '') process.once('exit', clearLine); // Ctrl-C leaves no half line
    clearLine();
    process.stderr.write(text);
  }

  /** How the process will end, unless something worse happens. */
  protected endWith(exitCode: number): void {
    process.exitCode = exitCode;
  }

  /** The workspace one stands in. @throws {Refusal} with what to do about it. */
  protected get workspace(): string {
    const { workspace } = this.journal;
    if (workspace === undefined)
      throw new Refusal(
        `${process.cwd()} is not inside a workspace (no bptt.json here or above): run bptt init, or cd into yours.`,
      );
    return workspace;
  }

  /**
   * For a command that takes no arguments and says `strict = false`: a strict one would let oclif take a
   * further word for a part of the command's name. @throws {Refusal} that names the word.
   */
  protected refuseArguments(argv: readonly unknown[]): void {
    if (argv.length > 0)
      throw new Refusal(
        `bptt ${(this.id ?? '').replace(':', ' ')} takes no argument, got ${quoted(String(argv[0]))}.`,
      );
  }

  /**
   * The katas that come with bptt, or those of a folder.
   * @param flag how the folder was named, as sentences about it begin
   * @throws {Refusal} naming a file and a field of it
   */
  protected async catalogue(
    folder?: string,
    flag = '--katas',
  ): Promise<{ readonly katas: readonly Kata[]; readonly byId: (id: string) => Kata }> {
    const { katas: ours } = await import('../kata/catalogue.js');
    const loaded =
      folder === undefined ? undefined : await (await import('../kata/load.js')).loadKatas(folder);
    if (loaded?.kind === 'refused') throw new Refusal(`${flag}: ${loaded.says.join(' ')}`);
    const katas = loaded?.katas ?? ours;
    const byId = (id: string): Kata => namedKata(id, katas, folder);
    return { katas, byId };
  }

  /** A kata by its id or the path of its file. @throws {Refusal} with what is near. */
  protected async kata(id: string, folder?: string): Promise<Kata> {
    return (await this.catalogue(folder)).byId(id);
  }

  protected override async finally(error: Error | undefined): Promise<void> {
    const notSaved = this.#journal?.exitCode ?? 0;
    if (!error && notSaved !== 0 && (process.exitCode ?? 0) === 0) process.exitCode = notSaved;
    await this.settle();
    await super.finally(error);
  }

  protected override async catch(
    error: Error & { exitCode?: number; oclif?: { exit?: number } },
  ): Promise<never> {
    await this.settle(); // the sentence comes last
    // oclif 4 ends with 1 under --json whatever the error says: carry its code over by hand.
    const exitCode =
      error instanceof Refusal ? error.exitCode : (error.oclif?.exit ?? exitCodes.bug);
    if (exitCode === exitCodes.passed) throw error; // --help and --version leave this way
    const sentence = meant(sentenceOf(error), this.ctor);
    if (this.jsonEnabled())
      process.stdout.write(
        `${JSON.stringify({ error: { message: sentence, exitCode } }, null, 2)}\n`,
      );
    if (exitCode === exitCodes.bug)
      process.stderr.write(`bptt: our bug, please report it: ${error.stack ?? error.message}\n`);
    else if (!this.jsonEnabled()) process.stderr.write(`${complaint(sentence)}\n`);
    return this.exit(exitCode);
  }
}

/** Empties the line that the progress stands on. */
const clearLine = (): void => void process.stderr.write('\r\u001b[K');

/** oclif's sentence about a flag, with the name or value that was probably meant. */
function meant(sentence: string, { flags, baseFlags }: typeof Command): string {
  const names = Object.keys({ ...baseFlags, ...flags, json: null, help: null });
  const [, flag] = /^Nonexistent flag: --(\S+)\.$/.exec(sentence) ?? [];
  if (flag !== undefined) {
    const hint = didYouMean(flag, names);
    return `${sentence}${hint.replace('mean ', 'mean --')}`;
  }
  const [, value, options] = /^Expected --[\w-]+=(.*) to be one of: (.*)\.$/.exec(sentence) ?? [];
  return options === undefined ? sentence : sentence + didYouMean(value!, options.split(', '));
}
