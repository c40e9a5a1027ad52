/** What is due and what is next, from the log: a pure fold over the katas' progress and the cards' schedule. */
import { progressOf } from '../kata/progress.js';
import { dueCards, interviewDateOf, planFor, schedule, type Deck } from '../quiz/index.js';
import type { Kata } from '../kata/index.js';
import type { Event } from '../store/index.js';

export interface HomeReport {
  readonly version: 1;
  readonly workspace: string | null;
  /** Cards to be asked now. */
  readonly due: number;
  /** The day that bptt quiz --interview-date has set, and what its plan has for today. */
  readonly interview: {
    readonly date: string;
    readonly daysLeft: number;
    readonly today: { readonly new: number; readonly due: number; readonly minutes: number };
  } | null;
  /** Katas whose last check failed, with the known mistake where there was one. */
  readonly again: readonly { readonly kata: string; readonly mistake: string | null }[];
  /** The one thing to do next. */
  readonly next: { readonly command: string; readonly why: string };
  readonly topics: readonly {
    readonly topic: string;
    readonly passed: number;
    readonly katas: number;
    /** Of the answers to this topic's cards; null before the first. */
    readonly rightShare: number | null;
  }[];
}

const topicName = (folder: string): string => folder.replace(/^\d+-/, '');

export function homeReport(
  katas: readonly Kata[],
  events: readonly Event[],
  deck: Deck,
  workspace: string | undefined,
  now: string,
): HomeReport {
  const progress = progressOf(events);
  const interviewDate = interviewDateOf(events, now);
  const states = schedule(events, interviewDate === undefined ? {} : { interviewDate });
  const due = dueCards(states, now, deck).length;
  const interview = interviewDate === undefined ? null : today(interviewDate, events, deck, now);
  const again = katas
    .map((kata) => ({ kata, ...progress(kata.id) }))
    .filter(({ status }) => status === 'failed');
  const open = katas.find((kata) => progress(kata.id).status === 'open');
  const answers = events.filter(
    ({ type, card }) => type === 'answered' && typeof card === 'string',
  );
  const names = [
    ...new Set([
      ...katas.map(({ topic }) => topicName(topic)),
      ...answers.map(({ card }) => deck.topicOf(card as string) ?? ''),
    ]),
  ];

  const next =
    workspace === undefined
      ? {
          command: 'bptt init my-workspace',
          why: 'a folder of stubs to fill in; or bptt tour for a look around',
        }
      : again[0]
        ? {
            command: `bptt check ${again[0].kata.id}`,
            why: `its last check failed${again[0].mistake === null ? '' : ` (${again[0].mistake})`}`,
          }
        : due > 0
          ? { command: 'bptt quiz', why: `${due} ${due === 1 ? 'card is' : 'cards are'} due` }
          : interview && interview.today.new > 0
            ? {
                command: 'bptt quiz',
                why: `the plan has ${interview.today.new} new cards for today`,
              }
            : open
              ? {
                  command: `bptt check ${open.id}`,
                  why: `${open.title}, about ${open.minutes} min`,
                }
              : { command: 'bptt quiz', why: 'every kata is passed: keep the answers fresh' };
  return {
    version: 1,
    workspace: workspace ?? null,
    due,
    interview,
    again: again.map(({ kata, mistake }) => ({ kata: kata.id, mistake })),
    next,
    topics: names.filter(Boolean).map((topic) => {
      const mine = katas.filter((kata) => topicName(kata.topic) === topic);
      const answered = answers.filter(({ card }) => deck.topicOf(card as string) === topic);
      return {
        topic,
        passed: mine.filter((kata) => progress(kata.id).status === 'passed').length,
        katas: mine.length,
        rightShare:
          answered.length === 0
            ? null
            : answered.filter(({ correct }) => correct === true).length / answered.length,
      };
    }),
  };
}

function today(
  interviewDate: string,
  events: readonly Event[],
  deck: Deck,
  now: string,
): HomeReport['interview'] {
  const { interview, daysLeft, days } = planFor(interviewDate, events, deck, now);
  const { new: fresh, due, minutes } = days[0]!;
  return { date: interview, daysLeft, today: { new: fresh, due, minutes } };
}
