/**
 * One point in a process of its own, so that its peaks are nobody else's. Takes the mode and the sizes as
 * JSON, prints what was counted as JSON. Run with --expose-gc, or what is dead counts as alive.
 */
import { readFileSync } from 'node:fs';
import { EngineError, kernelsInUse, openSimd, useKernels } from '../../engine/index.js';
import { countBytes } from './run.js';
import type { Measured } from './point.js';
import type { MemoryMode, MemorySizes } from './report.js';

const { mode, sizes } = JSON.parse(process.argv[2] ?? '') as {
  mode: MemoryMode;
  sizes: MemorySizes;
};

/** The kernels' own memory is not among the runtime's arrayBuffers: it is asked for apart. */
const simd = kernelsInUse().name === 'simd' ? openSimd() : undefined;
const pool = typeof simd === 'object' ? simd.memory : undefined;
if (typeof simd === 'object') useKernels(simd);

const collect = (globalThis as { gc?: () => void }).gc ?? ((): void => undefined);
function runtimeBytes(): number {
  collect();
  collect();
  return process.memoryUsage().arrayBuffers + (pool?.bytes ?? 0);
}

/** The most resident memory so far. Not resourceUsage where there is /proc: it begins with the parent's peak. */
function peakRss(): number {
  try {
    const [, kilobytes] =
      /^VmHWM:\s*(\d+) kB/m.exec(readFileSync('/proc/self/status', 'utf8')) ?? [];
    if (kilobytes !== undefined) return Number(kilobytes) * 1024;
  } catch {
    // No /proc: macOS, Windows.
  }
  return process.resourceUsage().maxRSS * 1024;
}

try {
  const before = { runtime: runtimeBytes(), rss: process.memoryUsage.rss() };
  let atEnd = 0;
  const result = countBytes(mode, sizes, () => {
    atEnd = runtimeBytes();
  });
  const measured: Measured = {
    ...result,
    runtimeBytes: atEnd - before.runtime,
    peakRssBytes: Math.max(0, peakRss() - before.rss),
  };
  process.stdout.write(JSON.stringify(measured));
} catch (error) {
  if (!(error instanceof EngineError)) throw error;
  process.stderr.write(error.message);
  process.exitCode = 137; // what the engine refuses here, after the sizes were checked, is memory
}
