/**
 * One WebAssembly memory, handed out in blocks. An array that comes back is kept for whoever asks for its length
 * next, as one pass after another does; only where there is no room are the kept ones given up and joined with
 * their neighbours. The memory is shared, so that growing it leaves every array valid. It only grows.
 */
import type { Contents, KernelMemory } from './kernels.js';
import type { SharedMemory } from './web-assembly.js';

/** Blocks begin at multiples of a cache line. */
const line = 64;
const page = 65536;
/** The first page belongs to the module's own data. */
const base = page;
export const maximumPages = 65536;

interface Block {
  start: number;
  size: number;
}

const blockSize = (length: number): number => Math.max(line, Math.ceil((length * 8) / line) * line);

export class Pool implements KernelMemory {
  readonly #memory: SharedMemory;
  readonly #zero: (at: number, size: number) => void;
  /** Arrays that came back, by their length. */
  readonly #kept = new Map<number, Float64Array[]>();
  /** Free blocks in the order of their addresses: first fit. */
  readonly #free: Block[] = [];
  /** The buffers of before, which show the same memory; few, as each was half as large again as the last. */
  readonly #older: ArrayBufferLike[] = [];
  #buffer: SharedArrayBuffer;
  #bytes = 0;
  #scratch: Float64Array;

  constructor(memory: SharedMemory, zero: (at: number, size: number) => void) {
    this.#memory = memory;
    this.#zero = zero;
    this.#buffer = memory.buffer;
    if (this.#buffer.byteLength > base)
      this.#free.push({ start: base, size: this.#buffer.byteLength - base });
    const scratch = this.take(0);
    if (!scratch) throw new RangeError('there is no room for its memory');
    this.#scratch = scratch;
  }

  get bytes(): number {
    return this.#bytes - blockSize(this.#scratch.length);
  }

  /** Whether an array lies in this memory, so that the kernels can reach it. */
  owns(array: Float64Array): boolean {
    const { buffer } = array;
    return buffer === this.#buffer || this.#older.includes(buffer);
  }

  take(length: number, holds: Contents = 'zeros'): Float64Array | undefined {
    const array = this.#kept.get(length)?.pop() ?? this.#cut(length);
    if (!array) return undefined;
    this.#bytes += blockSize(length);
    if (holds === 'zeros') this.#zero(array.byteOffset, array.byteLength);
    return array;
  }

  /** An array of a free block. */
  #cut(length: number): Float64Array | undefined {
    const size = blockSize(length);
    const block = this.#fitting(size) ?? this.#fittingOnceGivenUp(size) ?? this.#grown(size);
    if (!block) return undefined;
    const array = new Float64Array(this.#buffer, block.start, length);
    block.start += size;
    block.size -= size;
    if (block.size === 0) this.#free.splice(this.#free.indexOf(block), 1);
    return array;
  }

  #fitting(size: number): Block | undefined {
    return this.#free.find((block) => block.size >= size);
  }

  #fittingOnceGivenUp(size: number): Block | undefined {
    if (this.#kept.size === 0) return undefined;
    for (const arrays of this.#kept.values()) for (const array of arrays) this.#giveUp(array);
    this.#kept.clear();
    return this.#fitting(size);
  }

  /** A pointer to room for `length` numbers, of any value, good until the next call: the kernels' own. */
  scratch(length: number): number | undefined {
    if (length > this.#scratch.length) {
      const larger = this.take(length, 'anything');
      if (!larger) return undefined;
      this.give(this.#scratch);
      this.#scratch = larger;
    }
    return this.#scratch.byteOffset;
  }

  give(array: Float64Array): void {
    const { length } = array;
    this.#bytes -= blockSize(length);
    const same = this.#kept.get(length);
    if (array.buffer !== this.#buffer) this.#giveUp(array);
    else if (same) same.push(array);
    else this.#kept.set(length, [array]);
  }

  /** Makes a free block of an array that nobody has. */
  #giveUp(array: Float64Array): void {
    const start = array.byteOffset;
    let low = 0;
    for (let high = this.#free.length; low < high;) {
      const middle = (low + high) >> 1;
      if (this.#free[middle].start < start) low = middle + 1;
      else high = middle;
    }
    this.#free.splice(low, 0, { start, size: blockSize(array.length) });
    this.#join(low);
    if (low > 0) this.#join(low - 1);
  }

  /** Joins a free block with the next one where they touch. */
  #join(index: number): void {
    const here = this.#free[index];
    const next = this.#free.at(index + 1);
    if (here.start + here.size !== next?.start) return;
    here.size += next.size;
    this.#free.splice(index + 1, 1);
  }

  /** The last free block, after the memory has grown until it is at least `size` bytes long. */
  #grown(size: number): Block | undefined {
    const end = this.#buffer.byteLength;
    const last: Block | undefined = this.#free.at(-1);
    const touches = last !== undefined && last.start + last.size === end;
    const missing = Math.ceil((size - (touches ? last.size : 0)) / page);
    const room = maximumPages - end / page;
    if (!(missing <= room)) return undefined;
    try {
      this.#memory.grow(Math.min(room, Math.max(missing, Math.floor(end / page / 2))));
    } catch {
      return undefined;
    }
    this.#older.push(this.#buffer);
    this.#buffer = this.#memory.buffer;
    const gained = this.#buffer.byteLength - end;
    if (touches) last.size += gained;
    else this.#free.push({ start: end, size: gained });
    return this.#free.at(-1);
  }
}
