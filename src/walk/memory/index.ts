/** Predicting and measuring what is kept: the table of contents of the memory walk. */
export { keptBytes, predictionCards, questionId, tolerances, truthOf } from './cards.js';
export type { Truth } from './cards.js';
export { measureStep } from './measured.js';
export type { MeasuredStep } from './measured.js';
export { judged, openQuestion, predictStep, startPredicting } from './predicting.js';
export type { Judged, PredictingState, PredictingStep } from './predicting.js';
