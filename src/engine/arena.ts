/**
 * The arena: every array that the engine makes comes from here, so that what a memory report says is
 * what was allocated. It counts; it is not a garbage collector: freed arrays go back to the runtime.
 */
import { EngineError } from './errors.js';
import { sizeOf, slabSize } from './alphabet.js';
import { expectKernels, kernels } from './kernels/current.js';
import type { Arrays, Dims, ShapeTable } from './alphabet.js';
import type { Contents, KernelMemory } from './kernels/kernels.js';

/** What an array is for. */
export const memoryClasses = ['parameters', 'state', 'tape', 'workspace', 'gradients'] as const;
/** What an array is for: one of memoryClasses. The memory report adds up bytes by it. */
export type MemoryClass = (typeof memoryClasses)[number];

/** Bytes by class. */
export type ByteCounts = Record<MemoryClass, number>;

/** Named arrays that lie one behind the other in one block of memory. */
export type Slab<Name extends string = string> = Arrays<Name> & {
  /** The whole block, of which the named arrays are views. */
  readonly slab: Float64Array;
};

const none = (): ByteCounts => ({ parameters: 0, state: 0, tape: 0, workspace: 0, gradients: 0 });

/** An array, what it is for, and the memory that it goes back to, unless that is the collector's. */
interface Owned {
  readonly array: Float64Array;
  readonly memoryClass: MemoryClass;
  readonly memory: KernelMemory | undefined;
}

function ordinary(memoryClass: MemoryClass, length: number): Float64Array {
  try {
    return new Float64Array(length);
  } catch {
    throw new EngineError(`Could not allocate ${length * 8} bytes of ${memoryClass}.`);
  }
}

/**
 * Where every array of the engine comes from, counted in bytes by what it is for. What is allocated inside
 * `scope` is free again after it.
 *
 * @example
 * ```ts
 * import { Arena } from 'bptt';
 *
 * const arena = new Arena();
 * const kept = arena.alloc('state', 4);
 * const during = arena.scope(() => {
 *   arena.alloc('tape', 100);
 *   return arena.live.tape;
 * });
 * during; // → 800
 * arena.live.tape; // → 0
 * arena.live.state; // → 32
 * kept; // → [0, 0, 0, 0]
 * ```
 */
export class Arena {
  /** What is live: beyond any scope, and of each scope that is open, the newest last. */
  readonly #live: Owned[][] = [[]];
  readonly #bytes = none();
  readonly #peak = none();
  #liveBytes = 0;
  #peakBytes = 0;

  /** @throws {EngineError} if BPTT_KERNELS asks for kernels that there are not. */
  constructor() {
    expectKernels();
  }

  /** Bytes allocated and not yet freed, by class. */
  get live(): Readonly<ByteCounts> {
    return { ...this.#bytes };
  }

  /** The most bytes that were live at once, for each class by itself. */
  get peak(): Readonly<ByteCounts> {
    return { ...this.#peak };
  }

  /** Bytes live now, over all classes. */
  get liveBytes(): number {
    return this.#liveBytes;
  }

  /** The most bytes that were live at once, over all classes together. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  /**
   * An array of zeros, or of anything where it is written before it is read: (length). Inside a scope it lies in the kernels' memory and is theirs again when the
   * scope ends; outside it is an ordinary array, which may outlive the arena.
   * @throws {EngineError} if the runtime cannot give that much.
   */
  alloc(memoryClass: MemoryClass, length: number, holds: Contents = 'zeros'): Float64Array {
    return this.#live.length > 1
      ? this.#take(memoryClass, length, holds, this.#live.at(-1)!)
      : this.#own(
          { array: ordinary(memoryClass, length), memoryClass, memory: undefined },
          this.#live[0],
        );
  }

  /**
   * Like alloc, in the kernels' memory and beyond any scope: until it is freed by hand, and never otherwise.
   * @throws {EngineError} if the runtime cannot give that much.
   */
  hold(memoryClass: MemoryClass, length: number, holds: Contents = 'zeros'): Float64Array {
    return this.#take(memoryClass, length, holds, this.#live[0]);
  }

  #take(memoryClass: MemoryClass, length: number, holds: Contents, scope: Owned[]): Float64Array {
    const { memory } = kernels;
    const array = memory.bytes === undefined ? undefined : memory.take(length, holds);
    return array
      ? this.#own({ array, memoryClass, memory }, scope)
      : this.#own({ array: ordinary(memoryClass, length), memoryClass, memory: undefined }, scope);
  }

  #own(owned: Owned, scope: Owned[]): Float64Array {
    const { array, memoryClass } = owned;
    const { byteLength } = array;
    scope.push(owned);
    const bytes = (this.#bytes[memoryClass] += byteLength);
    this.#liveBytes += byteLength;
    if (bytes > this.#peak[memoryClass]) this.#peak[memoryClass] = bytes;
    if (this.#liveBytes > this.#peakBytes) this.#peakBytes = this.#liveBytes;
    return array;
  }

  /** All arrays of a table of shapes as views of one block, in the table's order. */
  slab<Name extends string>(
    memoryClass: MemoryClass,
    shapes: ShapeTable<Name>,
    dims: Dims,
    holds: Contents = 'zeros',
  ): Slab<Name> {
    const slab = this.alloc(memoryClass, slabSize(shapes, dims), holds);
    const views: Record<string, Float64Array> = { slab };
    let start = 0;
    for (const name of Object.keys(shapes) as Name[]) {
      const end = start + sizeOf(shapes[name], dims);
      views[name] = slab.subarray(start, end);
      start = end;
    }
    return views as Slab<Name>;
  }

  /** Gives an array (or a slab's block) back. @throws {EngineError} if it is not live here. */
  free(array: Float64Array): void {
    for (const scope of this.#live.toReversed()) {
      const place = scope.findLastIndex((owned) => owned.array === array);
      if (place < 0) continue;
      this.#release(scope.splice(place, 1)[0]);
      return;
    }
    throw new EngineError('Freed an array that is not live in this arena (freed twice?).');
  }

  #release({ array, memoryClass, memory }: Owned): void {
    this.#bytes[memoryClass] -= array.byteLength;
    this.#liveBytes -= array.byteLength;
    memory?.give(array);
  }

  /**
   * Runs the body and then frees everything that it allocated, also when it throws. What leaves the scope
   * must be copied: the memory of an array that was freed is handed out again.
   */
  scope<Result>(body: () => Result): Result {
    const scope: Owned[] = [];
    this.#live.push(scope);
    try {
      return body();
    } finally {
      this.#live.pop();
      for (const owned of scope.reverse()) this.#release(owned);
    }
  }
}
