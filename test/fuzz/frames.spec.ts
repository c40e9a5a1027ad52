/** Whatever bytes come from a child, the parent reads a reply or says FrameError. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeFrame, FrameError, FrameReader } from '../../src/kata/host/frames.js';
import { readReply } from '../../src/kata/host/replies.js';
import { anyDouble, anything, share } from './budget.js';

const kinds = ['loaded', 'missing', 'threw', 'returned', 'notImplemented', '__proto__'];
const slot = fc.record(
  {
    name: fc.oneof(fc.string(), fc.constantFrom('h', '__proto__', 'constructor', '\u001b[2J')),
    kind: fc.constantFrom('scalar', 'vector', 'rows', 'other', 'none'),
    length: fc.oneof(fc.nat(5), anyDouble),
    lengths: fc.oneof(fc.array(fc.nat(3)), fc.jsonValue()),
    says: fc.oneof(fc.string({ unit: 'binary' }), fc.jsonValue()),
  },
  { requiredKeys: ['name', 'kind'] },
);
const orJson = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 5, arbitrary }, { weight: 1, arbitrary: fc.jsonValue() });
const header = fc.record({
  kind: fc.constantFrom(...kinds),
  nonce: fc.constantFrom('n', 'other'),
  outputs: orJson(fc.array(slot, { maxLength: 3 })),
  inputsAfter: orJson(fc.array(slot, { maxLength: 3 })),
  aliases: orJson(fc.array(fc.array(fc.string({ unit: 'binary' })))),
  found: orJson(fc.array(fc.string({ unit: 'binary' }))),
  name: orJson(fc.string({ unit: 'binary' })),
  message: orJson(fc.string({ unit: 'binary' })),
  stack: orJson(fc.string({ unit: 'binary' })),
  notAnObject: orJson(fc.constant(undefined)),
});

/** Reads all that the bytes hold, in two pieces. */
function readAll(bytes: Uint8Array, cut: number): void {
  const reader = new FrameReader();
  for (const piece of [bytes.subarray(0, cut), bytes.subarray(cut)])
    for (const frame of reader.push(piece)) {
      const reply = readReply(frame, 'n');
      expect(Object.prototype).not.toHaveProperty('value'); // nothing was polluted on the way
      const { stack: _, ...shown } = reply as { stack?: string };
      expect(JSON.stringify(shown)).not.toMatch(/\\u00[019]|\\u202e/u);
    }
}

const typed = (read: () => void): void => {
  try {
    read();
  } catch (error) {
    if (!(error instanceof FrameError)) throw error;
  }
};

it('a header of any form with any numbers', () => {
  fc.assert(
    fc.property(header, fc.array(anyDouble, { maxLength: 8 }), fc.nat(40), (head, numbers, cut) => {
      typed(() => readAll(encodeFrame(head, [Float64Array.from(numbers)]), cut));
    }),
    share(0.13),
  );
});

it('any JSON for a header', () => {
  fc.assert(
    fc.property(anything, (value) => {
      let text: unknown;
      try {
        text = JSON.stringify(value);
      } catch {
        return; // not JSON: no child could send it
      }
      typed(() =>
        readAll(encodeFrame(JSON.parse(typeof text === 'string' ? text : 'null'), []), 3),
      );
    }),
    share(0.05),
  );
});

it('any bytes', () => {
  const small = fc.tuple(fc.nat(64), fc.nat(64), fc.uint8Array({ maxLength: 80 }));
  fc.assert(
    fc.property(small, fc.nat(90), ([first, second, rest], cut) => {
      const bytes = Uint8Array.of(first, 0, 0, 0, second, 0, 0, 0, ...rest);
      typed(() => readAll(bytes, cut));
      typed(() => readAll(rest, cut));
    }),
    share(0.06),
  );
});
