/**
 * A watch under way: saves and keys come in, checks are started and given up, states and reports go out.
 * What is shown of it is not its matter.
 */
import path from 'node:path';
import { startWatch, watchStep } from '../ui/watching.js';
import { kataPath, nextKata, progressOf } from '../kata/index.js';
import { againstSolution } from './against-solution.js';
import { Refusal } from './refusal.js';
import { isRevealed, revealedSolution } from './reveal.js';
import { checkedEvent } from './checked.js';
import type { Journal } from './journal.js';
import type { Kata, KataReport } from '../kata/index.js';
import type { Panel, WatchAction, WatchState, Watched } from '../ui/watching.js';
import type { WatchIntent } from '../ui/watch-keys.js';

export interface WatchWorld {
  readonly katas: readonly Kata[];
  readonly workspace: string;
  readonly journal: Journal;
  readonly check: (kata: Kata, signal: AbortSignal) => Promise<KataReport>;
  /** Called after every change of the state. */
  readonly changed: () => void;
  /** Called with every report that counts. */
  readonly reported: (report: KataReport) => void;
  /** Called once, when a key ends it; and when a check fails for a reason of ours. */
  readonly ended: (how: 'quit' | 'interrupted' | Error) => void;
}

/** What a key does that the shell's --reveal would. */
const keysInstead =
  'h gives a hint; S, a capital letter, shows the solution all the same, and your history says so';

export class WatchSession {
  readonly #world: WatchWorld;
  #kata: Kata;
  #state: WatchState;
  #check: AbortController | undefined;

  constructor(world: WatchWorld, kata: Kata) {
    this.#world = world;
    this.#kata = kata;
    this.#state = startWatch(this.#watched(kata));
  }

  get state(): WatchState {
    return this.#state;
  }

  /** Checks the kata now; a check that runs is given up. */
  check(): void {
    this.#check?.abort();
    const mine = (this.#check = new AbortController());
    this.#act({ type: 'check' });
    const { run } = this.#state;
    this.#world.check(this.#kata, mine.signal).then(
      (report) => {
        if (mine.signal.aborted) return;
        this.#world.journal.record({ ...checkedEvent(report) });
        this.#act({ type: 'checked', run, report });
        this.#world.reported(report);
      },
      (error: unknown) => this.#world.ended(error as Error),
    );
  }

  /** Files were saved: the kata that one of them belongs to is checked; a file of no kata may be imported by this one. */
  saved(files: readonly string[]): void {
    const fileOf = (kata: Kata): string => kataPath(this.#world.workspace, kata);
    const saved = this.#world.katas.find((kata) => files.includes(fileOf(kata)));
    if (saved && !files.includes(fileOf(this.#kata))) this.#turnTo(saved);
    this.check();
  }

  /** Carries out what a key means. @param most how far the panel can be scrolled */
  press(intent: WatchIntent, most: number): void {
    if (typeof intent === 'object') this.#act({ type: 'scroll', by: intent.scroll, most });
    else this.#keys[intent]();
  }

  readonly #keys: Readonly<Record<Exclude<WatchIntent, object>, () => void>> = {
    quit: () => this.#end('quit'),
    interrupt: () => this.#end('interrupted'),
    check: () => this.check(),
    next: () => {
      this.#turnTo(this.#next());
      this.check();
    },
    back: () => this.#show(() => ({ kind: 'report' })),
    hint: () => this.#show(() => this.#hint()),
    solution: () => this.#show(() => ({ kind: 'solution', text: this.#solution(false) })),
    reveal: () => this.#show(() => ({ kind: 'solution', text: this.#solution(true) })),
    diff: () => this.#show(() => this.#diff()),
    none: () => undefined,
  };

  #end(how: 'quit' | 'interrupted'): void {
    this.#check?.abort();
    this.#world.ended(how);
  }

  #act(action: WatchAction): void {
    this.#state = watchStep(this.#state, action);
    this.#world.changed();
  }

  /** Opens a panel; where that is refused, the sentence takes its place. */
  #show(panel: () => Panel): void {
    try {
      this.#act({ type: 'show', panel: panel() });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#act({ type: 'show', panel: { kind: 'refused', says: error.message } });
    }
  }

  #turnTo(kata: Kata): void {
    this.#kata = kata;
    this.#act({ type: 'kata', kata: this.#watched(kata) });
  }

  #watched(kata: Kata): Watched {
    const { workspace, journal } = this.#world;
    const file = path.relative('', kataPath(workspace, kata));
    return { id: kata.id, title: kata.title, file, open: isRevealed(journal, kata) };
  }

  /** The next kata, as `check` offers it; the one behind this one where all are passed. */
  #next(): Kata {
    const { katas, journal } = this.#world;
    const progress = progressOf(journal.events);
    const behind = katas[(katas.indexOf(this.#kata) + 1) % katas.length]!;
    return nextKata(katas, this.#kata, (id) => progress(id).everPassed) ?? behind;
  }

  #hint(): Panel {
    const { id, hints } = this.#kata;
    const { journal } = this.#world;
    const level = Math.min(hints.length, progressOf(journal.events)(id).hints + 1);
    journal.record({ type: 'hinted', kata: id, level });
    return { kind: 'hint', level, of: hints.length, text: hints[level - 1]! };
  }

  #solution(asked: boolean): string {
    const { journal } = this.#world;
    return revealedSolution(journal, this.#kata, asked, keysInstead);
  }

  #diff(): Panel {
    const { workspace, journal } = this.#world;
    const { begun, lines } = againstSolution(workspace, journal, this.#kata, false, keysInstead);
    if (!begun)
      throw new Refusal('You have not begun, the file is the stub: s shows the solution.');
    return { kind: 'diff', lines };
  }
}
