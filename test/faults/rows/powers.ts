/** Kata rows: what a file prints, and the powers of a process that it reaches for. */
import type { Row } from '../row.js';
import { inStep } from './source.js';

const cap = '1 MB of output, then SIGKILL';
const neutral = 'escape sequences and control characters are dropped before anything is shown';

export const output: readonly Row[] = [
  ...[
    ['console', `console.log('x'.repeat(1000))`],
    ['stderr', `console.error('x'.repeat(1000))`],
    ['one-line', `process.stdout.write('x'.repeat(1000))`],
    ['raw', `(process as any)._rawDebug('x'.repeat(1000))`],
  ].map(([id, call]): Row => ({
    id: `flood-${id}`,
    threat: `${call} without end`,
    control: cap,
    provoke: { by: 'kata', source: inStep(`for (;;) ${call};`), outcome: 'tooMuchOutput' },
  })),
  {
    id: 'flood-and-answer',
    threat: 'two megabytes of output, then the right answer',
    control: 'what was printed is read before the answer counts',
    provoke: {
      by: 'kata',
      source: inStep(`process.stdout.write('x'.repeat(2e6));`),
      outcome: 'tooMuchOutput',
    },
  },
  {
    id: 'escapes-printed',
    threat: 'prints sequences that clear the screen and set the title',
    control: neutral,
    provoke: {
      by: 'kata',
      source: inStep(
        String.raw`console.log('a\x1b[2Jb\x1b]0;title\x07c\x9b31md\x1bP1;2q\x1b\\e');`,
      ),
      outcome: 'passed',
      printed: /^(abcde\|?)+$/,
    },
  },
  {
    id: 'controls-printed',
    threat: 'prints carriage returns, bells, backspaces and bidirectional controls',
    control: neutral,
    provoke: {
      by: 'kata',
      source: inStep(String.raw`console.log('✗ failed\r✓ passed\x07\b\u202eno\u2066');`),
      outcome: 'passed',
      printed: /^(✗ failed\|✓ passedno\|?)+$/,
    },
  },
  {
    id: 'escapes-thrown',
    threat: 'throws an error whose name and message are escape sequences',
    control: neutral,
    provoke: {
      by: 'kata',
      source: inStep(
        String.raw`throw Object.assign(new Error('m\x1b[2J\r\nbptt: all is well\u202e'), { name: 'N\x1b]0;t\x07' });`,
      ),
      outcome: 'threw',
      says: /^It threw N: mbptt: all is well/,
    },
  },
];

/** What is refused in the child, with the way it ends there. */
const powers: readonly (readonly [id: string, threat: string, lines: string, says: RegExp])[] = [
  ['binding', 'process.binding, which leads to the system', `(process as any).binding('spawn_sync');`, /not available in a kata/],
  ['linked-binding', 'process._linkedBinding', `(process as any)._linkedBinding('fs');`, /TypeError/],
  ['builtin', 'process.getBuiltinModule', `(process as any).getBuiltinModule('fs').writeFileSync('/tmp/bptt-fault-pwned', '');`, /not available in a kata/],
  ['dlopen', 'native code through process.dlopen', `(process as any).dlopen({ exports: {} }, '/lib/x.node');`, /not available in a kata/],
  ['main-module', 'process.mainModule.require', `(process as any).mainModule.require('fs');`, /TypeError/],
  ['worker', 'a Worker', `new (globalThis as any).Worker('data:,1');`, /not a constructor|not defined/],
  ['wasm', 'WebAssembly memory, which no V8 limit counts', 'new WebAssembly.Memory({ initial: 60000 });', /ReferenceError/],
  ['eval', 'code from a string', `eval('1 + 1');`, /EvalError/],
  ['function-constructor', 'code through the Function constructor', `(0 as any).constructor.constructor('return process')();`, /EvalError/],
  ['fetch', 'fetch', `void fetch('http://127.0.0.1:9/');`, /ReferenceError: fetch/],
  ['websocket', 'a WebSocket', `new WebSocket('ws://127.0.0.1:9/');`, /ReferenceError: WebSocket/],
  ['kill-parent', 'a signal to the parent', `process.kill(process.ppid, 'SIGKILL');`, /not available in a kata/],
  ['kill-parent-inside', 'a signal to the parent through process._kill', `(process as any)._kill(process.ppid, 9);`, /not available in a kata/],
  ['debug-parent', 'an inspector in the parent', '(process as any)._debugProcess(process.ppid);', /not available in a kata/],
  ['chdir', 'another working folder', `process.chdir('/'); throw new Error('in ' + process.cwd());`, /Error/],
  ['report', 'a report of the process, written to a file', `(process as any).report.writeReport('/tmp/bptt-fault-report');`, /TypeError/],
]; // prettier-ignore

export const reach: readonly Row[] = [
  ...powers.map(([id, threat, lines, says]): Row => ({
    id: `power-${id}`,
    threat: `reaches for ${threat}`,
    control: 'Node’s permission flag, and taken away before the file runs',
    provoke: { by: 'kata', source: inStep(lines), outcome: 'threw', says },
  })),
  {
    id: 'power-environment',
    threat: 'reads secrets from the environment',
    control: 'the child’s environment is empty',
    provoke: {
      by: 'kata',
      source: inStep(`throw new Error('[' + Object.keys(process.env).join() + ']');`),
      outcome: 'threw',
      says: /^It threw Error: \[(PWD|SHLVL|_|OLDPWD|,)*\]/,
    },
  },
  {
    id: 'power-arguments',
    threat: 'finds its cases on the way in: arguments, standard input, the caller',
    control: 'cases come one call at a time; stdin is hidden; strict mode',
    provoke: {
      by: 'kata',
      source: inStep(
        `throw new Error(String([process.argv.length, typeof process.stdin, typeof (globalThis as any).require]));`,
      ),
      outcome: 'threw',
      says: /^It threw Error: 2,undefined,undefined/,
    },
  },
];
