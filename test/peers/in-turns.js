/** Agreement, and time in turns: ours and a peer's calls alternate, so that both meet the same machine. */

/** How far two arrays are apart, as a share of the largest number of ours; NaN if either has one. */
export function distance(ours, peer) {
  if (ours.length !== peer.length) return NaN;
  let [worst, largest] = [0, 0];
  for (let j = 0; j < ours.length; j++) {
    const difference = Math.abs(ours[j] - peer[j]);
    if (Number.isNaN(difference)) return NaN;
    worst = Math.max(worst, difference);
    largest = Math.max(largest, Math.abs(ours[j]));
  }
  return worst / largest;
}

const quantile = (values, p) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(p * values.length))];

/**
 * A timer: how many calls, and how many before them that are not counted → the milliseconds of those that are. What
 * a call returns is awaited only if it is a promise.
 */
export const timer = (call) => {
  const repeat = async (calls) => {
    for (let n = 0; n < calls; n++) {
      const promise = call();
      if (promise !== undefined) await promise;
    }
  };
  return async (calls, before = 0) => {
    await repeat(before);
    const start = performance.now();
    await repeat(calls);
    return performance.now() - start;
  };
};

/** A reading takes at least so many milliseconds: whoever is woken finds the caches full of the other's numbers. */
const leastMs = 2;

/** Calls shorter than this are warmed by one that is not counted, for the same reason. */
const shortMs = 20;

/** Runs for `ms` milliseconds (at least once), so that all is compiled; a function that takes one reading of a call. */
async function warmUp(time, ms) {
  let [calls, spent, last] = [1, 0, 0];
  do {
    last = await time(calls);
    spent += last;
    if (last < leastMs) calls *= 2;
  } while (spent < ms || last < leastMs);
  const before = last / calls < shortMs ? 1 : 0;
  return async () => (await time(calls, before)) / calls;
}

/**
 * Both are timers. Warm, for about `budgetMs` of both and at least three rounds. The ratio is of the tenth percentiles: the rounds
 * that whatever else runs there left alone.
 */
export async function inTurns(ours, peer, budgetMs) {
  const [readOurs, readPeer] = [await warmUp(ours, budgetMs / 4), await warmUp(peer, budgetMs / 4)];
  const [ourTimes, peerTimes] = [[], []];
  const end = performance.now() + budgetMs;
  do {
    ourTimes.push(await readOurs());
    peerTimes.push(await readPeer());
  } while (performance.now() < end || peerTimes.length < 3);
  const [oursP10Ms, p10Ms] = [quantile(ourTimes, 0.1), quantile(peerTimes, 0.1)];
  return {
    ...{ medianMs: quantile(peerTimes, 0.5), p10Ms },
    ...{ oursMedianMs: quantile(ourTimes, 0.5), oursP10Ms, ratio: p10Ms / oursP10Ms },
  };
}

/** By itself: warm, for about `budgetMs` and at least three rounds. */
export async function alone(time, budgetMs) {
  const read = await warmUp(time, budgetMs / 4);
  const times = [];
  const end = performance.now() + budgetMs;
  do times.push(await read());
  while (performance.now() < end || times.length < 3);
  return { medianMs: quantile(times, 0.5), p10Ms: quantile(times, 0.1) };
}
