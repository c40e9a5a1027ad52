/**
 * The quiz as lines: a question, its grade, a session's report. The same lines stand in a pipe and in
 * the Ink session. Words and signs say everything; colour repeats it.
 */
import { ends, flow, hanging, paragraph } from './layout.js';
import type { Page } from './layout.js';
import type {
  AskedResult,
  CardKind,
  Grade,
  Links,
  Question,
  QuizReport,
  Rating,
  Ticking,
} from '../quiz/index.js';

/** How an answer to each kind of card is given. */
const howTo: Readonly<Record<CardKind, string>> = {
  choice: 'One number.',
  trap: 'One number.',
  several: 'All numbers that are right.',
  order: 'The numbers in order, like 2 1 3.',
  number: 'A number, rounded where it is long, or arithmetic that gives it.',
  equation: 'An expression; any form that means the same is right.',
  shape: 'A shape in letters, like [H, H+D].',
  free: 'A few sentences.',
};

/** Where a question stands in its session, and how far it is answered. */
export interface QuestionPage extends Page {
  /** The first line: where one is, and how it goes. */
  readonly head: readonly [left: string, right: string];
  /** Positions of chosen options, from 0. */
  readonly marked?: readonly number[];
}

/** Where one is and how it goes, on the first line. */
export const headLines = ([left, right]: QuestionPage['head'], page: Page): string[] =>
  ends(page.paint.strong(left), right === '' ? '' : page.paint.dim(right), page);

/** Where one is, what is asked, the options by number, and how to answer. */
export function questionLines(question: Question, page: QuestionPage): string[] {
  const { paint, marked = [] } = page;
  const options = question.options ?? [];
  const unit = question.unit === undefined ? '' : ` In ${question.unit}.`;
  return [
    ...headLines(page.head, page),
    '',
    ...question.ask.split('\n').flatMap((part) => (part === '' ? [''] : paragraph(part, page))),
    '',
    ...numbered(options, marked, page),
    ...(options.length > 0 ? [''] : []),
    ...paragraph(paint.dim(howTo[question.kind] + unit), page),
  ];
}

/** Items by number from 1, a mark before the chosen ones. */
const numbered = (items: readonly string[], marked: readonly number[], page: Page): string[] =>
  items.flatMap((item, k) => hanging(`${marked.includes(k) ? '>' : ' '} ${k + 1}  `, item, page));

/** The points of a free answer, those that count marked, beside an answer that has them all. */
export const tickLines = (
  { points, model }: Ticking,
  marked: readonly number[],
  page: Page,
): string[] => [
  ...paragraph('Which points did you make? Marked is what your words suggest.', page),
  '',
  ...numbered(points, marked, page),
  '',
  ...paragraph(`Model answer: ${page.paint.strong(model)}`, page),
];

/** The idea that helps. */
export const hintLines = (hint: string, page: Page): string[] => paragraph(`Hint: ${hint}`, page);

/** Equations in order, each with what it says. */
export const derivationLines = ({ derivation }: Links, page: Page): string[] =>
  derivation.flatMap(({ reads, says }) => [
    ...paragraph(page.paint.strong(reads), page, 4),
    ...paragraph(page.paint.dim(says), page, 6),
  ]);

/** Where a wrong answer leads: the katas that practise it, the lesson that explains it. */
const linkLines = ({ katas, lesson }: Links, page: Page): string[] =>
  flow(
    [
      ...katas.map((kata) => `practise: bptt check ${kata}`),
      ...(lesson === null ? [] : [`read: bptt learn ${lesson}`]),
    ],
    page,
    2,
    '   ·   ',
  );

/** A grade, and what the session knows beside it. */
export type Graded = Grade &
  Partial<Pick<AskedResult, 'due' | 'dueOn'> & { readonly rating: Rating }>;

/** What a screen knows of the answer's time, and whether to explain a right answer. */
export interface GradeOptions {
  readonly ms?: number;
  /** ISO 8601, UTC: then the due date is told as a distance. */
  readonly now?: string;
  /** Default true. */
  readonly why?: boolean;
  /** The right answer. Default true. */
  readonly answer?: boolean;
  /** The equations behind the answer. Default false. */
  readonly derivation?: boolean;
}

/** The verdict first, then why, the right answer, and when the card comes back. */
export function gradeLines(grade: Graded, page: Page, options: GradeOptions = {}): string[] {
  const { paint } = page;
  const { rating, due, dueOn } = grade;
  if (!grade.readable) return paragraph(`${paint.warn('? Not read:')} ${grade.says}`, page);
  const { ms, now, why = true, answer = true, derivation = false } = options;
  const back = due === undefined ? '' : now === undefined ? `on ${dueOn}` : inTime(due, now);
  const notes = [
    ...(rating === undefined ? [] : [`rated ${rating}`]),
    ...(ms === undefined ? [] : [seconds(ms)]),
    ...(back === '' ? [] : [`asked again ${back}`]),
  ];
  return [
    ...(grade.correct
      ? paragraph(paint.good(`✓ ${grade.says}`), page)
      : [...paragraph(paint.bad('✗ Wrong.'), page), ...paragraph(grade.says, page)]),
    ...(answer
      ? paragraph(
          `${grade.correct ? 'Model answer' : 'Right'}: ${paint.strong(grade.answer)}`,
          page,
        )
      : []),
    ...(why ? paragraph(grade.explain, page) : []),
    ...(derivation && grade.links.derivation.length > 0
      ? ['', ...derivationLines(grade.links, page), '']
      : []),
    ...(grade.correct ? [] : linkLines(grade.links, page)),
    ...(notes.length > 0 ? paragraph(paint.dim(notes.join(', ')), page) : []),
  ];
}

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
  const { asked, skipped, notRead } = report;
  const right = asked.filter(({ correct }) => correct).length;
  const missed = asked.filter(({ correct }) => !correct);
  const rest =
    (skipped.length === 0 ? '' : ` · ${skipped.length} skipped`) +
    (notRead.length === 0 ? '' : ` · ${notRead.length} not read`);
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
    ...missed.flatMap(({ ask, right: answer, dueOn }) => [
      ...paragraph(`${paint.bad('✗ wrong')}  ${oneLine(ask, 200)}`, page),
      ...paragraph(`right: ${oneLine(answer, 200)} · due ${dueOn}`, page, 11),
    ]),
    ...notRead.flatMap(({ id, answer, says }) =>
      paragraph(`${paint.warn('? not read')}  ${id}: ${oneLine(answer)} · ${says}`, page),
    ),
    ...(asked.length + notRead.length > 0 ? [''] : []),
    ...paragraph(report.next, page),
  ];
}

/** One line of at most so many characters, without control characters: what was typed is not trusted. */
export function oneLine(text: string, longest = 60): string {
  const plain = text.replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, ' ');
  const letters = Array.from(plain);
  return letters.length > longest ? `${letters.slice(0, longest - 1).join('')}…` : plain;
}
