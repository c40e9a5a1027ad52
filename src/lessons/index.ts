/** Lessons: the table of contents of this room. */
export { isLessonId, lessonIds, type LessonId } from './catalogue.js';
export { charts, type Chart } from './charts/index.js';
export { fill, idsIn } from './fill.js';
export { lessonOf, lessonPath, readLesson, type Lesson, type Section } from './lesson.js';
export { flawsOf, sumsIn } from './numbers.js';
export { worked } from './worked/index.js';
