/**
 * How a card is written: one constructor per kind, plain data and pure functions. A card knows the right
 * answer and why each wrong one is believed; how it is put on a screen is question.ts, how an answer is
 * judged is grade.ts.
 */
import type { EquationId, Shape } from '../notation/index.js';

export const topics = [
  ...(['rnn', 'gradients', 'training', 'lstm', 'gru'] as const),
  ...(['sequences', 'attention', 'systems', 'applications'] as const),
] as const;
export type Topic = (typeof topics)[number];
/** `own`: a learner's own card that names none of ours. */
export type CardTopic = Topic | 'own';

export const cardKinds = [
  ...(['choice', 'several', 'number', 'equation'] as const),
  ...(['shape', 'order', 'trap', 'free'] as const),
] as const;
export type CardKind = (typeof cardKinds)[number];

/** The katas that a card may point to. A test holds every link against the katas that exist. */
export type KataId =
  | ('rnn-step' | 'rnn-forward' | 'softmax-cross-entropy' | 'rnn-step-backward' | 'rnn-bptt')
  | ('relative-error' | 'jacobian-product' | 'gradient-bound' | 'clip-by-global-norm')
  | ('truncated-bptt' | 'forget-gate' | 'input-gate' | 'cell-update' | 'output-gate')
  | ('lstm-step' | 'lstm-forward' | 'lstm-step-backward' | 'lstm-bptt' | 'gradient-highway')
  | ('peephole-step' | 'gru-step' | 'gru-reset-after' | 'gru-step-backward' | 'gru-bptt')
  | ('bidirectional-rnn' | 'stacked-lstm' | 'masked-loss' | 'encoder-decoder-step')
  | ('stable-softmax' | 'scaled-dot-product' | 'causal-attention' | 'attention-backward')
  | ('multi-head' | 'additive-attention' | 'kv-cache-step' | 'online-softmax')
  | ('parameter-count' | 'memory-account' | 'checkpointed-bptt');

/** What every card has. */
export interface About {
  readonly topic: CardTopic;
  /** 1 everyone is asked this · 2 a good interview · 3 a hard one. */
  readonly level: 1 | 2 | 3;
  readonly equations?: readonly EquationId[];
  readonly katas?: readonly KataId[];
}

interface Spec extends About {
  readonly ask: string;
  /** Why the answer is right, in a sentence or two: shown after every answer. */
  readonly explain: string;
  /** The idea, not the answer. */
  readonly hint?: string;
}

/** A wrong answer that people give, and why they believe it and what is wrong with that. */
export interface Wrong<T> {
  readonly is: T;
  readonly because: string;
}

interface Base<K extends CardKind> extends Spec {
  readonly id: string;
  readonly kind: K;
}

/** One option is right. */
export interface ChoiceCard extends Base<'choice'> {
  readonly answer: string;
  readonly wrong: readonly Wrong<string>[];
}

/** Some options are right: all of them and no other must be named. */
export interface SeveralCard extends Base<'several'> {
  readonly options: readonly {
    readonly is: string;
    readonly right: boolean;
    /** Why it is right, or why it is not. */
    readonly because: string;
  }[];
}

export interface NumberCard extends Base<'number'> {
  readonly answer: () => number;
  /** What is counted: `bytes` lets an answer come in GiB, any other word is only shown. */
  readonly unit?: string;
  /** Relative. Without one: whole numbers must be exact, others within 1 %. */
  readonly tolerance?: number;
  readonly wrong: readonly Wrong<() => number>[];
}

/** Any form that means the same is right. Expressions in the notation's syntax. */
export interface EquationCard extends Base<'equation'> {
  readonly answer: string;
  /** The shape of every name that an answer may use. */
  readonly symbols: Readonly<Record<string, Shape>>;
  /** Names that the question gives by others, { f: 'sigmoid(af)' }: an answer may use either. */
  readonly where?: Readonly<Record<string, string>>;
  readonly wrong?: readonly Wrong<string>[];
}

/** Axes in letters: `['H', 'H+D']`. */
export interface ShapeCard extends Base<'shape'> {
  readonly answer: readonly string[];
  readonly wrong?: readonly Wrong<readonly string[]>[];
}

export interface OrderCard extends Base<'order'> {
  /** In the right order. */
  readonly items: readonly string[];
}

/** A popular wrong or outdated answer: which objection to it is the right one? */
export interface TrapCard extends Base<'trap'> {
  readonly claim: string;
  /** What is wrong with the claim. */
  readonly right: string;
  readonly wrong: readonly Wrong<string>[];
}

/** A few sentences of one's own, looked through for the points of a rubric. */
export interface FreeCard extends Base<'free'> {
  readonly rubric: readonly {
    readonly point: string;
    /** The point counts as made when one of these stands in the answer; case does not matter. */
    readonly words: readonly string[];
  }[];
  /** How many points make an answer good enough. */
  readonly enough: number;
  /** An answer that we would be glad to hear. */
  readonly model: string;
}

export type Card =
  | ChoiceCard
  | SeveralCard
  | NumberCard
  | EquationCard
  | ShapeCard
  | OrderCard
  | TrapCard
  | FreeCard;

type SpecOf<C extends Card> = Omit<C, 'id' | 'kind'>;

/** One constructor per kind: `card.number('lstm.parameters', { … })`. */
export const card = {
  choice: (id: string, spec: SpecOf<ChoiceCard>): ChoiceCard => ({ id, kind: 'choice', ...spec }),
  several: (id: string, spec: SpecOf<SeveralCard>): SeveralCard => ({
    id,
    kind: 'several',
    ...spec,
  }),
  number: (id: string, spec: SpecOf<NumberCard>): NumberCard => ({ id, kind: 'number', ...spec }),
  equation: (id: string, spec: SpecOf<EquationCard>): EquationCard => ({
    id,
    kind: 'equation',
    ...spec,
  }),
  shape: (id: string, spec: SpecOf<ShapeCard>): ShapeCard => ({ id, kind: 'shape', ...spec }),
  order: (id: string, spec: SpecOf<OrderCard>): OrderCard => ({ id, kind: 'order', ...spec }),
  trap: (id: string, spec: SpecOf<TrapCard>): TrapCard => ({ id, kind: 'trap', ...spec }),
  free: (id: string, spec: SpecOf<FreeCard>): FreeCard => ({ id, kind: 'free', ...spec }),
} as const;
