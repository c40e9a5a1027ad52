/**
 * A session line by line: each item is printed, one answer read, and its grade printed. In a pipe nobody is asked
 * twice: what cannot be read is told and left. A person who listens to a screen reader is asked again, and can have
 * the hint.
 */
import type { AnswerSource } from './answers.js';
import type { SessionAction } from '../quiz/index.js';
import type { CardView } from '../ui/card-view.js';
import type { Page } from '../ui/layout.js';

export interface LineSession<State, Event> {
  readonly state: State;
  readonly step: (
    state: State,
    action: SessionAction,
    now: string,
  ) => { readonly state: State; readonly events: readonly Event[] };
  readonly view: (state: State) => CardView;
  readonly source: AnswerSource;
  readonly page: Page;
  readonly print: (lines: readonly string[]) => void;
  readonly record: (events: readonly Event[]) => void;
}

/** Runs the session until it is over or the answers are; what cannot be done in a pipe is skipped. */
export async function lineByLine<State, Event>(session: LineSession<State, Event>): Promise<State> {
  const { step, view, source, page, print, record } = session;
  const { gradeLines, headLines, hintLines, questionLines } = await import('../ui/quiz-text.js');
  const { paragraph } = await import('../ui/layout.js');
  let { state } = session;
  const act = (action: SessionAction): void => {
    const stepped = step(state, action, new Date().toISOString());
    record(stepped.events);
    state = stepped.state;
  };
  let asked: number | undefined; // the place of the question that was printed last
  if (source.typed)
    print(
      paragraph(
        'Type an answer, then enter. ? gives a hint, skip leaves a card, Ctrl-D stops.',
        page,
      ),
    );
  for (let shown = view(state); shown.phase !== 'done'; shown = view(state)) {
    const { question, head, task } = shown;
    if (!question) {
      print(['', ...headLines(head, page), '']);
      print((task?.says ?? []).flatMap((says) => paragraph(says, page)));
      act({ type: 'skip' });
      continue;
    }
    if (shown.place !== asked) print(['', ...questionLines(question, { ...page, head })]);
    asked = shown.place;
    const given = await source.next(question.id);
    if (given === undefined) {
      if (!source.typed) print(paragraph('No answer is left for this one.', page));
      act({ type: 'quit' });
      break;
    }
    if (source.typed && given.trim() === 'skip') {
      act({ type: 'skip' });
      continue;
    }
    if (source.typed && given.trim() === '?') {
      act({ type: 'hint' });
      const { hint } = question;
      print(hint === undefined ? paragraph('There is no hint.', page) : hintLines(hint, page));
      continue;
    }
    if (!source.typed) print([`> ${given}`]);
    act({ type: 'answer', given, final: !source.typed, unticked: true });
    const { last, unreadable, phase, place } = view(state);
    if (unreadable !== undefined || (phase === 'asking' && place === asked)) {
      print(paragraph(`Not read: ${unreadable ?? 'there is no answer'}`, page));
      continue;
    }
    if (last) print(gradeLines(last, page, { derivation: !last.correct }));
    act({ type: 'next' });
  }
  await source.close();
  return state;
}
