/** The quiz: cards, grading, schedule and the session. The table of contents of this room. */
export type { Ticking } from './attempt.js';
export { card, cardKinds, topics } from './card.js';
export type { About, Card, CardKind, CardTopic, FreeCard, KataId, Topic, Wrong } from './card.js';
export {
  cardById,
  cards,
  deckWith,
  generatorById,
  generators,
  ourDeck,
  topicOf,
} from './catalogue.js';
export { deckOf, scheduledId } from './deck.js';
export type { Deck } from './deck.js';
export { whyNothing } from './draw.js';
export type { DrawMode, DrawOptions } from './draw.js';
export type { AnsweredEvent, AnsweredEventBody, LogEvent } from './events.js';
export { generator } from './generator.js';
export type { Generator, Making } from './generator.js';
export { gradeAnswer } from './grade.js';
export type { Grade } from './grade.js';
export { historyOf } from './history.js';
export type { History } from './history.js';
export type { InterviewEventBody } from './interview/events.js';
export type { Item, ItemResult } from './interview/items.js';
export { interviewsIn, pausedInterview } from './interview/log.js';
export { partKinds } from './interview/question.js';
export type { InterviewQuestion, PartKind } from './interview/question.js';
export {
  interviewCard,
  interviewQuestionById,
  interviewQuestions,
  sourcesOf,
} from './interview/questions.js';
export { interviewReport, pausedReport } from './interview/report.js';
export type { InterviewReport, ItemReport, PartReport, PausedReport } from './interview/report.js';
export {
  currentItem,
  interviewStep,
  kataChecked,
  spentOn,
  startInterview,
} from './interview/session.js';
export type { InterviewState, InterviewStep } from './interview/session.js';
export { lessonOf } from './links.js';
export type { DerivationLine, Lesson, Links } from './links.js';
export { interviewDateOf, readInterviewDate } from './interview-date.js';
export type { PlannedEventBody, ReadDate } from './interview-date.js';
export { notesOf } from './notes.js';
export type { Note, NoteOptions } from './notes.js';
export { planFor } from './plan.js';
export type { Plan, PlanDay, PlanTopic } from './plan.js';
export { questionOf } from './question.js';
export type { Question } from './question.js';
export { ratingOf, ratings } from './rating.js';
export type { Answered, Rating } from './rating.js';
export { report } from './report.js';
export type { QuizReport, TopicScore } from './report.js';
export { dueCards, nextDue, recallOn, schedule } from './schedule.js';
export type { CardState, ScheduleOptions } from './schedule.js';
export { startSession, step } from './session.js';
export { statsOf } from './stats.js';
export type { MistakeStats, StatsReport, TopicStats } from './stats.js';
export type { Streak } from './streak.js';
export { answersTo, scoresByTopic, topicsOf, weakestEquations, weakestTopics } from './weakest.js';
export type { EquationStats, Score } from './weakest.js';
export type {
  AskedResult,
  NotRead,
  SessionAction,
  SessionOptions,
  SessionState,
  Step,
} from './session.js';
