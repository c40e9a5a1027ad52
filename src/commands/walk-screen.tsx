/** A walk on a terminal: hands a session what it needs of the rooms, and gives the screen to its questions in between. */
import { randomInt, randomUUID } from 'node:crypto';
import { useSyncExternalStore } from 'react';
import { measureFlow } from '../bench/index.js';
import { checkCellGradient } from '../check/index.js';
import { checkFile, kataById } from '../kata/index.js';
import { charts, idsIn, readLesson } from '../lessons/index.js';
import { equationById, toUnicode } from '../notation/index.js';
import { historyOf, startSession, step as quizStep } from '../quiz/index.js';
import { quizView } from '../ui/quiz-view.js';
import { WalkScreen } from '../ui/walk-screen.js';
import { predictView } from '../ui/predict-view.js';
import { judged, predictStep, startPredicting } from '../walk/memory/index.js';
import { onScreen } from './session-screen.js';
import { putUp } from './screen.js';
import { givenBefore, measuredStep } from './walk-memory.js';
import { watchKatas } from './watch-files.js';
import { WalkSession } from './walk-session.js';
import type { Journal } from './journal.js';
import type { GradientReport } from '../check/index.js';
import type { Deck } from '../quiz/index.js';
import type { CardsStep, GradcheckStep, KataStep, MemoryStep, Step } from '../walk/index.js';
import type { WalkView } from '../ui/walk-view.js';
import type { WalkEnd, WalkWorld } from './walk-world.js';

/** With `again` it begins with the first step. */
export interface WalkOnScreen extends Pick<WalkWorld, 'walk' | 'standing' | 'again' | 'journal'> {
  readonly deck: Deck;
}

/** What one call of a learner's function may take: what `bptt check` allows unless told otherwise. */
const limits = { deadlineMs: 5_000, memoryMb: 512 };

/** What `bptt flow` shows unless told otherwise. */
const flowSizes = { steps: 100, hidden: 16, seed: 7, biases: [0, 1, 3] };

/** @returns whether Ctrl-C ended it */
export async function walkOnScreen(options: WalkOnScreen): Promise<boolean> {
  const { walk, standing, again, journal, deck } = options;
  const { workspace } = journal;
  const shown = new Shown();
  const session = new WalkSession(
    {
      ...{ walk, standing, again, journal, workspace, equations, gradcheck, lesson },
      kata: (step) => kataById(step.kata)!,
      check: (kata, signal) =>
        checkFile(kata, {
          workspace: workspace!,
          from: process.cwd(),
          seed: randomInt(1, 2 ** 31 - 1),
          limits,
          now: () => performance.now(),
          signal,
        }),
      chart: (id) => charts[id]!(),
      flow: ({ cells }) => measureFlow({ ...flowSizes, cells }),
      measure: async (step) => {
        const measured = await measuredStep(step);
        const given = givenBefore(step, standing().steps);
        return { measured, judged: judged(step, given, measured.truth) };
      },
      changed: () => shown.changed(),
      ended: (how) => shown.end(how),
    },
    again ? 0 : (standing().next ?? walk.steps.length),
  );
  const stop =
    workspace === undefined || walk.id === 'memory'
      ? undefined
      : await watchKatas(workspace, (files) => session.saved(files));
  try {
    session.arrive();
    for (;;) {
      // Where a step begins with questions there is nothing to show before them.
      if (!session.asking) {
        const how = await shown.until(session);
        if (how instanceof Error) throw how;
        if (how !== 'questions') return how === 'interrupted';
        apart();
      }
      const { step } = session;
      const end =
        step?.kind === 'prediction'
          ? await predict(step, options)
          : await quiz(step as CardsStep, journal, deck);
      if (end !== 'on') return end === 'interrupted';
      apart();
      session.answered();
    }
  } finally {
    await stop?.();
  }
}

/** An empty line between the last frame of a screen and the next screen. */
const apart = (): void => void process.stdout.write('\n');

/** The session on the terminal; put up and taken down. */
class Shown {
  #version = 0;
  readonly #listeners = new Set<() => void>();
  #resolve: (how: WalkEnd) => void = () => undefined;
  #over = false;

