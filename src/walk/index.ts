/** The guided way: walks as data, and where one stands in them. The table of contents of this room. */
export { isWalkId, walkById, walks } from './catalogue.js';
export { standingOf } from './standing.js';
export type {
  FlowedEvent,
  GradcheckedEvent,
  StepStanding,
  TopicOf,
  WalkedEvent,
  WalkStanding,
} from './standing.js';
export { walkIds } from './step.js';
export type {
  CardsStep,
  FlowStep,
  GradcheckStep,
  KataStep,
  PictureStep,
  Step,
  Walk,
  WalkId,
} from './step.js';
export { askedIn, memorySequence, memorySizes, memorySteps, memoryT } from './memory/steps.js';
export type { Asked, MemoryStep } from './memory/steps.js';
export type { PredictedEvent, Prediction } from './memory/predictions.js';
export { walkReport } from './report.js';
export type { WalkReport } from './report.js';
