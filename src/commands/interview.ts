import path from 'node:path';
import * as Flags from '@oclif/core/flags';
import { BaseCommand } from './base.js';
import { Refusal, didYouMean, exitCodes, quoted } from './refusal.js';
import { answerSource } from './answers.js';
import { checkedEvent } from './checked.js';
import { freshSeed, limitFlags, limitsOf, seedFlag } from './flags.js';
import { expectName, saveAs } from './save-as.js';
import type { AnswerSource } from './answers.js';
import type { ScreenEnd } from './session-screen.js';
import type { KataReport } from '../kata/index.js';
import type {
  InterviewEventBody,
  InterviewQuestion,
  InterviewReport,
  InterviewState,
} from '../quiz/index.js';
import type { CardView } from '../ui/card-view.js';

interface InterviewList {
  readonly version: 1;
  readonly questions: readonly {
    readonly id: string;
    readonly title: string;
    readonly minutes: number;
    readonly ask: string;
  }[];
}

/** A kata's file as one would name it from here. */
async function fileOf(workspace: string, id: string): Promise<string> {
  const [{ shelf }, { kataPath }] = await Promise.all([
    import('../kata/shelf.js'),
    import('../kata/workspace.js'),
  ]);
  return path.relative(
    '',
    kataPath(
      workspace,
      shelf.find((kata) => kata.id === id)!,
    ),
  );
}

/** How the parts of an interview are checked and by whom. */
interface Setting {
  /** Where the answers come from; undefined for a person at the keys. */
  readonly source: AnswerSource | undefined;
  readonly check: (kata: string) => Promise<KataReport>;
}

export default class Interview extends BaseCommand {
  static override readonly summary =
    'Rehearse a whole interview question against the clock: explain, derive, code, count, follow-ups.';
  static override readonly description =
    'On a terminal: one item a screen; q pauses, --resume goes on where you were. In a pipe: one line an answer, from --answers or standard input, where a free answer may end with the numbers of the points it made, like [1 3]; the code part is skipped; what cannot be read is told and skipped; exit code 1 if something was answered wrong or could not be read. Every answer is saved the moment it is given. While an interview is paused a new one can begin; it says so first. --resume goes on with the one that was left last, or with that of QUESTION; --drop gives it up, and its answers stay in the history.';
  static override readonly examples = [
    '<%= config.bin %> interview',
    '<%= config.bin %> interview lstm-or-gru --seed 7',
    '<%= config.bin %> interview --resume',
    '<%= config.bin %> interview --last --markdown report.md',
  ];
  static override readonly strict = false;
  static override readonly usage =
    'interview [QUESTION] [--list | --resume | --drop | --last] [--seed <value>] [--answers <value>] [--markdown <value>] [--timeout <value>] [--memory <value>] [--json]';
  static override readonly flags = {
    list: Flags.boolean({
      description: 'show the questions',
      exclusive: ['resume', 'drop', 'last', 'seed', 'answers', 'markdown'],
    }),
    resume: Flags.boolean({
      description: 'go on with the interview that was left last',
      exclusive: ['list', 'drop', 'last', 'seed'],
    }),
    drop: Flags.boolean({
      description: 'give up the interview that was left last: it is not offered again',
      exclusive: ['list', 'resume', 'last', 'seed', 'answers', 'markdown'],
    }),
    last: Flags.boolean({
      description: 'show the report of the last interview again',
      exclusive: ['list', 'resume', 'drop', 'seed', 'answers'],
    }),
    seed: seedFlag({
      description:
        'the seed of the numbers, options and follow-ups; without QUESTION also of which',
    }),
    answers: Flags.string({
      description:
        'a file with one answer a line, or JSON: a list, or an object from card id to answer; - is standard input',
      helpValue: 'FILE',
    }),
    markdown: Flags.string({ description: 'write the report as Markdown', helpValue: 'FILE' }),
    ...limitFlags,
  };

