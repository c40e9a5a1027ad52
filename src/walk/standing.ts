/**
 * Where the learner stands in a walk: a fold of the log. A kata counts wherever it was passed, a card wherever
 * it was answered; nothing has to be done inside the walk.
 */
import { progressOf } from '../kata/progress.js';
import { scheduledId } from '../quiz/deck.js';
import { predictionsOf, type Prediction } from './memory/predictions.js';
import { askedIn } from './memory/steps.js';
import type { CardTopic, LogEvent } from '../quiz/index.js';
import type { CardsStep, FlowStep, PictureStep, Step, Walk, WalkId } from './step.js';

/** What a walk itself writes to the log: a step was read, or left for later. */
export interface WalkedEvent {
  readonly type: 'walked';
  readonly walk: WalkId;
  readonly step: string;
  readonly skipped: boolean;
  readonly [field: string]: unknown;
}

/** What a gradient check writes to the log. */
export interface GradcheckedEvent {
  readonly type: 'gradchecked';
  readonly cell: string;
  readonly passed: boolean;
  readonly [field: string]: unknown;
}

/** What a measurement of gradient flow writes to the log. */
export interface FlowedEvent {
  readonly type: 'flowed';
  readonly cells: readonly string[];
  readonly [field: string]: unknown;
}

export interface StepStanding {
  readonly id: string;
  readonly kind: Step['kind'];
  readonly title: string;
  readonly done: boolean;
  /** Left for later, and not done since. */
  readonly skipped: boolean;
  /** The last check of its kata failed. */
  readonly failed: boolean;
  /** What does this step outside the walk. */
  readonly command: string;
  /** Cards that are known, of how many; null for a step without cards. */
  readonly cards: { readonly right: number; readonly of: number } | null;
  /** What was predicted, in the order in which it is asked; empty for a step that asks nothing. */
  readonly predictions: readonly Prediction[];
}

export interface WalkStanding {
  readonly walk: WalkId;
  readonly title: string;
  readonly steps: readonly StepStanding[];
  /** How many steps are done. */
  readonly done: number;
  /** The place of the step to go on with, from 0; null when all are done. */
  readonly next: number | null;
}

/** The topic of a card or generator, by its id: Deck.topicOf. */
export type TopicOf = (card: string) => CardTopic | undefined;

/** @param events in the order of time */
export function standingOf(
  walk: Walk,
  events: readonly LogEvent[],
  topicOf: TopicOf,
): WalkStanding {
  const progress = progressOf(events);
  const left = leftIn(walk.id, events);
  const predictions = predictionsOf(events);

  const isRead = (step: PictureStep | FlowStep): boolean =>
    left.get(step.id) === 'read' ||
    events.some(({ type, lesson }) => type === 'read' && lesson === step.lesson);

  const steps = walk.steps.map((step): StepStanding => {
    const cards = step.kind === 'cards' ? cardsOf(step, events, topicOf) : null;
    const known = step.kind === 'prediction' ? (predictions.get(step.id) ?? []) : [];
    const done = ((): boolean => {
      switch (step.kind) {
        case 'kata':
          return progress(step.kata).everPassed;
        case 'gradcheck':
          return events.some(
            ({ type, cell, passed }) =>
              type === 'gradchecked' && cell === step.cell && passed === true,
          );
        case 'picture':
          return isRead(step);
        case 'flow':
          return isRead(step) || events.some((event) => isFlowOf(step, event));
        case 'cards':
          return cards!.right >= cards!.of;
        case 'prediction':
          return known.length === askedIn(step).length;
      }
    })();
    return {
      id: step.id,
      kind: step.kind,
      title: step.title,
      done,
      skipped: !done && left.get(step.id) === 'skipped',
      failed: step.kind === 'kata' && progress(step.kata).status === 'failed',
      command: commandOf(step),
      cards,
      predictions: known,
    };
  });
  const first = (wanted: (step: StepStanding) => boolean): number | null => {
    const place = steps.findIndex(wanted);
    return place < 0 ? null : place;
  };
  return {
    walk: walk.id,
    title: walk.title,
    steps,
    done: steps.filter(({ done }) => done).length,
    next: first(({ done, skipped }) => !done && !skipped) ?? first(({ done }) => !done),
  };
}

/** The last thing that was said about each step of a walk. */
function leftIn(walk: WalkId, events: readonly LogEvent[]): ReadonlyMap<unknown, string> {
  return new Map(
    events
      .filter((event) => event.type === 'walked' && event.walk === walk)
      .map(({ step, skipped }) => [step, skipped === true ? 'skipped' : 'read']),
  );
}

/** Whether the gradients of all the step's cells were measured together. */
const isFlowOf = (step: FlowStep, { type, cells }: LogEvent): boolean =>
  type === 'flowed' && Array.isArray(cells) && step.cells.every((cell) => cells.includes(cell));

/** Different cards of the step's topics whose last answer was right. */
function cardsOf(
  { topics, count }: CardsStep,
  events: readonly LogEvent[],
  topicOf: TopicOf,
): { right: number; of: number } {
  const last = new Map<string, boolean>();
  for (const { type, card, correct } of events)
    if (type === 'answered' && typeof card === 'string')
      last.set(scheduledId(card), correct === true);
  const right = [...last].filter(
    ([card, correct]) => correct && (topics as readonly unknown[]).includes(topicOf(card)),
  ).length;
  return { right: Math.min(right, count), of: count };
}

function commandOf(step: Step): string {
  switch (step.kind) {
    case 'kata':
      return `bptt check ${step.kata}`;
    case 'gradcheck':
      return `bptt gradcheck ${step.cell}`;
    case 'flow':
      return `bptt flow --cells ${step.cells.join(',')}`;
    case 'picture':
      return `bptt learn ${step.lesson}`;
    case 'cards':
      return `bptt quiz ${step.topics.map((topic) => `--topic ${topic}`).join(' ')}`;
    case 'prediction':
      return 'bptt walk memory';
  }
}
