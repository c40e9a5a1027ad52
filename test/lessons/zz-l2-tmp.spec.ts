import { it } from 'vitest';
import { writeFileSync } from 'node:fs';
import { charts, worked } from '../../src/lessons/index.js';
import { chart } from '../../src/ui/chart.js';
import { paintWith } from '../../src/ui/paint.js';
it('x', () => {
  let s = '';
  for (const id of [
    'attention-query',
    'attention-back',
    'online-softmax',
    'memory-by-mode',
    'work-per-token',
    'numbers-to-know',
    'adam-step',
    'clipped',
    'recurrent-starts',
  ]) {
    try {
      s += `\n## ${id}\n` + worked[id]!().join('\n') + '\n';
    } catch (e) {
      s += String((e as Error).stack);
    }
  }
  for (const id of [
    'attention-scale',
    'memory-by-length',
    'credit-by-distance',
    'difference-error',
    'truncated-reach',
  ]) {
    const t = performance.now();
    try {
      s +=
        `\n## ${id}\n` +
        chart(charts[id]!(), { width: 76, paint: paintWith(false) }).join('\n') +
        `\n${performance.now() - t} ms`;
    } catch (e) {
      s += String((e as Error).stack);
    }
  }
  writeFileSync('/tmp/l2t/out.txt', s);
});
