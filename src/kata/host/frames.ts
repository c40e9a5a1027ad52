/**
 * Frames: how parent and child talk. [u32 LE header bytes][u32 LE payload bytes][header, JSON in UTF-8]
 * [payload, float64 LE]. It knows sizes and bytes; messages.ts knows what a header means. See
 * docs/host-protocol.md. Primitives are captured at load, as the child uses this file too.
 */
const { parse, stringify } = JSON;
const Bytes = Uint8Array;
const Floats = Float64Array;
const View = DataView;
const encoder = new TextEncoder();
const decoder = new TextDecoder('utf-8', { fatal: true });
const encode = encoder.encode.bind(encoder);
const decode = decoder.decode.bind(decoder);

/** Bytes before the header. */
export const PREFIX_BYTES = 8;
/** The longest header, in bytes: 16 MB. */
export const MOST_HEADER_BYTES = 16 * 1024 * 1024;
/** The longest payload, in bytes: 256 MB. */
export const MOST_PAYLOAD_BYTES = 256 * 1024 * 1024;

/** A header (any JSON value, not yet checked) with its numbers. */
export interface Frame {
  readonly header: unknown;
  readonly payload: Float64Array;
}

/** Bytes that are not a frame; the message says why. */
export class FrameError extends Error {
  override readonly name = 'FrameError';
}

/** The bytes of a frame whose payload is the given arrays, one after the other. */
export function encodeFrame(header: unknown, arrays: readonly Float64Array[]): Uint8Array {
  const json = encode(stringify(header));
  let numbers = 0;
  for (const array of arrays) numbers += array.length;
  const bytes = new Bytes(PREFIX_BYTES + json.length + 8 * numbers);
  const view = new View(bytes.buffer);
  view.setUint32(0, json.length, true);
  view.setUint32(4, 8 * numbers, true);
  bytes.set(json, PREFIX_BYTES);
  let at = PREFIX_BYTES + json.length;
  for (const array of arrays) {
    bytes.set(new Bytes(array.buffer, array.byteOffset, array.byteLength), at);
    at += array.byteLength;
  }
  return bytes;
}

/**
 * The two sizes that a frame begins with, in bytes.
 * @throws FrameError when a size is over its cap or the payload is no whole number of floats.
 */
export function sizesOf(prefix: Uint8Array): { header: number; payload: number } {
  const view = new View(prefix.buffer, prefix.byteOffset, PREFIX_BYTES);
  const header = view.getUint32(0, true);
  const payload = view.getUint32(4, true);
  if (header > MOST_HEADER_BYTES) throw new FrameError(`a header of ${header} bytes`);
  if (payload > MOST_PAYLOAD_BYTES) throw new FrameError(`a payload of ${payload} bytes`);
  if (payload % 8 !== 0) throw new FrameError(`a payload of ${payload} bytes, not whole floats`);
  return { header, payload };
}

/**
 * The frame of a header's and a payload's bytes.
 * @throws FrameError when the header is not JSON in UTF-8.
 */
export function decodeBody(header: Uint8Array, payload: Uint8Array): Frame {
  const numbers = new Floats(payload.length / 8);
  new Bytes(numbers.buffer).set(payload); // copied: a view would have to be aligned
  try {
    return { header: parse(decode(header)) as unknown, payload: numbers };
  } catch {
    throw new FrameError('a header that is not JSON');
  }
}

/** Takes bytes as they arrive and gives whole frames. */
export class FrameReader {
  #chunks: Uint8Array[] = [];
  #size = 0;
  #wanted = PREFIX_BYTES;

  /** True while part of a frame is waiting for the rest. */
  get midFrame(): boolean {
    return this.#size > 0;
  }

  /**
   * The frames that these bytes complete.
   * @throws FrameError at the first bytes that cannot be a frame.
   */
  push(chunk: Uint8Array): Frame[] {
    this.#chunks.push(chunk);
    this.#size += chunk.length;
    const frames: Frame[] = [];
    while (this.#size >= this.#wanted) {
      const bytes = this.#joined();
      const { header, payload } = sizesOf(bytes);
      const end = PREFIX_BYTES + header + payload;
      this.#wanted = end;
      if (bytes.length < end) break;
      const middle = PREFIX_BYTES + header;
      frames.push(decodeBody(bytes.subarray(PREFIX_BYTES, middle), bytes.subarray(middle, end)));
      this.#chunks = [bytes.subarray(end)];
      this.#size = bytes.length - end;
      this.#wanted = PREFIX_BYTES;
    }
    return frames;
  }

  #joined(): Uint8Array {
    const [only] = this.#chunks;
    if (this.#chunks.length === 1) return only!;
    const bytes = new Bytes(this.#size);
    let at = 0;
    for (const chunk of this.#chunks) {
      bytes.set(chunk, at);
      at += chunk.length;
    }
    this.#chunks = [bytes];
    return bytes;
  }
}
