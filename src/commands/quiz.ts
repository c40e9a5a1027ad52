import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal, exitCodes, refuseUnknown } from './refusal.js';
import { answerSource } from './answers.js';
import { freshSeed, seedFlag, wholeNumber } from './flags.js';
import { ownCards } from './own-cards.js';
import { paragraph } from '../ui/layout.js';
import type { AnswerSource } from './answers.js';
import type { ScreenEnd } from './session-screen.js';
import type {
  AnsweredEventBody,
  CardKind,
  Deck,
  Plan,
  PlannedEventBody,
  QuizReport,
  SessionAction,
  SessionOptions,
  SessionState,
  Step,
} from '../quiz/index.js';
import type { CardRow } from '../ui/cards-text.js';

interface QuizList {
  readonly version: 1;
  readonly cards: readonly CardRow[];
  readonly generators: readonly CardRow[];
}

/** What is left of the plan for today; 12 questions without one, or when today’s are done. */
const shareOfToday = (plan: Plan | undefined): number => {
  const [today] = plan?.days ?? [];
  return Math.min(500, today ? today.new + today.due : 0) || 12;
};

/** Whether no answer was wrong, and each could be read. */
const allRight = ({ asked, notRead }: QuizReport): boolean =>
  notRead.length === 0 && asked.every(({ correct }) => correct);

export default class Quiz extends BaseCommand {
  static override readonly summary = 'Be asked what is due, then what is new, until it sticks.';
  static override readonly description =
    'On a terminal: one question a screen. In a pipe: one line an answer, from --answers or standard input, where a free answer may end with the numbers of the points it made, like [1 3]; exit code 1 if one was wrong or could not be read. Every answer is saved the moment it is graded; one that cannot be read is told, and its card stays as due as it was.';
  static override readonly examples = [
    '<%= config.bin %> quiz',
    '<%= config.bin %> quiz --topic lstm --count 5',
    '<%= config.bin %> quiz --plan',
    '<%= config.bin %> quiz --seed 7 --answers answers.txt --json',
  ];
  static override readonly strict = false;
  static override readonly flags = {
    list: Flags.boolean({ description: 'show the cards and generators instead of asking' }),
    plan: Flags.boolean({
      description:
        'show the days until the interview instead of asking; with --interview-date for a day that is not kept',
    }),
    'interview-date': Flags.string({
      description:
        'the day of the interview, remembered from then on: every card is seen before it; none forgets it',
      helpValue: 'YYYY-MM-DD',
    }),
    due: Flags.boolean({ description: 'only cards that are due', exclusive: ['new', 'missed'] }),
    new: Flags.boolean({ description: 'only cards never asked', exclusive: ['due', 'missed'] }),
    missed: Flags.boolean({
      description: 'only cards answered wrong last time, or shown by a mistake in a kata',
      exclusive: ['due', 'new'],
    }),
    own: Flags.boolean({ description: 'only your own cards (see bptt cards)' }),
    topic: Flags.string({ description: 'only these topics', multiple: true }),
    kind: Flags.string({ description: 'only these kinds of question', multiple: true }),
    count: wholeNumber(
      'count',
      1,
      500,
    )({ description: 'how many questions; 12, or today’s share of the plan' }),
    seed: seedFlag({ description: 'the seed of the draw; a new one each time unless given' }),
    answers: Flags.string({
      description:
        'a file with one answer a line, or JSON: a list, or an object from card id to answer; - is standard input',
      helpValue: 'FILE',
    }),
  };

