/** Laws of the protocol: frames survive any cutting of the stream, and no bytes throw anything unnamed. */
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeFrame, FrameError, FrameReader, type Frame } from '../../../src/kata/host/frames.js';
import { rawOf, slotsOf } from '../../../src/kata/host/messages.js';
import { readReply } from '../../../src/kata/host/replies.js';
import { asValues, readSlots } from '../../../src/kata/host/slots.js';
import type { Values } from '../../../src/kata/values.js';

const floats = fc.float64Array({ maxLength: 6 });
const values = fc.dictionary(
  fc.string({ maxLength: 6 }),
  fc.oneof(fc.double(), floats, fc.array(floats, { maxLength: 3 })),
) as fc.Arbitrary<Values>;

/** Gives a stream to a reader in pieces of these sizes, again and again. */
function inPieces(stream: Uint8Array, sizes: readonly number[]): Frame[] {
  const reader = new FrameReader();
  const frames: Frame[] = [];
  for (let at = 0, k = 0; at < stream.length; k++) {
    const end = at + sizes[k % sizes.length]!;
    frames.push(...reader.push(stream.subarray(at, end)));
    at = end;
  }
  expect(reader.midFrame).toBe(false);
  return frames;
}

it('frames cut anywhere come out whole, in order, bit for bit', () => {
  const sizes = fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(fc.jsonValue(), floats), { maxLength: 4 }),
      sizes,
      (sent, cuts) => {
        const stream = Buffer.concat(
          sent.map(([header, numbers]) => encodeFrame(header, [numbers])),
        );
        expect(inPieces(stream, cuts)).toEqual(
          sent.map(([header, payload]) => ({
            header: JSON.parse(JSON.stringify(header)) as unknown,
            payload,
          })),
        );
      },
    ),
  );
});

it('values survive slots and numbers', () => {
  fc.assert(
    fc.property(values, (given) => {
      const numbers: Float64Array[] = [];
      const slots = slotsOf(rawOf(given), numbers);
      const [frame] = new FrameReader().push(encodeFrame(slots, numbers));
      const cursor = { payload: frame!.payload, at: 0 };
      const read = asValues(readSlots(frame!.header, cursor));
      expect(Object.entries(read)).toEqual(Object.entries(given));
      expect(cursor.at).toBe(cursor.payload.length);
    }),
  );
});

it('any bytes are frames or a FrameError', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
      const reader = new FrameReader();
      try {
        reader.push(bytes);
      } catch (error) {
        expect(error).toBeInstanceOf(FrameError);
      }
    }),
  );
  const sized = (header: number, payload: number) => {
    const bytes = Buffer.alloc(8);
    bytes.writeUInt32LE(header, 0);
    bytes.writeUInt32LE(payload, 4);
    return () => new FrameReader().push(bytes);
  };
  expect(sized(2 ** 32 - 1, 0)).toThrow('a header of 4294967295 bytes');
  expect(sized(2, 2 ** 32 - 8)).toThrow('a payload of 4294967288 bytes');
  expect(sized(2, 12)).toThrow('not whole floats');
});

it('any header is a reply or a FrameError', () => {
  const slot = fc.record(
    {
      name: fc.oneof(fc.string(), fc.integer()),
      kind: fc.constantFrom('scalar', 'vector', 'rows', 'other', 'odd'),
      length: fc.oneof(fc.integer({ min: -1, max: 4 }), fc.double()),
      lengths: fc.array(fc.integer({ min: -1, max: 3 }), { maxLength: 3 }),
      says: fc.string(),
    },
    { requiredKeys: ['kind'] },
  );
  const anything = fc.oneof(fc.jsonValue(), fc.array(slot, { maxLength: 3 }));
  const header = fc.record(
    {
      kind: fc.constantFrom('loaded', 'missing', 'threw', 'notImplemented', 'returned', 'odd'),
      nonce: fc.constantFrom('n', 'm'),
      ...{ outputs: anything, inputsAfter: anything, aliases: anything, found: anything },
      ...{
        name: anything,
        message: anything,
        stack: anything,
        notAnObject: anything,
        is: anything,
      },
    },
    { requiredKeys: ['kind', 'nonce'] },
  );
  let replies = 0;
  fc.assert(
    fc.property(fc.oneof(header, fc.jsonValue()), floats, (head, payload) => {
      try {
        readReply({ header: head, payload }, 'n');
        expect(head).toHaveProperty('nonce', 'n');
        replies++;
      } catch (error) {
        if (!(error instanceof FrameError)) throw error;
      }
    }),
    { numRuns: 2000 },
  );
  expect(replies).toBeGreaterThan(0);
});

it('a reply with numbers left over, or texts with escapes, is not taken as it is', () => {
  const read = (header: object, payload = new Float64Array(0)) =>
    readReply({ header: { nonce: 'n', ...header }, payload }, 'n');
  expect(() => read({ kind: 'loaded' }, new Float64Array(1))).toThrow(FrameError);
  expect(read({ kind: 'threw', name: 'A\u001b[2JB', message: '\u0007m\r\n', stack: '' })).toEqual({
    kind: 'threw',
    name: 'AB',
    message: 'm',
    stack: '',
  });
});
