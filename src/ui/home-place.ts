/** What stands on the screen at home, as lines: home itself, the offer of a workspace, the end of a command. */
import { homeFooter, type HomePlace, type Offer } from './home-keys.js';
import { homeLines } from './home-text.js';
import { flow, paragraph } from './layout.js';
import type { FrameLines } from './frame.js';
import type { Page } from './layout.js';
import type { HomeReport } from '../walk/home.js';

export interface PlaceOptions {
  /** Of the terminal. Topics that do not fit are left out, then empty lines; what is to be done never is. */
  readonly rows: number;
}

export function placeText(
  place: HomePlace,
  report: HomeReport,
  page: Page,
  { rows }: PlaceOptions,
): FrameLines {
  const footer = flow(homeFooter(place, report), page, 2, ' · ').map(page.paint.dim);
  switch (place.kind) {
    case 'offer':
      return { lines: [...offerLines(place.offer, page), '', ...footer], keys: footer.length + 1 };
    case 'after':
      return { lines: ['', ...afterwards(place, page), ...footer], keys: footer.length };
    case 'home': {
      const notice = place.says === undefined ? [] : [...paragraph(place.says, page), ''];
      const below = ['', ...footer];
      const all = homeLines(report, page);
      // One line stays free: a frame as high as the terminal makes Ink clear it at every change.
      const over = notice.length + all.length + below.length - (rows - 1);
      const topics = over > 0 ? Math.max(0, report.topics.length - over - 1) : Infinity;
      const lines = [...notice, ...homeLines(report, page, { topics }), ...below];
      return lines.length < rows
        ? { lines, keys: below.length }
        : { lines: lines.filter((line) => line !== ''), keys: footer.length };
    }
  }
}

const afterwards = (
  { command, status }: Extract<HomePlace, { kind: 'after' }>,
  page: Page,
): string[] =>
  paragraph(`${page.paint.strong(command)}${status === 0 ? '' : ` ended with ${status}`}`, page);

function offerLines({ folder, files }: Offer, page: Page): string[] {
  const { paint } = page;
  if (files.length === 0)
    return [
      ...paragraph(paint.strong('There is a workspace here'), page, 0),
      '',
      ...paragraph(paint.strong(folder), page, 4),
      '',
      ...paragraph('Home can go on there. In a shell: cd into it first.', page),
    ];
  const katas = files.filter((file) => file.endsWith('.test.ts')).length;
  const others = files.filter((file) => !file.startsWith('katas/'));
  return [
    ...paragraph(paint.strong('No workspace here yet'), page, 0),
    '',
    ...paragraph('A workspace is the folder in which you write the katas. bptt would make', page),
    '',
    ...paragraph(paint.strong(folder), page, 4),
    '',
    ...paragraph(
      `with ${files.length} files: under katas/ a stub and a test for each of the ${katas} katas; beside it ${others.join(', ')}.`,
      page,
    ),
    ...paragraph(
      'Your answers and checks will be lines in its history.jsonl. Nothing is installed, and nothing outside that folder is written.',
      page,
    ),
    '',
    ...paragraph('Without one: the quiz, the lessons and bptt tour work anywhere.', page),
  ];
}
