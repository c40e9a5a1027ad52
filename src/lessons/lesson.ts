/**
 * A lesson: a page of plain Markdown that reads the same on paper, in the terminal and on the site. What is
 * computed in it stands in fenced blocks that fill.ts writes, and in code spans that numbers.ts checks.
 */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { LessonId } from './catalogue.js';

const packageRoot = path.dirname(createRequire(import.meta.url).resolve('bptt/package.json'));

/** A part of a lesson that is read in one go. */
export interface Section {
  /** Empty for what stands before the first heading of second order. */
  readonly title: string;
  /** Markdown, its heading included. */
  readonly text: string;
}

export interface Lesson {
  readonly id: LessonId;
  readonly title: string;
  /** The first paragraph. */
  readonly summary: string;
  readonly sections: readonly Section[];
}

/** Where a lesson lies in the package. */
export const lessonPath = (id: LessonId): string =>
  path.join(packageRoot, 'docs', 'lessons', `${id}.md`);

export const readLesson = (id: LessonId): Lesson =>
  lessonOf(id, readFileSync(lessonPath(id), 'utf8'));

/** A page as a lesson. Headings inside fenced blocks are none. */
export function lessonOf(id: LessonId, markdown: string): Lesson {
  const sections: { title: string; lines: string[] }[] = [{ title: '', lines: [] }];
  let fenced = false;
  for (const line of markdown.trimEnd().split('\n')) {
    if (line.startsWith('```')) fenced = !fenced;
    const title = fenced ? undefined : /^## (.+)$/.exec(line)?.[1];
    if (title !== undefined) sections.push({ title, lines: [] });
    sections.at(-1)!.lines.push(line);
  }
  const opening = sections[0]!.lines.join('\n');
  const [heading = '', summary = ''] = opening.split(/\n{2,}/);
  return {
    id,
    title: heading.replace(/^# /, ''),
    summary: summary.replaceAll('\n', ' '),
    sections: sections.map(({ title, lines }) => ({ title, text: lines.join('\n').trim() })),
  };
}
