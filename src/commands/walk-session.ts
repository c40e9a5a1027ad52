/**
 * A walk under way: keys, saves and measurements come in, views go out, and what was done goes to the log. A
 * kata's step is a watch of that kata (watch-session.ts). What is shown is not its matter.
 */
import { WatchSession } from './watch-session.js';
import type { WalkBody, WalkView } from '../ui/walk-view.js';
import type { WalkIntent } from '../ui/walk-keys.js';
import type { FlowReport } from '../bench/index.js';
import type { GradientReport } from '../check/index.js';
import type {
  GradcheckedEvent,
  GradcheckStep,
  KataStep,
  MemoryStep,
  Step,
  WalkedEvent,
  WalkStanding,
} from '../walk/index.js';
import type { Judged, MeasuredStep } from '../walk/memory/index.js';
import type { WalkWorld } from './walk-world.js';

export class WalkSession {
  readonly #world: WalkWorld;
  /** Steps whose questions were asked in this sitting. */
  readonly #asked = new Set<Step>();
  #at: number;
  #standing: WalkStanding;
  #watch: WatchSession | undefined;
  #equations = false;
  #report: GradientReport | null = null;
  #flow: FlowReport | undefined;
  #measured: { measured: MeasuredStep; judged: Judged[] } | undefined;
  #lesson: string | null = null;
  #scroll = 0;

  constructor(world: WalkWorld, at: number) {
    this.#world = world;
    this.#standing = world.standing();
    this.#at = at;
  }

  /** The step on the screen; undefined after the last one. */
  get step(): Step | undefined {
    return this.#world.walk.steps[this.#at];
  }

  get view(): WalkView {
    return {
      standing: this.#standing,
      at: this.#at,
      body: this.#body(),
      lesson: this.#lesson,
      scroll: this.#scroll,
    };
  }

  /** Whether the step at hand has predictions to be made before there is anything to show. */
  get asking(): boolean {
    const { step } = this;
    if (step?.kind !== 'prediction') return false;
    const { done } = this.#standing.steps[this.#at]!;
    return !done || (this.#world.again && !this.#asked.has(step));
  }

  /** Comes to the step at hand. */
  arrive(): void {
    this.#standing = this.#world.standing();
    const { step } = this;
    if (step?.kind === 'kata') this.#open(step);
    if (this.asking) this.#world.ended('questions');
    else if (step?.kind === 'prediction') this.#measure(step);
    this.#world.changed();
  }

  /** The questions of the step at hand are over. */
  answered(): void {
    const { step } = this;
    if (step) this.#asked.add(step);
    this.arrive();
  }

  /** Files of the workspace were saved. */
  saved(files: readonly string[]): void {
    this.#equations = false;
    this.#lesson = null;
    this.#scroll = 0;
    this.#watch?.saved(files);
  }

  /** Carries out what a key means. @param most how far the panel can be scrolled */
  press(intent: WalkIntent, most: number): void {
    if (typeof intent !== 'object') this.#keys[intent]();
    else if ('scroll' in intent)
      this.#scroll = Math.max(0, Math.min(most, this.#scroll + intent.scroll));
    else if (this.#lesson === null) this.#over(intent.watch);
    this.#world.changed();
  }

  readonly #keys: Readonly<Record<Exclude<WalkIntent, object>, () => void>> = {
    quit: () => this.#end('quit'),
    interrupt: () => this.#end('interrupted'),
    on: () => this.#on(),
    back: () => this.#back(),
    skip: () => this.#skip(),
    lesson: () => {
      const { step } = this;
      if (step) this.#lesson = this.#world.lesson(step);
      this.#scroll = 0;
    },
    equations: () => {
      if (this.#watch && this.#lesson === null) this.#over('back', true);
    },
    mistake: () => {
      if (this.step?.kind === 'gradcheck') this.#gradcheck(this.step, true);
    },
    none: () => undefined,
  };

  #end(how: 'quit' | 'interrupted'): void {
    this.#leave();
    this.#world.ended(how);
  }

  /** A key of the watch. @param equations whether the equations lie over its report afterwards */
  #over(intent: Parameters<WatchSession['press']>[0], equations = false): void {
    this.#equations = equations;
    this.#scroll = 0;
    this.#watch?.press(intent, 0);
  }

