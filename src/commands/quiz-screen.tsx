/** The quiz on a terminal: puts the Ink session on the screen and waits until it is over. */
import { useEffect, useState } from 'react';
import { render } from 'ink';
import { QuizSession } from '../ui/quiz-session.js';
import { pageOf } from './terminal.js';
import type { QuizSessionProps } from '../ui/quiz-session.js';
import { step } from '../quiz/index.js';
import type { AnsweredEventBody, SessionState } from '../quiz/index.js';
import type { Page } from '../ui/layout.js';

export interface ScreenEnd {
  readonly state: SessionState;
  /** Whether Ctrl-C ended it. */
  readonly interrupted: boolean;
}

/** The session at the terminal's width, also after it was resized. */
function Resizing(props: Omit<QuizSessionProps, 'width'>) {
  const [width, setWidth] = useState(() => pageOf(process.stdout, process.env).width);
  useEffect(() => {
    const measure = (): void => setWidth(pageOf(process.stdout, process.env).width);
    process.stdout.on('resize', measure);
    return () => {
      process.stdout.off('resize', measure);
    };
  }, []);
  return <QuizSession {...props} width={width} />;
}

export async function quizOnScreen(
  start: SessionState,
  page: Page,
  record: (events: readonly AnsweredEventBody[]) => void,
): Promise<ScreenEnd> {
  let end: ScreenEnd = { state: start, interrupted: false };
  const screen = render(
    <Resizing
      state={start}
      step={step}
      now={() => new Date().toISOString()}
      onEvents={record}
      onDone={(state, how) => {
        end = { state, interrupted: how === 'interrupted' };
      }}
      paint={page.paint}
    />,
    { exitOnCtrlC: false },
  );
  await screen.waitUntilExit();
  return end;
}
