/**
 * What is on the screen of a session, whichever session it is: the quiz and the interview each make this
 * view of their state, and one component and one pipe show it.
 */
import type { Graded } from './quiz-text.js';
import type { Question, Ticking } from '../quiz/index.js';

export interface CardView {
  /** The first line: where one is, and how it goes. */
  readonly head: readonly [left: string, right: string];
  /** Which item it is: another number, another item. */
  readonly place: number;
  readonly phase: 'asking' | 'ticking' | 'answered' | 'done';
  /** What is asked; undefined where `task` is to be done instead. */
  readonly question?: Question | undefined;
  /** A kata to be written in an editor, and what to do, in paragraphs. */
  readonly task?: { readonly kata: string; readonly says: readonly string[] } | undefined;
  readonly hinted: boolean;
  readonly unreadable?: string | undefined;
  readonly ticking?: Ticking | undefined;
  readonly last?: Graded | undefined;
  /** How long the answer took, while `answered`. */
  readonly ms?: number | undefined;
  /** What was typed in an earlier sitting and not given. */
  readonly draft?: string | undefined;
  /** What leaving does. */
  readonly leave: 'stop' | 'pause';
}
