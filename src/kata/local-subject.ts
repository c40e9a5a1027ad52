/**
 * A subject that runs in this process: for vitest in the learner's workspace, known mistakes, and
 * solutions in tests. It describes exactly like the child process and contains nothing: an endless loop
 * is endless here, and what is printed goes to this process's own output.
 */
import { described } from './run-once.js';
import type { Subject } from './subject.js';
import type { Values } from './values.js';

/** The implementation as a subject. Each call gets its own copy of the inputs. */
export function localSubject(implementation: (inputs: Values) => unknown): Subject {
  const call = described(implementation);
  return {
    call: (inputs) => Promise.resolve(call(copied(inputs))),
    close: () => Promise.resolve(),
    printed: () => [],
  };
}

/** A copy in fresh memory: no two arrays share a buffer. */
function copied(inputs: Values): Values {
  return Object.fromEntries(
    Object.entries(inputs).map(([name, value]) => [
      name,
      typeof value === 'number'
        ? value
        : Array.isArray(value)
          ? value.map((row) => Float64Array.from(row))
          : Float64Array.from(value),
    ]),
  );
}
