/** How a child ended instead of answering, as a fault with one sentence. */
import type { Fault } from '../subject.js';
import { spoken, type HostLimits } from './limits.js';

/** What ended a child. */
export type Ending =
  | { readonly because: 'deadline' }
  /** Each call in time, all of them together not. */
  | { readonly because: 'slow' }
  | { readonly because: 'memory' }
  | { readonly because: 'output' }
  /** Something on fd 3 that is no reply; `got` says what. */
  | { readonly because: 'notAFrame'; readonly got: string }
  /** It could not be started. */
  | { readonly because: 'spawn'; readonly message: string }
  | { readonly because: 'closed' }
  | {
      readonly because: 'exit';
      readonly code: number | null;
      readonly signal: NodeJS.Signals | null;
      readonly saysOutOfMemory: boolean;
    };

/** The fault that an ending is. */
export function faultOf(ending: Ending, limits: HostLimits): Fault {
  switch (ending.because) {
    case 'deadline':
      return timedOut(
        `No answer within ${spoken(limits.deadlineMs)}: is there a loop without end?`,
      );
    case 'slow':
      return timedOut(
        `All calls together took longer than ${spoken(limits.deadlines * limits.deadlineMs)}: is there a loop that is far too long?`,
      );
    case 'memory':
      return outOfMemory(limits);
    case 'output':
      return {
        kind: 'tooMuchOutput',
        says: `It printed more than ${limits.outputBytes.toLocaleString('en')} bytes.`,
      };
    case 'notAFrame':
      return exited(`It answered with something that is not a frame: ${ending.got}.`);
    case 'spawn':
      return { ...exited(`The process could not be started: ${ending.message}.`), loading: true };
    case 'closed':
      return exited('The host is closed.');
    case 'exit':
      return exitFault(ending, limits);
  }
}

function exitFault(
  { code, signal, saysOutOfMemory }: Extract<Ending, { because: 'exit' }>,
  limits: HostLimits,
): Fault {
  if (signal === 'SIGXCPU') {
    return timedOut(
      'It used up the CPU time that a process may take: is there a loop without end?',
    );
  }
  const crashed = signal !== null || (code !== null && code > 127);
  if (crashed && saysOutOfMemory) return outOfMemory(limits);
  if (signal === 'SIGKILL') {
    return {
      kind: 'outOfMemory',
      says: 'The system killed the process, most likely because memory ran out.',
    };
  }
  if (signal !== null) return exited(`The process was ended by ${signal} before it answered.`);
  return exited(
    `The process ended with code ${code ?? 0} before it answered: was process.exit called?`,
  );
}

/** The sentence for memory, also used when an allocation failed with an error that was thrown. */
export const outOfMemory = ({ memoryMb }: HostLimits): Fault => ({
  kind: 'outOfMemory',
  says: `It needed more than ${memoryMb} MB.`,
});

const timedOut = (says: string): Fault => ({ kind: 'timedOut', says });
const exited = (says: string): Fault => ({ kind: 'exited', says });