  async run(): Promise<InterviewReport | InterviewList> {
    const { argv, flags } = await this.parse(Interview);
    const [id, tooMany] = argv as string[];
    if (tooMany !== undefined)
      throw new Refusal(`bptt interview takes one question, got also ${quoted(tooMany)}.`);
    const alone = flags.list ? 'list' : flags.last ? 'last' : undefined;
    if (id !== undefined && alone !== undefined)
      throw new Refusal(`--${alone} takes no question, got ${quoted(id)}.`);
    expectName('--markdown', flags.markdown);
    const quiz = await import('../quiz/index.js');
    if (flags.list) return this.#list(quiz.interviewQuestions);
    const now = new Date().toISOString();
    const known = quiz.interviewsIn(this.journal.events, now);
    if (flags.last) {
      const last = known.at(-1);
      if (!last) throw new Refusal('--last: there has been no interview yet.');
      return this.#report(last, flags.markdown);
    }

    const question = id === undefined ? undefined : named(quiz.interviewQuestions, id);
    const goesOn = flags.resume || flags.drop;
    const open = quiz.pausedInterview(this.journal.events, now, goesOn ? id : undefined);
    if (goesOn && !open)
      throw new Refusal(
        `--${flags.drop ? 'drop' : 'resume'}: no interview ${id === undefined ? '' : `of ${id} `}was left; bptt interview begins one.`,
      );
    if (flags.drop && open) return this.#drop(open);
    const source = answerSource(flags.answers, this.interactive);
    const seed = flags.seed ?? freshSeed();
    const start =
      flags.resume && open
        ? open
        : quiz.startInterview(
            question ??
              chosen(quiz.interviewQuestions, flags.seed === undefined ? known : undefined, seed),
            { id: crypto.randomUUID(), seed, at: now },
          );
    if (open && start !== open) {
      const { pausedSentence } = await import('../ui/interview-text.js');
      this.warning(pausedSentence(quiz.pausedReport(open)));
    }
    const { state, interrupted } = await this.#session(start, {
      source,
      check: (kata) => this.#check(kata, limitsOf(flags)),
    });
    const report = await this.#report(state, flags.markdown);
    const missed = report.parts.some(({ items }) =>
      items.some(({ verdict }) => verdict === 'wrong' || verdict === 'unread'),
    );
    if (interrupted) this.endWith(exitCodes.interrupted);
    else if (source !== undefined && missed) this.endWith(exitCodes.failed);
    return report;
  }

  /** @returns what it came to, not finished */
  async #drop(open: InterviewState): Promise<InterviewReport> {
    const { interviewReport, pausedReport } = await import('../quiz/index.js');
    const { droppedSentence } = await import('../ui/interview-text.js');
    const dropped = { at: new Date().toISOString(), session: open.id };
    this.journal.record({ type: 'interview-dropped', ...dropped } satisfies InterviewEventBody);
    this.print((page) => droppedSentence(pausedReport(open), page));
    return interviewReport({ ...open, begun: false }); // its next command is not to resume it
  }

  async #list(questions: readonly InterviewQuestion[]): Promise<InterviewList> {
    const { interviewListText } = await import('../ui/interview-text.js');
    const list = questions.map(({ id, title, minutes, explain }) => ({
      id,
      title,
      minutes: Object.values(minutes).reduce((sum, one) => sum + one, 0),
      ask: explain.ask,
    }));
    this.print((page) => interviewListText(list, page));
    return { version: 1, questions: list };
  }

  async #session(
    state: InterviewState,
    { source, check }: Setting,
  ): Promise<ScreenEnd<InterviewState>> {
    const quiz = await import('../quiz/index.js');
    const { interviewView } = await import('../ui/interview-view.js');
    const question = quiz.interviewQuestionById(state.question)!;
    const { workspace } = this.journal;
    const file =
      source === undefined && workspace !== undefined
        ? await fileOf(workspace, question.code)
        : undefined;
    const view = (now: InterviewState, at?: string): CardView =>
      interviewView(now, {
        question,
        item: quiz.currentItem(now),
        spent: at === undefined ? undefined : quiz.spentOn(now, at),
        file,
      });
    const step = quiz.interviewStep;
    const record = (events: readonly InterviewEventBody[]): void => this.journal.record(...events);
    if (source === undefined) {
      const { onScreen } = await import('./session-screen.js');
      const task = {
        check,
        step: (now: InterviewState, { outcome }: KataReport, at: string) =>
          quiz.kataChecked(now, outcome === 'passed', at),
      };
      return onScreen({ state, step, view, onEvents: record, ...(file !== undefined && { task }) });
    }
    const { lineByLine } = await import('./line-session.js');
    const { page } = this;
    const print = (lines: readonly string[]): void => this.print(lines);
    return {
      state: await lineByLine({ state, step, view, source, page, print, record }),
      interrupted: false,
    };
  }

  /** One check of the learner's file, as bptt check makes it. */
  async #check(id: string, limits: ReturnType<typeof limitsOf>): Promise<KataReport> {
    const { checkFile } = await import('../kata/index.js');
    const report = await checkFile(await this.kata(id), {
      workspace: this.workspace,
      from: process.cwd(),
      seed: freshSeed(),
      limits,
      now: () => performance.now(),
    });
    this.journal.record({ ...checkedEvent(report) });
    return report;
  }

  async #report(state: InterviewState, markdown: string | undefined): Promise<InterviewReport> {
    const { interviewReport } = await import('../quiz/index.js');
    const { interviewText } = await import('../ui/interview-text.js');
    const report = interviewReport(state);
    this.print((page) => ['', ...interviewText(report, page)]);
    if (markdown !== undefined) {
      const { interviewMarkdown } = await import('../ui/interview-markdown.js');
      saveAs('--markdown', markdown, interviewMarkdown(report));
    }
    return report;
  }
}

/** The first question that was not finished yet, in the order of the list; by the seed when all were, or one was given. */
function chosen(
  questions: readonly InterviewQuestion[],
  known: readonly InterviewState[] | undefined,
  seed: number,
): InterviewQuestion {
  const done = known?.filter(({ phase }) => phase === 'done').map(({ question }) => question);
  const fresh = done && questions.find(({ id }) => !done.includes(id));
  return fresh ?? questions[seed % questions.length]!;
}

/** @throws {Refusal} with the nearest id */
function named(questions: readonly InterviewQuestion[], id: string): InterviewQuestion {
  const question = questions.find((one) => one.id === id);
  if (question) return question;
  const ids = questions.map((one) => one.id);
  throw new Refusal(
    `There is no interview question ${quoted(id)}.${didYouMean(id, ids)} bptt interview --list shows them all.`,
  );
}
