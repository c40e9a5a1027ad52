/**
 * What may stand in an event: plain data that JSON gives back as it was. The same rule holds for what
 * is read and for what is written. It is not a schema: which fields an event has is the domain's business.
 */

/** Arrays and objects inside one another; deeper nesting overflows recursive readers. */
const DEEPEST = 64;

/** One value on the walk; its name is worked out only when it is needed. */
interface Visit {
  readonly value: unknown;
  readonly key: string | number;
  readonly parent: Visit | undefined;
  readonly depth: number;
}

/**
 * Walks a value without recursion, so that no depth overflows the stack.
 * @param name what the value is called in the sentence, e.g. `event`
 * @param each is called with every array and object found
 * @returns why the value is not plain data, in words that follow "because", or undefined
 */
export function notPlain(
  value: unknown,
  name: string,
  each: (found: object) => void = () => undefined,
): string | undefined {
  const todo: Visit[] = [{ value, key: name, parent: undefined, depth: 1 }];
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    const why = notPlainHere(next, todo);
    if (why !== undefined) return why;
    if (typeof next.value === 'object' && next.value !== null) each(next.value);
  }
  return undefined;
}

function notPlainHere(visit: Visit, todo: Visit[]): string | undefined {
  const { value } = visit;
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return undefined;
  if (typeof value === 'number') {
    return Number.isFinite(value) ? undefined : `${nameOf(visit)} is not a finite number`;
  }
  if (typeof value !== 'object') {
    return `${nameOf(visit)} is ${typeof value}, which JSON cannot hold`;
  }
  // A cycle is endless depth, so this also ends a walk in circles.
  if (visit.depth > DEEPEST) return `it is nested deeper than ${DEEPEST} levels`;
  const depth = visit.depth + 1;
  if (Array.isArray(value)) {
    for (let key = 0; key < value.length; key++) {
      todo.push({ value: value[key] as unknown, key, parent: visit, depth });
    }
    return undefined;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    return `${nameOf(visit)} is not a plain object`;
  }
  if (Object.getOwnPropertySymbols(value).length > 0) {
    return `${nameOf(visit)} has a symbol for a key`;
  }
  for (const key of Object.keys(value)) {
    if (key === '__proto__') return 'it has a key named __proto__';
    todo.push({ value: (value as Record<string, unknown>)[key], key, parent: visit, depth });
  }
  return undefined;
}

/** E.g. `event.scores[3]`. A key that is not a plain word is not quoted: it may hold anything. */
function nameOf(visit: Visit): string {
  const { key, parent } = visit;
  if (parent === undefined) return String(key);
  if (typeof key === 'number') return `${nameOf(parent)}[${key}]`;
  return `${nameOf(parent)}.${/^\w{1,40}$/.test(key) ? key : '…'}`;
}