  async run(): Promise<QuizReport | QuizList | Plan> {
    const { argv, flags } = await this.parse(Quiz);
    this.refuseArguments(argv);
    const { cardKinds, deckOf, deckWith, topics, ...quiz } = await import('../quiz/index.js');
    refuseUnknown('topic', flags.topic ?? [], [...topics, 'own']);
    refuseUnknown('kind', flags.kind ?? [], cardKinds);
    const own = await ownCards(this.journal.workspace, (sentence) => this.warning(sentence));
    if (flags.own && own.length === 0)
      throw new Refusal(
        '--own: there are no cards of your own yet; bptt cards says where they go.',
      );
    const deck = flags.own ? deckOf(own, []) : deckWith(own);
    if (flags.list) return this.#list(deck, flags.topic ?? [], flags.kind ?? []);

    const now = new Date().toISOString();
    const asked = flags['interview-date'];
    const read = asked === undefined ? undefined : quiz.readInterviewDate(asked, now);
    if (read?.kind === 'refused') throw new Refusal(`--interview-date: ${read.says}`);
    const source = flags.plan ? undefined : answerSource(flags.answers, this.interactive);
    const before = this.journal.events;
    const planned = read && ({ type: 'planned', interview: read.date } satisfies PlannedEventBody);
    if (planned && !flags.plan) this.journal.record(planned);
    const { interviewDate, states } = quiz.historyOf(
      planned ? [...before, { ...planned, at: now }] : before,
      now,
    );
    const plan =
      interviewDate === undefined ? undefined : quiz.planFor(interviewDate, states, deck, now);
    if (flags.plan && !plan)
      throw new Refusal('--plan: no day is set; give --interview-date YYYY-MM-DD once.');
    if (plan && (flags.plan || read)) await this.#showPlan(plan);
    if (plan && flags.plan) {
      if (read && interviewDate !== quiz.historyOf(before, now).interviewDate)
        this.print((page) => [
          '',
          ...paragraph('Shown, not kept: without --plan the day is kept.', page),
        ]);
      return plan;
    }

    const draw: SessionOptions = {
      seed: flags.seed ?? freshSeed(),
      count: flags.count ?? shareOfToday(plan),
      topics: flags.topic ?? [],
      kinds: (flags.kind ?? []) as CardKind[],
      mode: flags.due ? 'due' : flags.new ? 'new' : flags.missed ? 'missed' : 'mixed',
      states,
      ...(interviewDate !== undefined && { interviewDate }),
      ...{ deck, now, id: crypto.randomUUID() },
    };
    const start = quiz.startSession(draw);
    if (start.questions.length === 0) {
      await source?.close();
      const next = quiz.whyNothing(draw);
      this.print(['', `  ${next}`]);
      return { ...quiz.report(start), next };
    }
    const { state, interrupted } = await this.#session(start, source, deck);
    const result = quiz.report(state);
    const { reportLines } = await import('../ui/quiz-text.js');
    this.print(['', ...reportLines(result, this.page)]);
    if (interrupted) this.endWith(exitCodes.interrupted);
    else if (source !== undefined && !allRight(result)) this.endWith(exitCodes.failed);
    return result;
  }

  async #showPlan(plan: Plan): Promise<void> {
    const { planText } = await import('../ui/plan-text.js');
    this.print((page) => planText(plan, page));
  }

  /** The cards and generators of these topics and kinds; without any, all. */
  async #list(
    { cards, generators }: Deck,
    topicNames: readonly string[],
    kinds: readonly string[],
  ): Promise<QuizList> {
    const { cardColumns } = await import('../ui/cards-text.js');
    const wanted = (names: readonly string[], name: string): boolean =>
      names.length === 0 || names.includes(name);
    const rows = (all: readonly CardRow[]): CardRow[] =>
      all
        .filter(({ topic, kind }) => wanted(topicNames, topic) && wanted(kinds, kind))
        .map(({ id, topic, kind, level }) => ({ id, topic, kind, level }));
    const list: QuizList = {
      version: 1,
      cards: rows(cards),
      generators: rows(generators.map((made) => ({ ...made.card(1), id: made.id }))),
    };
    this.print((page) => [
      ...cardColumns([...list.cards, ...list.generators], page),
      '',
      `  ${list.cards.length} cards, ${list.generators.length} generators`,
    ]);
    return list;
  }

  async #session(
    state: SessionState,
    source: AnswerSource | undefined,
    deck: Deck,
  ): Promise<ScreenEnd<SessionState>> {
    const quiz = await import('../quiz/index.js');
    const step = (before: SessionState, action: SessionAction, now: string): Step =>
      quiz.step(before, action, now, deck);
    const { quizView } = await import('../ui/quiz-view.js');
    const record = (events: readonly AnsweredEventBody[]): void => this.journal.record(...events);
    if (source === undefined) {
      await this.settle(); // the plan comes before the questions
      const { onScreen } = await import('./session-screen.js');
      return onScreen({ state, step, view: quizView, onEvents: record });
    }
    const { lineByLine } = await import('./line-session.js');
    const print = (lines: readonly string[]): void => this.print(lines);
    const { page } = this;
    return {
      state: await lineByLine({ state, step, view: quizView, source, page, print, record }),
      interrupted: false,
    };
  }
}
