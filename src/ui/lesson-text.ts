/** A section of a lesson, and the table of all lessons, as lines. */
import { columns, paragraph } from './layout.js';
import { markdownText } from './markdown-text.js';
import type { ChartOf } from './block-text.js';
import type { Page } from './layout.js';
import type { Section } from '../lessons/index.js';

/** @param chartOf its charts by id, drawn anew where the page is too narrow for those on it */
export const sectionText = ({ text }: Section, page: Page, chartOf: ChartOf): string[] =>
  markdownText(text, page, chartOf);

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
