/** Kata rows: files that do not come to an end, or come to another one than an answer. */
import type { Row } from '../row.js';
import { giving, inStep, onLoad } from './source.js';

const killed = 'child process, wall-clock deadline, SIGKILL to its group';
const noFrame = 'only a reply on fd 3 counts; an end without one is a failure';

export const endless: readonly Row[] = [
  {
    id: 'loop',
    threat: 'a loop without end in the function',
    control: killed,
    provoke: { by: 'kata', source: inStep('for (;;);'), outcome: 'timedOut', says: /case 1 of/ },
  },
  {
    id: 'loop-late',
    threat: 'a loop without end in the fourth call only',
    control: killed,
    provoke: {
      by: 'kata',
      source: `let calls = 0;\n${inStep('if (++calls === 4) for (;;);')}`,
      outcome: 'timedOut',
      says: /case 4 of/,
    },
  },
  {
    id: 'loop-on-load',
    threat: 'a loop without end at the top level',
    control: 'the deadline holds for loading as well',
    provoke: { by: 'kata', source: onLoad('for (;;);'), outcome: 'timedOut' },
  },
  {
    id: 'loop-catches-sigterm',
    threat: 'a loop that catches SIGTERM and SIGINT',
    control: 'SIGKILL, which nothing catches',
    provoke: {
      by: 'kata',
      source: inStep(
        `for (const s of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGXCPU']) process.on(s, () => {}); for (;;);`,
      ),
      outcome: 'timedOut',
    },
  },
  {
    id: 'regex-backtracks',
    threat: 'a regular expression that backtracks for ever',
    control: killed,
    provoke: {
      by: 'kata',
      source: inStep(`/^(a+)+$/.test('a'.repeat(60) + 'b');`),
      outcome: 'timedOut',
    },
  },
  {
    id: 'atomics-wait',
    threat: 'Atomics.wait for ever, without using the processor',
    control: 'taken away: what uses no processor time would outlive a parent that was killed',
    provoke: {
      by: 'kata',
      source: inStep('Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);'),
      outcome: 'threw',
      says: /not available in a kata/,
    },
  },
  {
    id: 'calls-without-end',
    threat: 'every call nearly takes its deadline',
    control: 'all calls together have a deadline as well: six of one call',
    provoke: {
      by: 'kata',
      source: inStep('for (const end = Date.now() + 300; Date.now() < end; );'),
      deadlineMs: 1500,
      deadlines: 1,
      outcome: 'timedOut',
      says: /All calls together/,
    },
  },
  {
    id: 'loop-in-message',
    threat: 'a thrown error whose message is a getter that loops',
    control: 'what was thrown is read in the child, under the deadline',
    provoke: {
      by: 'kata',
      source: inStep('throw { get message() { for (;;); } };'),
      outcome: 'timedOut',
    },
  },
  {
    id: 'microtask-flood',
    threat: 'an async function, and microtasks without end',
    control: 'the child never turns its event loop: a Promise is a wrong answer',
    provoke: {
      by: 'kata',
      source: inStep(
        `const again = (): any => Promise.resolve().then(again); again(); return (async () => { await 1; for (;;); })();`,
      ),
      outcome: 'failed',
      says: /got a Promise/,
    },
  },
  {
    id: 'loop-in-getter',
    threat: 'an output that is a getter, which loops',
    control: 'own data properties only: no getter is ever called',
    provoke: {
      by: 'kata',
      source: giving('{ get h() { for (;;); } }'),
      outcome: 'failed',
      says: /got a getter/,
    },
  },
  {
    id: 'loop-in-proxy',
    threat: 'a returned Proxy whose traps loop',
    control: 'a Proxy is named and never asked',
    provoke: {
      by: 'kata',
      source: giving(
        'new Proxy({ h }, { get() { for (;;); }, ownKeys() { for (;;); }, getOwnPropertyDescriptor() { for (;;); } })',
      ),
      outcome: 'failed',
      says: /got a Proxy/,
    },
  },
  {
    id: 'timer-left',
    threat: 'a right answer, and timers that would run for ever',
    control: 'the child is killed when the judge has finished',
    provoke: {
      by: 'kata',
      source: inStep('setInterval(() => {}, 1); setTimeout(() => { throw 1; }, 0);'),
      outcome: 'passed',
    },
  },
  {
    id: 'rejection-left',
    threat: 'a right answer, and a Promise that rejects later',
    control: 'nothing of the learner’s runs between two calls',
    provoke: {
      by: 'kata',
      source: inStep(`void Promise.reject(new Error('late')); queueMicrotask(() => { throw 1; });`),
      outcome: 'passed',
    },
  },
];

