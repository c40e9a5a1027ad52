/**
 * What a walk is made of: steps, as plain data. A step says what is to be done; what has been done is in
 * the log (standing.ts), and how it is shown is not this room's matter.
 */
import type { FlowCell } from '../bench/index.js';
import type { CellKind } from '../engine/index.js';
import type { EquationId } from '../notation/index.js';
import type { KataId, Lesson, Topic } from '../quiz/index.js';
import type { MemoryStep } from './memory/steps.js';

interface Base<Kind extends string> {
  readonly kind: Kind;
  /** Unique within the walk; `walked` events name it. */
  readonly id: string;
  readonly title: string;
  /** What this step is about, in a sentence or two. */
  readonly says: string;
}

/** Equations, and the kata in which they are written as code. */
export interface KataStep extends Base<'kata'> {
  readonly kata: KataId;
  /** Shown instead of the kata's own, where those are more or fewer than the step is about. */
  readonly equations?: readonly EquationId[];
  readonly lesson: Lesson;
}

/** The gradients of a cell against two oracles, and the same with a planted mistake. */
export interface GradcheckStep extends Base<'gradcheck'> {
  readonly cell: CellKind;
  /** The id of a planted mistake of this cell. */
  readonly mistake: string;
}

/** A chart of a lesson. */
export interface PictureStep extends Base<'picture'> {
  readonly lesson: Lesson;
  /** The chart's id in src/lessons/charts. */
  readonly chart: string;
}

/** How much of a gradient reaches each earlier step, measured for some cells. */
export interface FlowStep extends Base<'flow'> {
  readonly cells: readonly [FlowCell, ...FlowCell[]];
  /** Where it is explained; reading it counts as the step, and so does `bptt flow` of these cells. */
  readonly lesson: Lesson;
}

/** A short quiz: so many different cards of these topics, right at the last answer. */
export interface CardsStep extends Base<'cards'> {
  readonly topics: readonly [Topic, ...Topic[]];
  readonly count: number;
}

export type Step = KataStep | GradcheckStep | PictureStep | FlowStep | CardsStep | MemoryStep;

export const walkIds = ['rnn', 'lstm', 'gru', 'sequences', 'attention', 'memory'] as const;
export type WalkId = (typeof walkIds)[number];

export interface Walk {
  readonly id: WalkId;
  readonly title: string;
  readonly steps: readonly Step[];
}

type Spec<S extends Step> = Omit<S, 'kind' | 'id'>;

/** One constructor per kind. A kata's step has the kata's id. */
export const step = {
  kata: (kata: KataId, spec: Omit<Spec<KataStep>, 'kata'>): KataStep => ({
    kind: 'kata',
    id: kata,
    kata,
    ...spec,
  }),
  gradcheck: (spec: Spec<GradcheckStep>): GradcheckStep => ({
    kind: 'gradcheck',
    id: 'gradient-check',
    ...spec,
  }),
  picture: (id: string, spec: Spec<PictureStep>): PictureStep => ({ kind: 'picture', id, ...spec }),
  flow: (spec: Spec<FlowStep>): FlowStep => ({ kind: 'flow', id: 'gradient-flow', ...spec }),
  cards: (spec: Spec<CardsStep>): CardsStep => ({ kind: 'cards', id: 'cards', ...spec }),
} as const;
