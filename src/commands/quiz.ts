import { randomInt, randomUUID } from 'node:crypto';
import { Flags } from '@oclif/core';
import { BaseCommand } from './base.js';
import { Refusal, didYouMean, exitCodes, quoted } from './refusal.js';
import { answersFrom } from './answers.js';
import { seedFlag, wholeNumber } from './flags.js';
import type { AnswerSource } from './answers.js';
import type { ScreenEnd } from './quiz-screen.js';
import type { CardKind, QuizReport, SessionState } from '../quiz/index.js';

interface QuizListRow {
  readonly id: string;
  readonly topic: string;
  readonly kind: string;
  readonly level: number;
}

interface QuizList {
  readonly version: 1;
  readonly cards: readonly QuizListRow[];
  readonly generators: readonly QuizListRow[];
}

export default class Quiz extends BaseCommand {
  static override readonly summary = 'Be asked what is due, then what is new, until it sticks.';
  static override readonly description =
    'On a terminal: one question a screen. In a pipe: one line an answer, from --answers or standard input; exit code 1 if one was wrong. Every answer is saved the moment it is graded.';
  static override readonly examples = [
    '<%= config.bin %> quiz',
    '<%= config.bin %> quiz --topic lstm --count 5',
    '<%= config.bin %> quiz --seed 7 --answers answers.txt --json',
  ];
  static override readonly strict = false;
  static override readonly flags = {
    list: Flags.boolean({ description: 'show the cards and generators instead of asking' }),
    topic: Flags.string({ description: 'only these topics', multiple: true }),
    kind: Flags.string({ description: 'only these kinds of question', multiple: true }),
    count: wholeNumber('count', 1, 500)({ description: 'how many questions', default: 12 }),
    seed: seedFlag({ description: 'the seed of the draw; a new one each time unless given' }),
    answers: Flags.string({
      description:
        'a file with one answer a line, or JSON: a list, or an object from card id to answer; - is standard input',
      helpValue: 'FILE',
    }),
  };

  async run(): Promise<QuizReport | QuizList> {
    const { argv, flags } = await this.parse(Quiz);
    this.refuseArguments(argv);
    const { cardKinds, report, schedule, startSession, topics } = await import('../quiz/index.js');
    const known = (flag: string, given: readonly string[], names: readonly string[]): void => {
      for (const name of given)
        if (!names.includes(name))
          throw new Refusal(
            `--${flag}: there is no ${quoted(name)}.${didYouMean(name, names)} There are ${names.join(', ')}.`,
          );
    };
    known('topic', flags.topic ?? [], topics);
    known('kind', flags.kind ?? [], cardKinds);
    if (flags.list) return this.#list(flags.topic ?? [], flags.kind ?? []);
    const source = this.#source(flags.answers);

    const start = startSession({
      seed: flags.seed ?? randomInt(1, 2 ** 31 - 1),
      count: flags.count,
      topics: flags.topic ?? [],
      kinds: (flags.kind ?? []) as CardKind[],
      states: schedule(this.journal.events),
      now: new Date().toISOString(),
      id: randomUUID(),
    });
    const { state, interrupted } =
      source === undefined ? await this.#onScreen(start) : await this.#inPipe(start, source);
    const result = report(state);
    const { reportLines } = await import('../ui/quiz-text.js');
    this.print(['', ...reportLines(result, this.page)]);
    if (interrupted) this.endWith(exitCodes.interrupted);
    else if (source !== undefined && result.asked.some(({ correct }) => !correct))
      this.endWith(exitCodes.failed);
    return result;
  }

  /** The cards and generators of these topics and kinds; without any, all. */
  async #list(topicNames: readonly string[], kinds: readonly string[]): Promise<QuizList> {
    const { cards, generators } = await import('../quiz/index.js');
    const { columns } = await import('../ui/layout.js');
    const wanted = (names: readonly string[], name: string): boolean =>
      names.length === 0 || names.includes(name);
    const rows = (all: readonly (Omit<QuizListRow, 'kind'> & { kind: string })[]): QuizListRow[] =>
      all
        .filter(({ topic, kind }) => wanted(topicNames, topic) && wanted(kinds, kind))
        .map(({ id, topic, kind, level }) => ({ id, topic, kind, level }));
    const list: QuizList = {
      version: 1,
      cards: rows(cards),
      generators: rows(
        generators.map((one) => one.card(1)).map((card, k) => ({ ...card, id: generators[k]!.id })),
      ),
    };
    this.print([
      ...columns(
        [
          { head: 'card' },
          { head: 'topic', drop: 2 },
          { head: 'kind', drop: 1 },
          { head: 'level', align: 'right', drop: 3 },
        ],
        [...list.cards, ...list.generators].map(({ id, topic, kind, level }) => [
          id,
          topic,
          kind,
          String(level),
        ]),
        this.page,
      ),
      '',
      `  ${list.cards.length} cards, ${list.generators.length} generators`,
    ]);
    return list;
  }

  /** Where answers come from; undefined for a person at the keys. */
  #source(file: string | undefined): AnswerSource | undefined {
    if (file !== undefined) return answersFrom(file);
    if (this.interactive) return undefined;
    if (process.stdin.isTTY)
      throw new Refusal(
        'Not on a terminal: give --answers FILE, or the answers on standard input.',
      );
    return answersFrom('-');
  }

  async #onScreen(start: SessionState): Promise<ScreenEnd> {
    const { quizOnScreen } = await import('./quiz-screen.js');
    return quizOnScreen(start, this.page, (events) => this.journal.record(...events));
  }

  async #inPipe(start: SessionState, source: AnswerSource): Promise<ScreenEnd> {
    const { step } = await import('../quiz/index.js');
    const { gradeLines, questionLines } = await import('../ui/quiz-text.js');
    let state = start;
    while (state.phase !== 'done') {
      const question = state.questions[state.index]!;
      this.print([
        '',
        ...questionLines(question, {
          ...this.page,
          number: state.index + 1,
          of: state.questions.length,
        }),
      ]);
      const given = await source.next(question.id);
      const now = new Date().toISOString();
      if (given === undefined) {
        state = step(state, { type: 'quit' }, now).state;
        break;
      }
      this.print([`> ${given}`]);
      // Nobody is there to be asked again: an answer that cannot be read is a wrong one.
      const answered = step(state, { type: 'answer', given, final: true }, now);
      this.journal.record(...answered.events);
      state = answered.state;
      if (state.last) this.print(gradeLines(state.last, this.page));
      state = step(state, { type: 'next' }, now).state;
    }
    await source.close();
    return { state, interrupted: false };
  }
}
