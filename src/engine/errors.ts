/** What the engine refuses, once, at its border. Inner loops have no checks. */
import { resolve, sizeOf } from './alphabet.js';
import type { Dims, Shape } from './alphabet.js';

/** Sizes or arrays that do not fit: the message is one sentence that names the argument. */
export class EngineError extends RangeError {
  /** Always EngineError. */
  override readonly name = 'EngineError';
}

/** @throws {EngineError} unless every size is an integer of at least 1 (O: at least 0). */
export function expectDims(dims: Dims): void {
  for (const axis of ['T', 'B', 'D', 'H'] as const) {
    const n = dims[axis];
    if (!Number.isSafeInteger(n) || n < 1)
      throw new EngineError(`Expected ${axis} to be a positive integer, got ${n}.`);
  }
  const { O = 0 } = dims;
  if (!Number.isSafeInteger(O) || O < 0)
    throw new EngineError(`Expected O to be an integer of at least 0, got ${O}.`);
}

/** @throws {EngineError} unless the array has as many elements as its shape says. */
export function expectShape(name: string, array: Float64Array, shape: Shape, dims: Dims): void {
  if (array.length === sizeOf(shape, dims)) return;
  throw new EngineError(
    `Expected ${name} to be (${shape.join(',')}) = (${resolve(shape, dims).join(',')}), ` +
      `${sizeOf(shape, dims)} numbers, got ${array.length}.`,
  );
}
