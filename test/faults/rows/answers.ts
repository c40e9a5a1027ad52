/** Kata rows: answers that are none, that lie, or that would change the judge's mind. */
import type { Row } from '../row.js';
import { giving, inStep, onLoad, rightAnswer } from './source.js';

const strict = 'strict reading in the child: own data, dense, exact type and shape';

/** Returned values, with what the first check that fails says of them. */
const values: readonly (readonly [id: string, threat: string, value: string, says: RegExp])[] = [
  ['nan', 'NaN in an output', '{ h: h.map(() => NaN) }', /finite: h\[0\] is NaN/],
  ['infinity', 'Infinity in an output', '{ h: h.map(() => -Infinity) }', /finite: h\[0\] is -Infinity/],
  ['shape', 'one number too few', '{ h: h.slice(1) }', /Expected h to be a Float64Array of H/],
  ['plain-array', 'number[] for Float64Array', '{ h: [...h] }', /got a plain array/],
  ['float32', 'Float32Array for Float64Array', '{ h: Float32Array.from(h) }', /got a Float32Array/],
  ['sparse', 'an array with holes', '{ h: new Array(h.length) }', /an array with a hole at \[0\]/],
  ['string', 'a string that looks like numbers', '{ h: h.join() }', /got a string/],
  ['bigint', 'BigInt', '{ h: BigInt64Array.from([...h], (v) => BigInt(Math.round(v))) }', /got a BigInt64Array/],
  ['fake', 'an object with the tag, length and methods of a Float64Array', `{ h: { [Symbol.toStringTag]: 'Float64Array', length: h.length, __proto__: Float64Array.prototype } }`, /got an object/],
  ['undefined', 'nothing', 'undefined', /got undefined/],
  ['more-names', 'a name too many', '{ h, expected: h.slice() }', /got also expected/],
  ['proto-name', 'an output named __proto__', `Object.defineProperty({ h }, '__proto__', { value: h.slice(), enumerable: true })`, /got also __proto__/],
  ['escape-name', 'an output whose name clears the screen', String.raw`{ h, ['\x1b[2J\x9b2J\u202ebad']: 1 }`, /got also \\u\{1b\}\[2J/],
  ['other-name', 'the right vector under a name that only looks like h, beside a wrong h', String.raw`{ h: h.map(() => 0), 'h\x07': h }`, /got also h\\u\{7\}/],
  ['hidden-name', 'a name with a letter that does not show', String.raw`{ h, 'h\u200b': h.slice() }`, /got also h\\u\{200b\}/],
  ['long-name', 'a name of 30,000 letters', `{ h, ['n'.repeat(30000)]: h }`, /got also n{200}…/],
  ['endless-array', 'an array of the greatest length, empty', '{ h: Object.assign([], { length: 4294967295 }) }', /got an array of 4294967295/],
  ['shared-buffer', 'a vector in a SharedArrayBuffer that is written later', `{ h: new Float64Array(new SharedArrayBuffer(8 * (h.length + 1))) }`, /Expected h to be/],
]; // prettier-ignore

export const answers: readonly Row[] = [
  ...values.map(([id, threat, value, says]): Row => ({
    id: `answer-${id}`,
    threat,
    control: strict,
    provoke: { by: 'kata', source: giving(value), outcome: 'failed', says },
  })),
  {
    id: 'answer-lying-length',
    threat: 'a Float64Array with a length of its own that lies',
    control: 'lengths are read from internal slots',
    provoke: {
      by: 'kata',
      source: giving(`{ h: Object.defineProperty(h.slice(1), 'length', { value: h.length }) }`),
      outcome: 'failed',
      says: /names and shapes/,
    },
  },
  {
    id: 'inputs-changed',
    threat: 'an input is written to',
    control: 'the inputs come back and are compared bit by bit',
    provoke: {
      by: 'kata',
      source: inStep('queueMicrotask(() => 0); Whh[0]![1] += 1; Whh[0]![1] -= 1; x[0] = -0;'),
      outcome: 'failed',
      says: /You changed your input x\[0\]/,
    },
  },
  {
    id: 'inputs-detached',
    threat: 'the buffer of an input is transferred away',
    control: 'an input that cannot be read back is a failure',
    provoke: {
      by: 'kata',
      source: inStep(
        'const answer = right(given); structuredClone(x, { transfer: [x.buffer] }); return answer;',
      ),
      outcome: 'threw',
      says: /detached ArrayBuffer/,
    },
  },
  {
    id: 'aliased',
    threat: 'an output that is an input’s memory',
    control: 'memory regions of outputs and inputs are compared',
    provoke: {
      by: 'kata',
      source: inStep('hPrev.set(right(given).h); return { h: hPrev };'),
      outcome: 'failed',
      says: /share memory/,
    },
  },
  {
    id: 'hidden-state',
    threat: 'something is kept between calls',
    control: 'three cases are asked again, and compared bit by bit',
    provoke: {
      by: 'kata',
      source: `let seen = 0;\n${inStep('const a = right(given); a.h[0] += 1e-13 * ++seen; return a;')}`,
      outcome: 'failed',
      says: /deterministic/,
    },
  },
  {
    id: 'random',
    threat: 'Math.random or the clock in an answer',
    control: 'the same cases asked again',
    provoke: {
      by: 'kata',
      source: inStep('const a = right(given); a.h[0] += 1e-13 * Math.random(); return a;'),
      outcome: 'failed',
      says: /deterministic/,
    },
  },
  {
    id: 'memorised',
    threat: 'the first answer is remembered and given for ever',
    control: 'fresh cases of other sizes from a new seed',
    provoke: {
      by: 'kata',
      source: `let first: any;\n${inStep('first ??= right(given); return { h: first.h.slice() };')}`,
      outcome: 'failed',
    },
  },
  {
    id: 'forged-report',
    threat: 'a report of success, printed',
    control: 'the verdict is made in the parent, from numbers; printed text is text',
    provoke: {
      by: 'kata',
      source: inStep(
        `process.stdout.write(JSON.stringify({ outcome: 'passed', checks: [] })); return { h: new Float64Array(hPrev.length) };`,
      ),
      outcome: 'failed',
      printed: /"outcome":"passed"/,
    },
  },
];

const frozen = 'the language’s own objects are made read-only in the child';

const patches: readonly (readonly [id: string, lines: string])[] = [
  ['Math.tanh', 'Math.tanh = () => 0;'],
  ['Float64Array.prototype.fill', 'Float64Array.prototype.fill = function () { return this; };'],
  ['JSON.stringify', `JSON.stringify = () => '{}';`],
  ['globalThis.Math', '(globalThis as any).Math = { abs: () => 0, tanh: Math.tanh };'],
  ['Object.prototype', `(Object.prototype as any).outcome = 'passed';`],
  ['Array.prototype[Symbol.iterator]', 'Array.prototype[Symbol.iterator] = function* () {};'],
  ['Error.prepareStackTrace', '(Error as any).prepareStackTrace = (_: any, sites: any) => sites;'],
]; // prettier-ignore

export const patched: readonly Row[] = [
  ...patches.map(([what, lines]): Row => ({
    id: `patch-${what.replace(/\W+/g, '-').replace(/-$/, '').toLowerCase()}`,
    threat: `${what} is replaced`,
    control: frozen,
    provoke: { by: 'kata', source: onLoad(lines), outcome: 'threw', says: /TypeError/ },
  })),
  {
    id: 'patch-judge',
    threat: 'Math.abs and Object.is are replaced, to make NaN look right',
    control: 'the comparison runs in the parent',
    provoke: {
      by: 'kata',
      source: inStep(
        `try { Math.abs = () => 0; Object.is = () => true; } catch {} return { h: hPrev.map(() => NaN) };`,
      ),
      outcome: 'failed',
      says: /finite: h\[0\] is NaN/,
    },
  },
  {
    id: 'no-strangers-harmed',
    threat: 'hardening breaks an innocent file',
    control: 'a class that extends Error, console, bptt/kata: all of it works',
    provoke: {
      by: 'kata',
      source: `import { zeros } from 'bptt/kata';\nclass Mine extends Error { override name = 'Mine'; }\nconsole.log(new Mine('m').name, zeros(2));\n${rightAnswer}`,
      outcome: 'passed',
      printed: /Mine Float64Array\(2\) \[ 0, 0 \]/,
    },
  },
];
