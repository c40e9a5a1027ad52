/**
 * Makes the language's own objects unchangeable in the child: Math.tanh = … throws. It is ours and not
 * Node's --frozen-intrinsics, which turns `constructor` into an accessor, so that console.log shows
 * `Object(2) [ 1, 2 ]` for an array and `{}` for an error: a learner debugs by printing.
 */
const { defineProperty, getOwnPropertyDescriptor, getPrototypeOf, preventExtensions } = Object;

const names = [
  ...['Object', 'Function', 'Array', 'Number', 'Boolean', 'String', 'Symbol', 'BigInt', 'Date'],
  ...['Promise', 'RegExp', 'Map', 'Set', 'WeakMap', 'WeakSet', 'WeakRef', 'FinalizationRegistry'],
  ...['Error', 'AggregateError', 'EvalError', 'RangeError', 'ReferenceError', 'SyntaxError'],
  ...['TypeError', 'URIError', 'Math', 'JSON', 'Reflect', 'Atomics', 'Proxy', 'Intl', 'Iterator'],
  ...['ArrayBuffer', 'SharedArrayBuffer', 'DataView', 'Int8Array', 'Uint8Array', 'Int16Array'],
  ...['Uint8ClampedArray', 'Uint16Array', 'Int32Array', 'Uint32Array', 'BigInt64Array'],
  ...['BigUint64Array', 'Float16Array', 'Float32Array', 'Float64Array', 'parseFloat', 'parseInt'],
  ...['isFinite', 'isNaN', 'eval', 'escape', 'unescape', 'decodeURI', 'decodeURIComponent'],
  ...['encodeURI', 'encodeURIComponent'],
];

/** Fixes every object that is reachable from the names of the language. */
export function harden(): void {
  const seen = new Set<object>();
  const world = globalThis as Record<string, unknown>;
  for (const name of names) {
    const own = getOwnPropertyDescriptor(world, name);
    if (own === undefined) continue;
    fix(own.value, seen);
    defineProperty(world, name, { writable: false, configurable: false });
  }
  // Objects of the language without a name.
  for (const value of [
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ''[Symbol.iterator](),
    ''.matchAll(/x/g),
    function* () {
      /* only its prototype counts */
    },
    async function () {
      /* likewise */
    },
    async function* () {
      /* likewise */
    },
  ]) {
    fix(getPrototypeOf(value), seen);
  }
}

/** Every property of an object is made read-only, then every object that they lead to. */
function fix(value: unknown, seen: Set<object>): void {
  const isObject = typeof value === 'object' ? value !== null : typeof value === 'function';
  if (!isObject || seen.has(value as object)) return;
  const target = value as object;
  seen.add(target);
  for (const key of Reflect.ownKeys(target)) {
    const own = getOwnPropertyDescriptor(target, key)!;
    fix('value' in own ? own.value : Reflect.get(own, 'get'), seen);
    if (!own.configurable) continue;
    if (!('value' in own)) defineProperty(target, key, { configurable: false });
    else if (isOftenOverridden(target, key))
      defineProperty(target, key, overridable(key, own.value));
    else defineProperty(target, key, { writable: false, configurable: false });
  }
  fix(getPrototypeOf(target), seen);
  // Nothing is added either: V8 would call an Error.prepareStackTrace, JSON a toJSON.
  preventExtensions(target);
}

/**
 * Objects inherit these, and an assignment to an inherited read-only property throws: `error.name = 'Mine'`
 * in a constructor shall still work. `constructor` stays data, for console.log.
 */
const isOftenOverridden = (target: object, key: string | symbol): boolean =>
  key !== 'constructor' &&
  (target === Object.prototype || target instanceof Error || target === Error.prototype);

/** Reads as the original; an assignment on an object that inherits it gives that object its own. */
const overridable = (key: string | symbol, original: unknown): PropertyDescriptor => ({
  get: () => original,
  set(this: object, value: unknown) {
    if (
      getPrototypeOf(this) === null ||
      getOwnPropertyDescriptor(this, key)?.configurable === false
    ) {
      throw new TypeError(`Cannot assign to read only property '${String(key)}'`);
    }
    defineProperty(this, key, { value, writable: true, enumerable: true, configurable: true });
  },
  configurable: false,
});
