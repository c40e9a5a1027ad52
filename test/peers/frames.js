/**
 * Frames to and from a process in another language: a line of JSON, whose `arrays` are [name, length] of the float64
 * arrays (little-endian, as they lie in memory) that follow it.
 */

/** One frame: what is said, and named arrays. */
export function frame(says, arrays = {}) {
  const named = Object.entries(arrays);
  const lengths = named.map(([name, { length }]) => [name, length]);
  const bytes = named.map(([, { buffer, byteOffset, byteLength }]) =>
    Buffer.from(buffer, byteOffset, byteLength),
  );
  return Buffer.concat([
    Buffer.from(`${JSON.stringify({ ...says, arrays: lengths })}\n`),
    ...bytes,
  ]);
}

/** Reads frames from an async iterable of bytes, however they were cut: each call gives { says, arrays }. */
export function frameReader(chunks) {
  const iterator = chunks[Symbol.asyncIterator]();
  let held = Buffer.alloc(0);
  /** At least one chunk more, and as many as make so many bytes. */
  async function more(length) {
    const pieces = [held];
    let size = held.length;
    do {
      const { value, done } = await iterator.next();
      if (done) throw new Error('The other process ended in the middle of a frame.');
      pieces.push(value);
      size += value.length;
    } while (size < length);
    held = Buffer.concat(pieces);
  }
  function take(length) {
    const taken = held.subarray(0, length);
    held = held.subarray(length);
    return taken;
  }
  async function array(length) {
    const bytes = length * Float64Array.BYTES_PER_ELEMENT;
    if (held.length < bytes) await more(bytes);
    const numbers = new Float64Array(length); // aligned, which a piece of what was read need not be
    new Uint8Array(numbers.buffer).set(take(bytes));
    return numbers;
  }
  return async function next() {
    let end;
    while ((end = held.indexOf(0x0a)) < 0) await more(0);
    const { arrays: lengths, ...says } = JSON.parse(take(end + 1).toString());
    const arrays = {};
    for (const [name, length] of lengths) arrays[name] = await array(length);
    return { says, arrays };
  };
}
