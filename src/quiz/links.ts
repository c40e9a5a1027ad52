/** Where a card leads: its katas, the lesson to read again, and the derivation behind its answer. */
import { equationById, equations, toUnicode, type Equation } from '../notation/index.js';
import type { About, CardTopic, KataId } from './card.js';

/** The lessons of `bptt learn`, by name. */
export type Lesson =
  | ('rnn' | 'gradients' | 'lstm' | 'highway' | 'variants')
  | ('sequences' | 'attention' | 'comparison' | 'training' | 'interview');

const lessonOfTopic: Readonly<Record<CardTopic, Lesson | null>> = {
  rnn: 'rnn',
  gradients: 'gradients',
  training: 'training',
  lstm: 'lstm',
  gru: 'variants',
  sequences: 'sequences',
  attention: 'attention',
  systems: 'comparison',
  applications: 'comparison',
  own: null,
};

/** Katas whose lesson is not that of their cards' topic. */
const lessonOfKata: Readonly<Partial<Record<KataId, Lesson>>> = {
  'gradient-highway': 'highway',
  'peephole-step': 'variants',
};

/** The lesson that a card belongs to; null for a learner's own that names no topic of ours. */
export const lessonOf = ({ topic, katas }: About): Lesson | null =>
  katas?.map((kata) => lessonOfKata[kata]).find((lesson) => lesson !== undefined) ??
  lessonOfTopic[topic];

/** One line of a derivation. */
export interface DerivationLine {
  readonly says: string;
  /** The equation in Unicode: `c = f ⊙ c₋ + i ⊙ c̃`. */
  readonly reads: string;
}

export interface Links {
  readonly katas: readonly string[];
  readonly lesson: Lesson | null;
  /** The card's equations and before each those that define what it reads, in notation's order; may be empty. */
  readonly derivation: readonly DerivationLine[];
}

export const linksOf = (card: About): Links => ({
  katas: card.katas ?? [],
  lesson: lessonOf(card),
  derivation: derivationOf(card).map((eq) => ({ says: eq.says, reads: toUnicode(eq) })),
});

function derivationOf({ equations: ids = [] }: About): Equation[] {
  const linked = ids.map((id) => equationById(id)).filter((eq) => eq !== undefined);
  const defines = (eq: Equation): boolean =>
    linked.some((one) => one.cell === eq.cell && Object.hasOwn(one.symbols, eq.defines));
  return equations.filter((eq) => ids.includes(eq.id) || defines(eq));
}
