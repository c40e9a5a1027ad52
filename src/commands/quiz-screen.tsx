/** The quiz on a terminal: puts the Ink session on the screen and waits until it is over. */
import { render } from 'ink';
import { QuizSession } from '../ui/quiz-session.js';
import { step } from '../quiz/index.js';
import type { AnsweredEventBody, SessionState } from '../quiz/index.js';
import type { Page } from '../ui/layout.js';

export interface ScreenEnd {
  readonly state: SessionState;
  /** Whether Ctrl-C ended it. */
  readonly interrupted: boolean;
}

export async function quizOnScreen(
  start: SessionState,
  page: Page,
  record: (events: readonly AnsweredEventBody[]) => void,
): Promise<ScreenEnd> {
  let end: ScreenEnd = { state: start, interrupted: false };
  const screen = render(
    <QuizSession
      state={start}
      step={step}
      now={() => new Date().toISOString()}
      onEvents={record}
      onDone={(state, how) => {
        end = { state, interrupted: how === 'interrupted' };
      }}
      width={page.width}
      paint={page.paint}
    />,
    { exitOnCtrlC: false },
  );
  await screen.waitUntilExit();
  return end;
}
