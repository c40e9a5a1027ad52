/** Where one stands in the walks, as lines: all of them, or the steps of one, and what to type next. */
import { columns, ends, paragraph } from './layout.js';
import { oneLine } from './quiz-text.js';
import type { Page } from './layout.js';
import type { StepStanding, WalkReport, WalkStanding } from '../walk/index.js';

/** A sign, and the word beside it where there is room. @param next whether it is the step to go on with */
function statusOf(
  step: StepStanding,
  next: boolean,
  { paint }: Page,
): [sign: string, word: string] {
  const failed = step.failed ? 'failed' : '';
  if (step.done) return [paint.good('✓'), 'done'];
  if (next) return [paint.strong('→'), failed || 'next'];
  if (step.failed) return [paint.bad('✗'), failed];
  return ['·', step.skipped ? 'later' : 'open'];
}

/** What was predicted: `14 MB ✓, 1 ✓, 192 ✗`. */
export const predictedText = ({ predictions }: StepStanding): string =>
  predictions
    .map(
      ({ given, correct }) => `${given === '' ? '–' : oneLine(given, 16)} ${correct ? '✓' : '✗'}`,
    )
    .join(', ');

const detailOf = (step: StepStanding): string => {
  if (step.kind === 'prediction') return predictedText(step);
  if (step.cards) return `quiz, ${step.cards.right} of ${step.cards.of} known`;
  return step.command.replace('bptt ', '');
};

/** The walk's steps, numbered, and what to type next. */
export function standingText(
  { walks: [standing], next, workspace }: WalkReport,
  page: Page,
): string[] {
  const { walk, title, steps, done, next: place } = standing!;
  const memory = walk === 'memory';
  return [
    ...ends(
      page.paint.strong(`walk ${walk}`),
      page.paint.dim(`${done} of ${steps.length} done`),
      page,
    ),
    ...paragraph(title, page),
    '',
    ...columns(
      [
        { head: '' },
        { head: '', align: 'right' },
        { head: 'step' },
        { head: '', drop: 2 },
        { head: memory ? 'you predicted' : 'or by itself', drop: 1 },
      ],
      steps.map((step, k) => {
        const [sign, word] = statusOf(step, k === place, page);
        return [sign, String(k + 1), step.title, word, detailOf(step)];
      }),
      page,
    ),
    '',
    ...afterwards(standing!, { next, workspace }, page),
  ];
}

function afterwards(
  { walk, steps, next: place }: WalkStanding,
  { next, workspace }: Pick<WalkReport, 'next' | 'workspace'>,
  page: Page,
): string[] {
  if (place === null || next === null)
    return paragraph(
      walk === 'memory'
        ? 'All predicted. bptt walk memory --again asks once more.'
        : 'All done. bptt walk shows the others.',
      page,
    );
  const step = steps[place]!;
  if (step.kind === 'kata' && workspace === null)
    return paragraph(
      `The katas are written in a folder of your own: ${page.paint.strong(next.command)} makes it. Then, in it: bptt walk ${walk}.`,
      page,
    );
  return paragraph(
    walk === 'memory'
      ? `Next: ${step.title}. On a terminal ${page.paint.strong('bptt walk memory')} asks; in a pipe, one prediction a line.`
      : `Next: ${step.title}. Type ${page.paint.strong(next.command)}${page.spoken ? '' : `, or, on a terminal, bptt walk ${walk}`}.`,
    page,
  );
}

/** Every walk, and how far it is. */
export function walksText({ walks, next }: WalkReport, page: Page): string[] {
  return [
    ...columns(
      [{ head: 'walk' }, { head: 'done', align: 'right' }, { head: 'next', drop: 2 }, { head: 'about', drop: 1 }],
      walks.map(({ walk, title, steps, done, next: place }) => [
        walk,
        `${done}/${steps.length}`,
        place === null ? '✓ all' : steps[place]!.title,
        title,
      ]),
      page,
    ), // prettier-ignore
    '',
    ...paragraph(
      next === null
        ? 'All done: bptt quiz keeps it fresh.'
        : `Next: ${page.paint.strong(`bptt walk ${next.walk}`)}, ${next.title}.`,
      page,
    ),
  ];
}
