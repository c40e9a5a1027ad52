/** The memory walk in a pipe: each prediction is a line, then it is measured and explained. And how it is measured. */
import { measureInChild, PointFailed } from '../bench/index.js';
import { measuredText } from '../ui/walk-memory-text.js';
import { ends } from '../ui/layout.js';
import { predictView } from '../ui/predict-view.js';
import { judged, measureStep, predictStep, startPredicting } from '../walk/memory/index.js';
import { lineByLine } from './line-session.js';
import { Refusal, exitCodes } from './refusal.js';
import type { AnswerSource } from './answers.js';
import type { Page } from '../ui/layout.js';
import type { MemoryStep, PredictedEvent, StepStanding } from '../walk/index.js';
import type { MeasuredStep } from '../walk/memory/index.js';

/** Each point in a process of its own, which ends with ours. @throws {Refusal} where memory runs out */
export async function measuredStep(step: MemoryStep): Promise<MeasuredStep> {
  const ending = new AbortController();
  const kill = (): void => ending.abort();
  process.once('exit', kill);
  try {
    return await measureStep(step, (mode, sizes) => measureInChild(mode, sizes, ending.signal));
  } catch (error) {
    if (error instanceof PointFailed && error.outOfMemory)
      throw new Refusal(error.message, exitCodes.outOfMemory);
    throw error;
  } finally {
    process.removeListener('exit', kill);
  }
}

/** What was predicted on an earlier day, in the order in which it is asked. */
export const givenBefore = (
  { id }: MemoryStep,
  before: readonly Pick<StepStanding, 'id' | 'predictions'>[],
): string[] => (before.find((one) => one.id === id)?.predictions ?? []).map(({ given }) => given);

export interface ByLine {
  readonly steps: readonly MemoryStep[];
  /** Where one stands; empty to be asked everything again. */
  readonly before: readonly StepStanding[];
  readonly source: AnswerSource;
  readonly page: Page;
  readonly print: (lines: readonly string[]) => void;
  readonly progress: (text: string) => void;
  readonly record: (events: readonly PredictedEvent[]) => void;
}

/** Asks what is open until the lines end. @returns whether a prediction was wrong or could not be read */
export async function predictByLine(walk: ByLine): Promise<boolean> {
  const { steps, before, page, print, progress } = walk;
  // A session closes its source when it is over; ours goes on to the next step.
  const source: AnswerSource = {
    ...walk.source,
    next: (card) => walk.source.next(card),
    close: () => Promise.resolve(),
  };
  let wrong = false;
  const record = (events: readonly PredictedEvent[]): void => {
    wrong ||= events.some(({ correct }) => !correct);
    walk.record(events);
  };
  for (const [place, step] of steps.entries()) {
    const start = startPredicting(step, givenBefore(step, before));
    if (start.given.length === start.questions.length) continue;
    const view = predictView(place, steps.length);
    const state = await lineByLine({ ...{ step: predictStep, view, source, page, print, record }, state: start });
    if (state.left) break;
    progress('measuring …');
    const measured = await measuredStep(step);
    progress('');
    const told = judged(step, state.given, measured.truth);
    wrong ||= told.slice(start.given.length).some(({ grade }) => !grade.readable);
    print([
      '',
      ...ends(page.paint.strong(`walk memory · ${step.title}`), `T = ${measured.curve.points.map(({ T }) => T).join(', ')}`, page),
      '',
      ...measuredText(told, measured, page),
    ]);
  }
  await walk.source.close();
  return wrong;
} // prettier-ignore
