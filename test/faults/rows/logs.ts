/** State rows: a log that is damaged, or from a newer version. */
import fs from 'node:fs';
import path from 'node:path';
import { anEvent, type Place } from '../place.js';
import type { Row } from '../row.js';

/** Asks for a hint: one event is read, one written. */
export const hint = ['hint', 'gru-step', '--json'] as const;

/** Appends to the log before the run. */
const holding = (bytes: string | Buffer) => (place: Place) => fs.appendFileSync(place.log, bytes);

/** The history was read: the event that stood in the log counts, so this is the second hint. */
const secondHint = /"level": 2/;

const aside =
  'the line is set aside with a sentence; what can be read counts, and nothing is rewritten';

const damages: readonly (readonly [id: string, threat: string, bytes: string | Buffer])[] = [
  ['torn', 'the last line was cut off by a crash', '{"v":1,"id":"torn","at":"2026-11-22T1'],
  ['garbage', 'bytes that are no text', Buffer.from([...Buffer.from('\n'), 0xff, 0xfe, 0x80, 0x0a])],
  ['nul', 'a block of NUL bytes, as a power cut leaves', Buffer.concat([Buffer.alloc(4096), Buffer.from('\n')])],
  ['long', 'a line of 2 MB', `{"v":1,"id":"${'x'.repeat(2e6)}"}\n`],
  ['proto', 'a line whose keys are __proto__', '{"v":1,"id":"p","at":"2026-11-22T10:00:00Z","type":"x","__proto__":{"kata":1}}\n'],
  ['infinite', 'a number that JSON reads as Infinity', '{"v":1,"id":"i","at":"2026-11-22T10:00:00Z","type":"x","ms":1e400}\n'],
  ['conflict', 'conflict markers of a merge', '<<<<<<< HEAD\n=======\n>>>>>>> theirs\n'],
  ['no-date', 'a day that does not exist', '{"v":1,"id":"d","at":"2026-02-30T10:00:00Z","type":"x"}\n'],
  ['no-type', 'a line that is JSON and no event', '{"v":1}\n[]\n"text"\n'],
  ['deep', 'a value nested 10,000 deep', `{"v":1,"id":"n","at":"2026-11-22T10:00:00Z","type":"x","a":${'['.repeat(1e4)}${']'.repeat(1e4)}}\n`],
]; // prettier-ignore

export const damaged: readonly Row[] = [
  ...damages.map(([id, threat, bytes]): Row => ({
    id: `log-${id}`,
    threat,
    control: aside,
    provoke: {
      by: 'command',
      args: hint,
      setUp: holding(bytes),
      status: 0,
      stdout: secondHint,
      stderr: /^bptt: .*history\.jsonl: \d+ lines? set aside \(line [23]: This line .*\n$/,
      log: 'grown',
    },
  })),
  {
    id: 'log-empty',
    threat: 'an empty log',
    control: 'no event is no error',
    provoke: {
      by: 'command',
      args: hint,
      setUp: ({ log }) => fs.writeFileSync(log, ''),
      status: 0,
      stdout: /"level": 1/,
      log: 'grown',
    },
  },
  {
    id: 'log-unknown',
    threat: 'events and fields of no known type',
    control: 'the envelope is checked, further fields are kept as they are',
    provoke: {
      by: 'command',
      args: hint,
      setUp: holding(
        anEvent('u', { type: 'toString', kata: { deep: [null] } }) +
          anEvent('w', {
            type: 'checked',
            kata: '__proto__',
            outcome: 7,
            at: '9999-12-31T23:59:59Z',
          }) +
          anEvent('a', { type: 'answered', card: [], rating: 'none', correct: 'yes' }),
      ),
      status: 0,
      stdout: secondHint,
      log: 'grown',
    },
  },
  {
    id: 'log-twice',
    threat: 'the same event in both logs, or twice after a merge',
    control: 'each id counts once',
    provoke: {
      by: 'command',
      args: hint,
      setUp: (place) => {
        fs.appendFileSync(place.log, anEvent('first'));
        fs.writeFileSync(path.join(place.home, 'history.jsonl'), anEvent('first'));
      },
      status: 0,
      stdout: secondHint,
      log: 'grown',
    },
  },
  {
    id: 'log-clock',
    threat: 'the clock stood in the year 9999 when an event was written',
    control: 'order is by time, then id; no date is too far',
    provoke: {
      by: 'command',
      args: ['home', '--json'],
      setUp: holding(anEvent('late', { at: '9999-12-31T23:59:59.999Z' })),
      status: 0,
    },
  },
  {
    id: 'log-newer',
    threat: 'an event from a newer version',
    control: 'the log is read-only: exit 3, not a byte is written',
    provoke: {
      by: 'command',
      args: hint,
      setUp: holding('{"v":2,"anything":[1]}\n'),
      status: 3,
      stdout: secondHint,
      stderr: /^bptt: .*newer.*\n$/,
    },
  },
  {
    id: 'log-newer-check',
    threat: 'an event from a newer version, and a check that fails',
    control: 'the check’s own exit code stands; the log is still not written',
    provoke: {
      by: 'command',
      args: ['check', 'rnn-step', '--json'],
      setUp: holding('{"v":99}\n'),
      status: 1,
      stderr: /^bptt: .*newer.*\n$/,
    },
  },
];