  end(how: WalkEnd): void {
    this.#over = true;
    this.#resolve(how);
  }

  changed(): void {
    this.#version++;
    this.#listeners.forEach((changed) => changed());
  }

  /** Shows it until a key ends it, or its step has questions. */
  async until(session: WalkSession): Promise<WalkEnd> {
    const subscribe = (changed: () => void): (() => void) => {
      this.#listeners.add(changed);
      return () => this.#listeners.delete(changed);
    };
    const version = (): number => this.#version;
    this.#over = false;
    let last = session.view;
    // The last frame stays on the terminal: of the step that was left, not of the one that comes.
    const view = (): WalkView => (this.#over ? last : (last = session.view));
    const ended = new Promise<WalkEnd>((resolve) => (this.#resolve = resolve));
    const screen = putUp((terminal) => {
      useSyncExternalStore(subscribe, version);
      return (
        <WalkScreen
          view={view()}
          {...terminal}
          onIntent={(intent, most) => session.press(intent, most)}
        />
      );
    });
    const how = await ended;
    await screen.close();
    return how;
  }
}

/** The equations that a step shows: its own, or the kata's. */
const equations = (step: KataStep): { reads: string; says: string }[] =>
  (step.equations ?? kataById(step.kata)!.equations)
    .map((id) => equationById(id))
    .filter((one) => one !== undefined)
    .map((one) => ({ reads: toUnicode(one), says: one.says }));

/** Sizes that fit a screen and are checked in a moment. */
function gradcheck({ cell, mistake }: GradcheckStep, planted: boolean): GradientReport {
  const result = checkCellGradient({
    cell,
    dims: { T: 12, B: 1, D: 3, H: 4, ...(cell === 'rnn' ? { O: 2 } : {}) },
    seed: 7,
    method: 'both',
    ...(planted ? { mistake } : {}),
  });
  if (result.kind === 'invisible') throw new Error(result.says);
  return result.report;
}

/** The sections of a lesson that show one of the step's equations, or its chart; the whole lesson where none does. */
function lesson(step: Step): string | null {
  if (step.kind !== 'kata' && step.kind !== 'picture' && step.kind !== 'flow') return null;
  const { sections } = readLesson(step.lesson);
  const [kind, ids]: ['chart' | 'equations', readonly string[]] =
    step.kind === 'picture'
      ? ['chart', [step.chart]]
      : step.kind === 'flow'
        ? ['chart', ['gradient-by-step', 'highway-by-length']]
        : ['equations', step.equations ?? kataById(step.kata)!.equations];
  const about = sections.filter(({ text }) => idsIn(text, kind).some((id) => ids.includes(id)));
  return (about.length > 0 ? about : sections).map(({ text }) => text).join('\n\n');
}

type End = 'on' | 'quit' | 'interrupted';

/** A prediction step's questions, those that are open. */
async function predict(
  step: MemoryStep,
  { walk, standing, again, journal }: WalkOnScreen,
): Promise<End> {
  const { state, interrupted } = await onScreen({
    state: startPredicting(step, again ? [] : givenBefore(step, standing().steps)),
    step: predictStep,
    view: predictView(walk.steps.indexOf(step), walk.steps.length),
    onEvents: (events) => journal.record(...events),
  });
  return interrupted ? 'interrupted' : state.left ? 'quit' : 'on';
}

/** A short quiz of a step's topics: what is due or new, else what was missed last time. Stopping it leads back to the walk. */
async function quiz({ topics, count }: CardsStep, journal: Journal, deck: Deck): Promise<End> {
  const now = new Date().toISOString();
  const { interviewDate, states } = historyOf(journal.events, now);
  const draw = {
    ...{ seed: randomInt(1, 2 ** 31 - 1), count, topics, states, now, id: randomUUID(), deck },
    ...(interviewDate !== undefined && { interviewDate }),
  };
  const start = startSession(draw);
  const { interrupted } = await onScreen({
    state: start.questions.length > 0 ? start : startSession({ ...draw, mode: 'missed' }),
    step: (state, action, at) => quizStep(state, action, at, deck),
    view: quizView,
    onEvents: (events) => journal.record(...events),
  });
  return interrupted ? 'interrupted' : 'on';
}
