/** One point in a process of its own: the built child, which npm test has built. */
import { describe, expect, it } from 'vitest';
import { PointFailed, measureInChild, predictedBytes } from '../../../src/bench/index.js';
import type { MemoryMode } from '../../../src/bench/index.js';

describe.concurrent('a point in a process of its own', () => {
  it.each<MemoryMode>(['lstm-bptt', 'lstm-streaming', 'attention-online'])(
    '%s: counted as predicted, and the runtime holds as many bytes as the arena says',
    async (mode) => {
      const sizes = { T: 512, hidden: 32, heads: 2, k: 16 };
      const got = await measureInChild(mode, sizes);
      expect(got.measured).toEqual(predictedBytes(mode, sizes).byClass);
      expect(Math.abs(got.runtimeBytes - got.heldBytes)).toBeLessThan(1024);
      expect(got.peakRssBytes).toBeGreaterThan(0);
    },
  );

  it('that the engine refuses says why', async () => {
    const refused = measureInChild('lstm-truncated', { T: 4, hidden: 4, heads: 1, k: 0 });
    await expect(refused).rejects.toThrow(PointFailed);
    await expect(refused).rejects.toThrow(/lstm-truncated at T = 4 .*got 0/);
  });

  it('is killed when it is no longer wanted', async () => {
    const ending = new AbortController();
    const endless = measureInChild(
      'attention-kv-cache',
      { T: 200_000, hidden: 1, heads: 1, k: 1 },
      ending.signal,
    );
    setTimeout(() => ending.abort(), 200);
    await expect(endless).rejects.toThrow(/abort/i);
  });
});
