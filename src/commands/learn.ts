import { BaseCommand } from './base.js';
import { Refusal, didYouMean, quoted } from './refusal.js';
import type { Chart, Lesson } from '../lessons/index.js';

/** A minute for so many words: formulas are read slowly. */
const wordsAMinute = 150;

interface Learned {
  readonly lessons: readonly { id: string; title: string; summary: string; minutes: number }[];
  readonly lesson?: Lesson;
}

export default class Learn extends BaseCommand {
  static override readonly summary =
    'Read a lesson: equations, a step by hand, pitfalls, what to say.';
  static override readonly description =
    'Without a name, lists the lessons. On a terminal a lesson comes section by section; in a pipe, whole. The same pages are in docs/lessons.';
  static override readonly examples = [
    '<%= config.bin %> learn',
    '<%= config.bin %> learn lstm',
    '<%= config.bin %> learn attention | less',
  ];
  static override readonly strict = false;
  static override readonly usage = 'learn [LESSON] [--json]';

  async run(): Promise<Learned> {
    const { argv } = await this.parse(Learn);
    const [id, ...more] = argv as string[];
    if (more.length > 0)
      throw new Refusal(`bptt learn takes one lesson, got ${quoted(more[0]!)} as well.`);
    const [{ charts, isLessonId, lessonIds, readLesson }, { lessonListText, sectionText }] =
      await Promise.all([import('../lessons/index.js'), import('../ui/lesson-text.js')]);
    if (id === undefined) {
      const lessons = lessonIds.map((one) => summaryOf(readLesson(one)));
      this.print((page) => lessonListText(lessons, page));
      return { lessons };
    }
    if (!isLessonId(id))
      throw new Refusal(
        `There is no lesson ${quoted(id)}.${didYouMean(id, lessonIds)} bptt learn lists them all.`,
      );
    const lesson = readLesson(id);
    const chartOf = (one: string): Chart => charts[one]!();
    this.printScreens(
      lesson.sections.map((section) => (page) => sectionText(section, page, chartOf)),
    );
    this.journal.record({ type: 'read', lesson: id });
    return { lessons: [summaryOf(lesson)], lesson };
  }
}

function summaryOf({ id, title, summary, sections }: Lesson): Learned['lessons'][number] {
  const words = sections.reduce((sum, { text }) => sum + text.split(/\s+/).length, 0);
  return { id, title, summary, minutes: Math.max(1, Math.round(words / wordsAMinute)) };
}
