/**
 * How an interview question is written: one long question, and the parts that an interviewer leads it
 * through. What is asked in a part is a card of the quiz, by its id, or one that is written here.
 */
import { card, type About, type Card, type FreeCard, type KataId } from '../card.js';

export const partKinds = ['explain', 'derive', 'code', 'complexity', 'follow-up'] as const;
export type PartKind = (typeof partKinds)[number];

/** A card by its id, where a generator's gets a seed of the interview's; or the card itself. */
export type Source = string | Card;

/** Which follow-up a gap leads to: 1 the basics behind it · 2 the mechanism · 3 where it stops being true. */
export type IfMissed = readonly [level: 1 | 2 | 3, ask: Source];

/** A point of the explanation, with the words that suggest it. */
export interface Point {
  readonly point: string;
  readonly words: readonly string[];
  readonly ifMissed?: IfMissed;
}

export interface Asked {
  readonly ask: Source;
  readonly ifMissed?: IfMissed;
}

export interface InterviewQuestion {
  readonly id: string;
  readonly title: string;
  readonly explain: FreeCard;
  readonly derive: readonly Asked[];
  readonly code: KataId;
  readonly complexity: readonly Asked[];
  /** What each point of the explanation leads to when it was missed, in the rubric's order. */
  readonly probes: readonly (IfMissed | undefined)[];
  /** Follow-ups of level 1, 2, 3 for whom nothing of that level was missed; the seed chooses. */
  readonly otherwise: readonly [readonly Source[], readonly Source[], readonly Source[]];
  readonly minutes: Readonly<Record<PartKind, number>>;
}

interface Spec extends Pick<About, 'topic' | 'katas' | 'equations'> {
  readonly title: string;
  readonly ask: string;
  readonly points: readonly Point[];
  /** How many points make an explanation good enough. */
  readonly enough: number;
  readonly model: string;
  /** What to look out for when telling it again. */
  readonly advice: string;
  readonly derive: readonly (string | Asked)[];
  readonly code: KataId;
  readonly complexity: readonly (string | Asked)[];
  readonly otherwise: InterviewQuestion['otherwise'];
  readonly minutes?: Partial<InterviewQuestion['minutes']>;
}

/** Minutes that an interviewer would give, unless a question says otherwise. */
const usual = { explain: 8, derive: 8, code: 20, complexity: 6, 'follow-up': 6 } as const;

/** An interview question; its explanation is the free card `interview.<id>`. */
export function interviewQuestion(id: string, spec: Spec): InterviewQuestion {
  const { title, points, advice, derive, code, complexity, otherwise, minutes } = spec;
  const { topic, katas, equations, ask, enough, model } = spec;
  const about = {
    topic,
    level: 3,
    ...(katas && { katas }),
    ...(equations && { equations }),
  } as const;
  return {
    id,
    title,
    explain: card.free(`interview.${id}`, {
      ...about,
      ask,
      rubric: points.map(({ point, words }) => ({ point, words })),
      enough,
      model,
      explain: advice,
    }),
    derive: derive.map(asked),
    code,
    complexity: complexity.map(asked),
    probes: points.map(({ ifMissed }) => ifMissed),
    otherwise,
    minutes: { ...usual, ...minutes },
  };
}

const asked = (one: string | Asked): Asked => (typeof one === 'string' ? { ask: one } : one);
