/**
 * The quiz as lines: a question, its grade, a session's report. The same lines stand in a pipe and in
 * the Ink session. Words and signs say everything; colour repeats it.
 */
import { ends, paragraph } from './layout.js';
import type { Page } from './layout.js';
import type { CardKind, Grade, Question, QuizReport, Rating } from '../quiz/index.js';

/** How an answer to each kind of card is given. */
const howTo: Readonly<Record<CardKind, string>> = {
  choice: 'One number.',
  trap: 'One number.',
  several: 'All numbers that are right.',
  order: 'The numbers in order, like 2 1 3.',
  number: 'A number, or arithmetic that gives it.',
  equation: 'An expression; any form that means the same is right.',
  shape: 'A shape in letters, like [H, H+D].',
  free: 'A few sentences.',
};

/** Where a question stands in its session, and how far it is answered. */
export interface QuestionPage extends Page {
  /** From 1. */
  readonly number: number;
  readonly of: number;
  /** How many were right so far. */
  readonly right?: number;
  /** Positions of chosen options, from 0. */
  readonly marked?: readonly number[];
}

/** Where one is, what is asked, the options by number, and how to answer. */
export function questionLines(question: Question, page: QuestionPage): string[] {
  const { paint, marked = [], right } = page;
  const options = question.options ?? [];
  const unit = question.unit === undefined ? '' : ` In ${question.unit}.`;
  return [
    ...ends(
      paint.strong(`quiz · ${page.number} of ${page.of} · ${question.topic} · ${question.kind}`),
      right === undefined ? '' : paint.dim(`${right} right`),
      page,
    ),
    '',
    ...question.ask.split('\n').flatMap((part) => (part === '' ? [''] : paragraph(part, page))),
    '',
    ...options.flatMap((option, k) =>
      hanging(`${marked.includes(k) ? '>' : ' '} ${k + 1}  `, option, page),
    ),
    ...(options.length > 0 ? [''] : []),
    ...paragraph(paint.dim(howTo[question.kind] + unit), page),
  ];
}

/** A first line that begins with a mark, the rest indented under it. */
function hanging(mark: string, text: string, page: Page): string[] {
  return paragraph(text, page, 2 + mark.length).map((line, k) =>
    k === 0 ? `  ${mark}${line.trimStart()}` : line,
  );
}

/** The idea that helps. */
export const hintLines = (hint: string, page: Page): string[] => paragraph(`Hint: ${hint}`, page);

/** A grade, and what the session knows beside it. */
export type Graded = Grade & Partial<{ readonly rating: Rating; readonly due: string }>;

/** What a screen knows of the answer's time, and whether to explain a right answer. */
export interface GradeOptions {
  readonly ms?: number;
  /** ISO 8601, UTC: then the due date is told as a distance. */
  readonly now?: string;
  /** Default true. */
  readonly why?: boolean;
}

/** The verdict first, then why, the right answer, and when the card comes back. */
export function gradeLines(grade: Graded, page: Page, options: GradeOptions = {}): string[] {
  const { paint } = page;
  const { rating, due } = grade;
  if (!grade.readable && rating === undefined)
    return paragraph(`${paint.warn('? Not read:')} ${grade.says}`, page);
  const { ms, now, why = true } = options;
  const back = due === undefined ? '' : now === undefined ? day(due) : inTime(due, now);
  const notes = [
    ...(rating === undefined ? [] : [rating]),
    ...(ms === undefined ? [] : [seconds(ms)]),
    ...(back === '' ? [] : [`again ${back}`]),
  ];
  return [
    ...(grade.correct
      ? paragraph(paint.good(`✓ ${grade.says}`), page)
      : [
          ...paragraph(paint.bad(grade.readable ? '✗ Wrong.' : '✗ Not read.'), page),
          ...paragraph(grade.says, page),
        ]),
    ...paragraph(
      `${grade.correct ? 'Model answer' : 'Right'}: ${paint.strong(grade.answer)}`,
      page,
    ),
    ...(why ? paragraph(grade.explain, page) : []),
    ...(notes.length > 0 ? paragraph(paint.dim(notes.join(', ')), page) : []),
  ];
}

const day = (at: string): string => `on ${at.slice(0, 10)}`;

const seconds = (ms: number): string =>
  ms < 100_000 ? `${Math.round(ms / 1000)} s` : `${Math.round(ms / 60_000)} min`;

/** From now to then in words: `in 6 days`. */
function inTime(then: string, now: string): string {
  const hours = (Date.parse(then) - Date.parse(now)) / 3_600_000;
  if (!(hours > 0.5)) return 'now';
  if (hours < 18) return `in ${Math.round(hours)} h`;
  const days = Math.round(hours / 24);
  return days <= 1 ? 'tomorrow' : `in ${days} days`;
}

/** The session's score, by topic, what went wrong, and what to do next. */
export function reportLines(report: QuizReport, page: Page): string[] {
  const { paint } = page;
  const { asked, skipped } = report;
  const right = asked.filter(({ correct }) => correct).length;
  const missed = asked.filter(({ correct }) => !correct);
  const rest = skipped.length === 0 ? '' : ` · ${skipped.length} skipped`;
  const longest = Math.max(0, ...report.byTopic.map(({ topic }) => topic.length));
  return [
    ...ends(
      paint.strong(`quiz · ${right} of ${asked.length} right${rest}`),
      paint.dim(`seed ${report.seed}`),
      page,
    ),
    '',
    ...report.byTopic.flatMap((score) =>
      paragraph(`${score.topic.padEnd(longest)}  ${score.right} of ${score.asked} right`, page),
    ),
    ...missed.flatMap(({ id, answer, due }) =>
      paragraph(
        `${paint.bad('✗ wrong')}  ${id}: ${printable(answer)} · due ${due.slice(0, 10)}`,
        page,
      ),
    ),
    ...(asked.length > 0 ? [''] : []),
    ...paragraph(report.next, page),
  ];
}

/** One line of at most 60 characters without control characters: what was typed is not trusted. */
function printable(text: string): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
  const letters = Array.from(plain);
  return letters.length > 60 ? `${letters.slice(0, 59).join('')}…` : plain;
}
