/** The quiz's session as a view: which question it is, how many were right, and the time so far. */
import { clock } from './numbers.js';
import type { CardView } from './card-view.js';
import type { SessionState } from '../quiz/index.js';

/** @param at now, ISO 8601; without it no time is shown, as in a pipe. */
export function quizView(state: SessionState, at?: string): CardView {
  const question = state.questions[state.index];
  const place = `${state.index + 1} of ${state.questions.length}`;
  return {
    head: [
      question === undefined ? '' : `quiz · ${place} · ${question.topic} · ${question.kind}`,
      progress(state, at),
    ],
    place: state.index,
    phase: question === undefined ? 'done' : state.phase,
    question,
    hinted: state.hinted,
    unreadable: state.unreadable,
    ticking: state.ticking,
    last: state.last,
    ms: state.results.at(-1)?.ms,
    leave: 'stop',
  };
}

/** `3 right, 2 in a row · 0:41`; nothing before the first answer of a pipe. */
function progress({ results, phase, startedAt }: SessionState, at: string | undefined): string {
  const right = results.filter(({ correct }) => correct).length;
  const row = results.length - 1 - results.findLastIndex(({ correct }) => !correct);
  const score = `${right} right${row > 1 ? `, ${row} in a row` : ''}`;
  const passed = at === undefined ? NaN : Date.parse(at) - Date.parse(startedAt);
  return [
    ...(results.length > 0 || at !== undefined ? [score] : []),
    ...(phase === 'asking' && passed >= 0 ? [clock(passed)] : []),
  ].join(' · ');
}
