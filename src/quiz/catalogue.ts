/** All cards and generators that come with bptt: our deck. */
import { applicationCards } from './content/applications.js';
import { mediaCards } from './content/applications-media.js';
import { attentionCards, attentionGenerators } from './content/attention.js';
import { attentionCacheCards } from './content/attention-cache.js';
import { attentionCostCards } from './content/attention-cost.js';
import { attentionNumberGenerators } from './content/attention-generators.js';
import { attentionScoreCards } from './content/attention-scores.js';
import { bpttCards } from './content/bptt.js';
import { comparisonCards } from './content/comparison.js';
import { costCards } from './content/cost.js';
import { debuggingCards } from './content/debugging.js';
import { decodingCards } from './content/decoding.js';
import { decodingGenerators } from './content/decoding-generators.js';
import { gateGenerators } from './content/gate-generators.js';
import { gradientCards, gradientGenerators } from './content/gradients.js';
import { gruCards, gruGenerators } from './content/gru.js';
import { gruVariantCards } from './content/gru-variants.js';
import { lossCards } from './content/losses.js';
import { lstmBackwardCards } from './content/lstm-backward.js';
import { lstmExtensionCards } from './content/lstm-extensions.js';
import { lstmGenerators } from './content/lstm-generators.js';
import { lstmHighwayCards } from './content/lstm-highway.js';
import { lstmMemoryCards } from './content/lstm-memory.js';
import { lstmStepCards } from './content/lstm.js';
import { lstmVariantCards } from './content/lstm-variants.js';
import { matrixMemoryCards, matrixMemoryGenerators } from './content/matrix-memory.js';
import { parallelRecurrenceCards } from './content/parallel-recurrence.js';
import { recurrentGenerators } from './content/recurrent-generators.js';
import { rnnBasicsCards } from './content/rnn-basics.js';
import { rnnCards } from './content/rnn.js';
import { sequenceCards } from './content/sequences.js';
import { sequenceGenerators } from './content/sequence-generators.js';
import { servingCards, servingGenerators } from './content/serving.js';
import { stableTrainingCards } from './content/stable-training.js';
import { stateSpaceCards } from './content/state-space.js';
import { systemsCards, systemsGenerators } from './content/systems.js';
import { trainingCards } from './content/training.js';
import { trainingGenerators } from './content/training-generators.js';
import { deckOf, type Deck } from './deck.js';
import type { Card } from './card.js';
import type { Generator } from './generator.js';

/** Every card that is written by hand. */
export const cards: readonly Card[] = [
  ...rnnCards,
  ...rnnBasicsCards,
  ...gradientCards,
  ...bpttCards,
  ...trainingCards,
  ...lossCards,
  ...stableTrainingCards,
  ...debuggingCards,
  ...lstmStepCards,
  ...lstmBackwardCards,
  ...lstmHighwayCards,
  ...lstmMemoryCards,
  ...lstmVariantCards,
  ...lstmExtensionCards,
  ...gruCards,
  ...gruVariantCards,
  ...sequenceCards,
  ...decodingCards,
  ...attentionCards,
  ...attentionScoreCards,
  ...attentionCacheCards,
  ...attentionCostCards,
  ...systemsCards,
  ...stateSpaceCards,
  ...matrixMemoryCards,
  ...parallelRecurrenceCards,
  ...servingCards,
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
  ...decodingGenerators,
  ...attentionGenerators,
  ...attentionNumberGenerators,
  ...systemsGenerators,
  ...matrixMemoryGenerators,
  ...servingGenerators,
];

/** Our own deck. */
export const ourDeck: Deck = deckOf(cards, generators);

/** Ours and a learner's. */
export const deckWith = (own: readonly Card[]): Deck =>
  own.length === 0 ? ourDeck : deckOf([...cards, ...own], generators);

/** By id in our own deck: see Deck. */
export const { cardById, generatorById, topicOf } = ourDeck;
