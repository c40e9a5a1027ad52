/** A frame is read as it was written, however the bytes between were cut. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';

interface Frame {
  readonly says: Record<string, unknown>;
  readonly arrays: Record<string, Float64Array>;
}
interface Frames {
  readonly frame: (says: Frame['says'], arrays?: Frame['arrays']) => Buffer;
  readonly frameReader: (chunks: AsyncIterable<Uint8Array>) => () => Promise<Frame>;
}
const { frame, frameReader } = (await import(new URL('frames.js', import.meta.url).href)) as Frames;

// eslint-disable-next-line @typescript-eslint/require-await -- what is read from is a stream
async function* cut(bytes: Uint8Array, size: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += size)
    yield bytes.subarray(start, start + size);
}

const frames = fc.array(
  fc.record({
    says: fc.record({ do: fc.string({ unit: 'grapheme' }), calls: fc.integer() }),
    arrays: fc.dictionary(
      fc.stringMatching(/^[a-z]\w{0,8}$/),
      fc.float64Array({ maxLength: 9 }), // every float64: NaN, infinities, zeros of both signs
      { maxKeys: 4, noNullPrototype: true },
    ),
  }),
  { minLength: 1, maxLength: 4 },
);

describe('frames', () => {
  it('are read as they were written, in chunks of any size', () =>
    fc.assert(
      fc.asyncProperty(frames, fc.integer({ min: 1, max: 200 }), async (sent, size) => {
        const bytes = Buffer.concat(sent.map(({ says, arrays }) => frame(says, arrays)));
        const next = frameReader(cut(bytes, size));
        for (const { says, arrays } of sent) expect(await next()).toEqual({ says, arrays }); // NaN is NaN, and the zeros are two
      }),
    ));

  it('that are cut off are an error, not fewer numbers', async () => {
    const whole = frame({ do: 'open' }, { x: Float64Array.of(1, 2, 3) });
    for (const length of [0, 5, whole.length - 8, whole.length - 1])
      await expect(frameReader(cut(whole.subarray(0, length), 7))()).rejects.toThrow('ended');
  });

  it('of a part of an array hold that part', async () => {
    const part = Float64Array.of(1, 2, 3, 4).subarray(1, 3);
    const { arrays } = await frameReader(cut(frame({}, { part }), 64))();
    expect(arrays).toEqual({ part: Float64Array.of(2, 3) });
  });
});
