// Loads and stores that know of a row's odd last number.

/** Two numbers, or the last one alone. */
// @ts-ignore: decorator
@inline export function take(from: usize, last: bool): v128 {
  return last ? v128.load64_splat(from) : v128.load(from);
}

/** Stores two numbers, or the last one alone. */
// @ts-ignore: decorator
@inline export function put(to: usize, value: v128, last: bool): void {
  if (last) v128.store64_lane(to, value, 0);
  else v128.store(to, value);
}
