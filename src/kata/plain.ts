/** Values as they stand in a report. */
import type { Counterexample } from './report.js';
import type { Values } from './values.js';

/** Typed arrays as plain lists, so that the report survives JSON. */
export const plain = (values: Values): Counterexample['given'] =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [
      name,
      typeof value === 'number'
        ? value
        : Array.from<number | Float64Array, number | number[]>(value, (item) =>
            typeof item === 'number' ? item : [...item],
          ),
    ]),
  );
