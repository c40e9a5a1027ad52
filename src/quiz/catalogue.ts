/** All cards and generators, and one by its id. */
import { applicationCards } from './content/applications.js';
import { mediaCards } from './content/applications-media.js';
import { attentionCards, attentionGenerators } from './content/attention.js';
import { attentionCostCards } from './content/attention-cost.js';
import { attentionNumberGenerators } from './content/attention-generators.js';
import { attentionScoreCards } from './content/attention-scores.js';
import { bpttCards } from './content/bptt.js';
import { comparisonCards } from './content/comparison.js';
import { costCards } from './content/cost.js';
import { gateGenerators } from './content/gate-generators.js';
import { gradientCards, gradientGenerators } from './content/gradients.js';
import { gruCards, gruGenerators } from './content/gru.js';
import { gruVariantCards } from './content/gru-variants.js';
import { lossCards } from './content/losses.js';
import { lstmBackwardCards } from './content/lstm-backward.js';
import { lstmGenerators } from './content/lstm-generators.js';
import { lstmHighwayCards } from './content/lstm-highway.js';
import { lstmMemoryCards } from './content/lstm-memory.js';
import { lstmStepCards } from './content/lstm.js';
import { lstmVariantCards } from './content/lstm-variants.js';
import { recurrentGenerators } from './content/recurrent-generators.js';
import { rnnBasicsCards } from './content/rnn-basics.js';
import { rnnCards } from './content/rnn.js';
import { sequenceCards } from './content/sequences.js';
import { sequenceGenerators } from './content/sequence-generators.js';
import { systemsCards, systemsGenerators } from './content/systems.js';
import { trainingCards } from './content/training.js';
import { trainingGenerators } from './content/training-generators.js';
import type { Card, Topic } from './card.js';
import type { Generator } from './generator.js';

/** Every card that is written by hand. */
export const cards: readonly Card[] = [
  ...rnnCards,
  ...rnnBasicsCards,
  ...gradientCards,
  ...bpttCards,
  ...trainingCards,
  ...lossCards,
  ...lstmStepCards,
  ...lstmBackwardCards,
  ...lstmHighwayCards,
  ...lstmMemoryCards,
  ...lstmVariantCards,
  ...gruCards,
  ...gruVariantCards,
  ...sequenceCards,
  ...attentionCards,
  ...attentionScoreCards,
  ...attentionCostCards,
  ...systemsCards,
  ...comparisonCards,
  ...costCards,
  ...applicationCards,
  ...mediaCards,
];

/** Every generator. */
export const generators: readonly Generator[] = [
  ...recurrentGenerators,
  ...gradientGenerators,
  ...trainingGenerators,
  ...lstmGenerators,
  ...gruGenerators,
  ...gateGenerators,
  ...sequenceGenerators,
  ...attentionGenerators,
  ...attentionNumberGenerators,
  ...systemsGenerators,
];

const cardsById: ReadonlyMap<string, Card> = new Map(cards.map((one) => [one.id, one]));
const generatorsById: ReadonlyMap<string, Generator> = new Map(
  generators.map((one) => [one.id, one]),
);

/** The id under which a card is scheduled: `lstm.parameters.generated#7` → `lstm.parameters.generated`. */
export const scheduledId = (id: string): string => id.split('#', 1)[0]!;

/** The generator of an id, with or without a seed. */
export const generatorById = (id: string): Generator | undefined =>
  generatorsById.get(scheduledId(id));

/**
 * The card of an id, or undefined if there is none. `generator#seed` is the card that the generator
 * makes from this seed; a generator's id alone is its card of seed 0.
 */
export function cardById(id: string): Card | undefined {
  const written = cardsById.get(id);
  if (written) return written;
  const made = generatorById(id);
  if (!made) return undefined;
  if (id === made.id) return made.card(0);
  const [, seed] = /#(0|[1-9]\d{0,9})$/.exec(id) ?? [];
  if (seed === undefined || id !== `${made.id}#${seed}` || Number(seed) >= 2 ** 32)
    return undefined;
  return made.card(Number(seed));
}

/** The topic of a card or generator, by its id. */
export const topicOf = (id: string): Topic | undefined =>
  (cardsById.get(id) ?? generatorById(id))?.topic;