export const ends: readonly Row[] = [
  ...(['process.exit(0);', 'process.exit(3);', 'process.reallyExit(0);'] as const).map(
    (call, k): Row => ({
      id: ['exit-0', 'exit-3', 'really-exit'][k]!,
      threat: `${call.slice(0, -1)} in place of an answer`,
      control: noFrame,
      provoke: {
        by: 'kata',
        source: inStep(call),
        outcome: 'exited',
        says: /ended with code [03]/,
      },
    }),
  ),
  {
    id: 'exit-on-load',
    threat: 'process.exit(0) while loading',
    control: noFrame,
    provoke: { by: 'kata', source: onLoad('process.exit(0);'), outcome: 'exited' },
  },
  {
    id: 'abort',
    threat: 'process.abort(), which would dump core',
    control: 'taken away before the file runs; ulimit -c 0',
    provoke: {
      by: 'kata',
      source: inStep('process.abort();'),
      outcome: 'threw',
      says: /not available in a kata/,
    },
  },
  {
    id: 'kills-itself',
    threat: 'process.kill(process.pid) with SIGKILL',
    control: 'process.kill is taken away',
    provoke: {
      by: 'kata',
      source: inStep(`process.kill(process.pid, 'SIGKILL');`),
      outcome: 'threw',
      says: /not available in a kata/,
    },
  },
  {
    id: 'recursion',
    threat: 'recursion without end',
    control: 'caught in the child, told as a sentence',
    provoke: {
      by: 'kata',
      source: inStep('const deeper = (n: number): number => 1 + deeper(n); deeper(0);'),
      outcome: 'threw',
      says: /Maximum call stack size exceeded: does a function call itself/,
    },
  },
  {
    id: 'throws-nothing',
    threat: 'throws null, or an object whose getters throw',
    control: 'what was thrown is read property by property',
    provoke: {
      by: 'kata',
      source: inStep('throw { get name() { throw null; }, get message() { throw null; } };'),
      outcome: 'threw',
    },
  },
  {
    id: 'throws-long',
    threat: 'throws the longest string that there can be',
    control: 'of what was thrown 20,000 characters are read',
    provoke: {
      by: 'kata',
      source: inStep(`throw 'x'.repeat(536870888);`),
      outcome: ['threw', 'outOfMemory'],
      says: /not an Error|needed more/,
      deadlineMs: 20_000,
    },
  },
  {
    id: 'top-level-await',
    threat: 'top-level await of a Promise that never settles',
    control: 'refused by the bundler, with file and line',
    provoke: {
      by: 'kata',
      source: onLoad('await new Promise(() => {});'),
      outcome: 'doesNotCompile',
      says: /rnn-step\.ts:1:\d+: A kata is one synchronous function/,
    },
  },
];

const needed = /needed more than 256 MB/;
const roomy = { memoryMb: 256, deadlineMs: 20_000 };

/** Memory that grows, by the lines that make it grow. */
const bombs: readonly (readonly [id: string, threat: string, control: string, lines: string])[] = [
  ['heap', 'a heap of small objects that grows', 'V8’s own limit (--max-old-space-size)', 'const a = []; for (;;) a.push({ a: [1, 2, 3] });'],
  ['heap-array', 'one array that grows', 'V8’s own limit', 'const a = []; for (;;) a.push(1.5);'],
  ['array-buffers', 'many Float64Arrays, outside V8’s heap', 'ulimit -d, and a poll of resident memory', 'const a = []; for (;;) a.push(new Float64Array(1e6).fill(1));'],
  ['one-buffer', 'one Float64Array of 4 GB', 'ulimit -d', 'new Float64Array(5e8).fill(1);'],
  ['untouched', 'memory that is mapped and never touched', 'ulimit -d (resident memory stays small)', 'const a = []; for (;;) a.push(new Float64Array(1e7));'],
  ['held', 'a little too much, held in a loop', 'poll of resident memory every 20 ms', 'const a = []; for (let k = 0; k < 34; k++) a.push(new Float64Array(1e6).fill(1)); for (;;) a[0]![0] = 2;'],
]; // prettier-ignore

export const memory: readonly Row[] = [
  ...bombs.map(([id, threat, control, lines]): Row => ({
    id: `memory-${id}`,
    threat,
    control,
    provoke: { by: 'kata', source: inStep(lines), outcome: 'outOfMemory', says: needed, ...roomy },
  })),
  {
    id: 'memory-string',
    threat: 'a string that doubles for ever',
    control: 'V8’s limits on strings and heap',
    provoke: {
      by: 'kata',
      source: inStep(`let s = 'x'; for (;;) s += s + 'y' + (s as any).at(-1);`),
      outcome: ['threw', 'outOfMemory'],
      ...roomy,
    },
  },
  {
    id: 'memory-answer',
    threat: 'an answer of 160 MB',
    control: 'a description copies 64 MB at most; the rest is said in words',
    provoke: {
      by: 'kata',
      source: giving('{ h: new Float64Array(2e7) }'),
      outcome: 'failed',
      says: /a Float64Array of 20000000/,
      memoryMb: 512,
      deadlineMs: 20_000,
    },
  },
  {
    id: 'memory-names',
    threat: 'an answer of a million names',
    control: 'an object of more than 1,000 properties is not read',
    provoke: {
      by: 'kata',
      source: giving('Object.fromEntries(Array.from({ length: 1e5 }, (_, k) => [k, h]))'),
      outcome: 'failed',
      says: /an object of 100000 properties/,
      deadlineMs: 20_000,
    },
  },
];
