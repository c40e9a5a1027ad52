/** The lessons, in the order in which one reads them; each is docs/lessons/<id>.md. */
export const lessonIds = [
  'rnn',
  'gradients',
  'lstm',
  'highway',
  'variants',
  'sequences',
  'attention',
  'comparison',
  'training',
  'interview',
] as const;

export type LessonId = (typeof lessonIds)[number];

export const isLessonId = (id: string): id is LessonId =>
  (lessonIds as readonly string[]).includes(id);
