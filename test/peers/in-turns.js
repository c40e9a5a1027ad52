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

/** Milliseconds of `calls` calls; what a call returns is awaited only if it is a promise. */
async function took(call, calls) {
  const start = performance.now();
  for (let n = 0; n < calls; n++) {
    const promise = call();
    if (promise !== undefined) await promise;
  }
  return performance.now() - start;
}

/** Runs for `ms` milliseconds (at least once), so that all is compiled; how many calls take a third of one. */
async function warmUp(call, ms) {
  let [calls, spent, last] = [1, 0, 0];
  do {
    last = await took(call, calls);
    spent += last;
    if (last < 0.3) calls *= 2;
  } while (spent < ms);
  return calls;
}

/**
 * Warm, for about `budgetMs` of both and at least three rounds. The ratio is of the tenth percentiles: the rounds
 * that whatever else runs there left alone.
 */
export async function inTurns(ours, peer, budgetMs) {
  const [ourCalls, peerCalls] = [
    await warmUp(ours, budgetMs / 4),
    await warmUp(peer, budgetMs / 4),
  ];
  const [ourTimes, peerTimes] = [[], []];
  const end = performance.now() + budgetMs;
  do {
    ourTimes.push((await took(ours, ourCalls)) / ourCalls);
    peerTimes.push((await took(peer, peerCalls)) / peerCalls);
  } while (performance.now() < end || peerTimes.length < 3);
  const [oursP10Ms, p10Ms] = [quantile(ourTimes, 0.1), quantile(peerTimes, 0.1)];
  return { medianMs: quantile(peerTimes, 0.5), p10Ms, oursP10Ms, ratio: p10Ms / oursP10Ms };
}
