/**
 * Arrays as pointers for one call: an array in the pool is its own pointer, any other is copied in before
 * the call and, if the call writes it, back afterwards. On the way of arrays in the pool nothing is allocated.
 */
import type { Pool } from './pool.js';

interface Copy {
  readonly of: Float64Array;
  readonly copy: Float64Array;
  readonly back: boolean;
}

/** What a loan that was not given throws, within `call` only. */
const refused = new Error('There is no room for a copy.');

/** The loans of one pool, one call at a time. */
export class Loans {
  readonly #pool: Pool;
  readonly #copies: Copy[] = [];
  #budget = 0;

  constructor(pool: Pool) {
    this.#pool = pool;
  }

  /**
   * Makes the call, whose arguments are `reads` and `writes` of arrays; or else does what is `instead`, with nothing
   * done before it, if the pool has no room for the copies or more than `budget` numbers would be copied, there and back.
   */
  call(call: () => void, instead: () => void, budget = Infinity): void {
    this.#budget = budget;
    try {
      call();
    } catch (error) {
      this.#end(false);
      if (error !== refused) throw error;
      instead();
      return;
    }
    if (this.#copies.length > 0) this.#end(true);
  }

  /** A pointer to the first `count` numbers of an array that the call reads. */
  reads(array: Float64Array, count = array.length): number {
    return this.#pool.owns(array) ? array.byteOffset : this.#copy(array, count, false);
  }

  /** A pointer to the first `count` numbers of an array that the call writes. */
  writes(array: Float64Array, count = array.length): number {
    return this.#pool.owns(array) ? array.byteOffset : this.#copy(array, count, true);
  }

  #copy(of: Float64Array, count: number, back: boolean): number {
    this.#budget -= back ? 2 * count : count;
    const copy = this.#budget < 0 ? undefined : this.#pool.take(count, 'anything');
    if (!copy) throw refused;
    this.#copies.push({ of, copy, back });
    copy.set(of.length === count ? of : of.subarray(0, count));
    return copy.byteOffset;
  }

  #end(done: boolean): void {
    for (const { of, copy, back } of this.#copies) {
      if (done && back) of.set(copy);
      this.#pool.give(copy);
    }
    this.#copies.length = 0;
  }
}
