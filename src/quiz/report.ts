/** What a session came to: plain data for the screen, for `--json` and for nothing else. */
import { dayOf } from './day.js';
import type { AskedResult, NotRead, SessionState } from './session.js';

export interface TopicScore {
  readonly topic: string;
  readonly asked: number;
  readonly right: number;
}

export interface QuizReport {
  readonly version: 1;
  /** The same seed, schedule and time ask the same questions. */
  readonly seed: number;
  /** In the order in which they were answered. */
  readonly asked: readonly AskedResult[];
  /** In the order in which the topics came up. */
  readonly byTopic: readonly TopicScore[];
  /** Ids of the questions that were skipped. */
  readonly skipped: readonly string[];
  /** Answers that could not be read: nothing was recorded, and these cards are as due as they were. */
  readonly notRead: readonly NotRead[];
  /** What to do now, in a sentence. */
  readonly next: string;
}

/** The report of a session, finished or not. */
export function report({ seed, results, skipped, notRead }: SessionState): QuizReport {
  const byTopic = new Map<string, TopicScore>();
  for (const { topic, correct } of results) {
    const { asked, right } = byTopic.get(topic) ?? { asked: 0, right: 0 };
    byTopic.set(topic, { topic, asked: asked + 1, right: right + (correct ? 1 : 0) });
  }
  const scores = [...byTopic.values()];
  return {
    version: 1,
    seed,
    asked: results,
    byTopic: scores,
    skipped,
    notRead,
    next: nextSentence(results, scores, notRead.length === 0),
  };
}

function nextSentence(
  results: readonly AskedResult[],
  scores: readonly TopicScore[],
  allRead: boolean,
): string {
  const [first] = results.map(({ due }) => due).sort((a, b) => Date.parse(a) - Date.parse(b));
  if (first === undefined) return 'Nothing was answered.';
  const back = `The first of these cards comes back on ${dayOf(first)}.`;
  const share = ({ right, asked }: TopicScore): number => right / asked;
  const [weakest] = scores.toSorted((a, b) => share(a) - share(b) || b.asked - a.asked);
  if (!weakest || weakest.right === weakest.asked) return allRead ? `All right. ${back}` : back;
  return `Weakest: ${weakest.topic}, ${weakest.right} of ${weakest.asked} right. ${back}`;
}
