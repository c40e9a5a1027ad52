/**
 * A check as a conversation: it asks for losses and gradients at points of its choice, and whoever holds
 * the function answers, at once (a function of this process) or later (one in a child process).
 */
import type { Differentiable } from './differentiable.js';

/** What a check asks. The values are the check's own, one array per tensor: read them before answering, do not keep them. */
export interface Question {
  readonly of: 'loss' | 'gradient';
  readonly values: readonly Float64Array[];
}

/** A loss, or one array per tensor. */
export type Answer = number | readonly Float64Array[];

/** A computation that asks and comes to a result. */
export type Asking<R> = Generator<Question, R, Answer>;

export function* lossAt(values: readonly Float64Array[]): Asking<number> {
  return (yield { of: 'loss', values }) as number;
}

export function* gradientAt(values: readonly Float64Array[]): Asking<readonly Float64Array[]> {
  return (yield { of: 'gradient', values }) as readonly Float64Array[];
}

/** The result, with every question answered at once. */
export function answered<R>(
  asking: Asking<R>,
  { loss, gradient }: Pick<Differentiable, 'loss' | 'gradient'>,
): R {
  let step = asking.next();
  while (!step.done) {
    const { of, values } = step.value;
    step = asking.next(of === 'loss' ? loss(values) : gradient(values));
  }
  return step.value;
}

/** The result, with every question answered in its own time. Rejects where an answer does. */
export async function answeredLater<R>(
  asking: Asking<R>,
  answer: (question: Question) => Promise<Answer>,
): Promise<R> {
  let step = asking.next();
  while (!step.done) step = asking.next(await answer(step.value));
  return step.value;
}
