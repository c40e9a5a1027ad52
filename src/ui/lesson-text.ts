/** A lesson, and the table of all of them, as lines. */
import { columns, ends, paragraph } from './layout.js';
import { markdownText } from './markdown-text.js';
import type { Page } from './layout.js';
import type { Lesson } from '../lessons/index.js';

export const lessonText = ({ sections }: Lesson, page: Page): string[] =>
  sections.flatMap(({ text }, k) => [...(k === 0 ? [] : ['', '']), ...markdownText(text, page)]);

/** One screen for each section, with where one stands above it. */
export const lessonScreens = ({ title, sections }: Lesson, page: Page): string[][] =>
  sections.map(({ text }, k) => [
    ...ends(
      page.paint.dim(`learn · ${title}`),
      page.paint.dim(`${k + 1} of ${sections.length}`),
      page,
    ),
    '',
    ...markdownText(text, page),
  ]);

export function lessonListText(
  lessons: readonly { readonly id: string; readonly title: string; readonly minutes: number }[],
  page: Page,
): string[] {
  return [
    ...columns(
      [{ head: 'lesson' }, { head: 'about' }, { head: 'minutes', align: 'right', drop: 1 }],
      lessons.map(({ id, title, minutes }) => [id, title, String(minutes)]),
      page,
    ),
    '',
    ...paragraph('bptt learn lstm opens one.', page),
  ];
}