  #on(): void {
    const { step } = this;
    if (this.#lesson !== null) return;
    const done = this.#standing.steps[this.#at]?.done === true;
    switch (step?.kind) {
      case 'kata': {
        const over = this.#equations || this.#watch!.state.panel.kind !== 'report';
        if (done && !over) this.#go(1);
        else this.#over('check');
        break;
      }
      case 'gradcheck':
        if (this.#report === null) this.#gradcheck(step, false);
        else this.#go(1);
        break;
      case 'picture':
      case 'flow':
        this.#walked(step, false);
        this.#go(1);
        break;
      case 'cards':
        if (done) this.#go(1);
        else this.#world.ended('questions');
        break;
      case 'prediction':
        if (this.#measured) this.#go(1);
        break;
      case undefined:
        this.#end('quit');
    }
  }

  #back(): void {
    this.#scroll = 0;
    if (this.#lesson !== null) this.#lesson = null;
    else if (this.#watch && (this.#equations || this.#watch.state.panel.kind !== 'report'))
      this.#over('back');
    else if (this.#at > 0) this.#go(-1);
  }

  #skip(): void {
    const { step } = this;
    if (!step || this.#lesson !== null) return;
    if (this.#standing.steps[this.#at]!.done) this.#go(1);
    else if (step.kind !== 'prediction') {
      this.#walked(step, true);
      this.#go(1);
    }
  }

  #walked({ id }: Step, skipped: boolean): void {
    const { walk, journal } = this.#world;
    journal.record({ type: 'walked', walk: walk.id, step: id, skipped } satisfies WalkedEvent);
  }

  #go(by: 1 | -1): void {
    this.#leave();
    this.#at += by;
    this.arrive();
  }

  /** What belongs to the step alone is over; a check that runs is given up. */
  #leave(): void {
    this.#watch?.press('quit', 0);
    this.#watch = undefined;
    this.#equations = false;
    this.#report = null;
    this.#flow = undefined;
    this.#measured = undefined;
    this.#lesson = null;
    this.#scroll = 0;
  }

  #open(step: KataStep): void {
    const { kata, check, journal, workspace, changed, ended } = this.#world;
    const one = kata(step);
    this.#watch = new WatchSession(
      {
        ...{ katas: [one], workspace: workspace!, journal, check },
        changed: () => {
          this.#standing = this.#world.standing();
          changed();
        },
        reported: () => undefined,
        ended: (how) => {
          if (how instanceof Error) ended(how);
        },
      },
      one,
    );
  }

  #gradcheck(step: GradcheckStep, mistake: boolean): void {
    this.#scroll = 0;
    this.#report = this.#world.gradcheck(step, mistake);
    if (mistake) return;
    const { passed } = this.#report;
    const event: GradcheckedEvent = { type: 'gradchecked', cell: step.cell, passed };
    this.#world.journal.record(event);
    this.#standing = this.#world.standing();
  }

  #measure(step: MemoryStep): void {
    this.#world.measure(step).then(
      (measured) => {
        if (this.step !== step) return;
        this.#measured = measured;
        this.#world.changed();
      },
      (error: unknown) => this.#world.ended(error as Error),
    );
  }

  #body(): WalkBody {
    const { step } = this;
    switch (step?.kind) {
      case 'kata':
        return {
          kind: 'kata',
          says: step.says,
          equations: this.#world.equations(step),
          watch: this.#watch!.state,
          again: this.#equations,
        };
      case 'gradcheck':
        return { kind: 'gradcheck', says: step.says, cell: step.cell, report: this.#report };
      case 'picture':
        return { kind: 'picture', says: step.says, chart: this.#world.chart(step.chart) };
      case 'flow':
        return {
          kind: 'flow',
          says: step.says,
          report: (this.#flow ??= this.#world.flow(step)),
        };
      case 'cards':
        return { kind: 'cards', says: step.says };
      case 'prediction':
        return {
          kind: 'prediction',
          step,
          measured: this.#measured?.measured ?? null,
          judged: this.#measured?.judged ?? [],
        };
      case undefined:
        return { kind: 'end' };
    }
  }
}
