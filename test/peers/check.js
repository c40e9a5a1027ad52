/** The exhaustive gradient check as `bptt bench speed` times it: no entry of the package has it, so it is bundled here. */
import { build } from 'esbuild';
import { fileURLToPath } from 'node:url';

const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL('../../src/bench/gradient-work.ts', import.meta.url))],
  ...{ bundle: true, format: 'esm', platform: 'node', write: false, logLevel: 'warning' },
});
const text = Buffer.from(outputFiles[0].contents).toString('base64');
const { checkedConfig, gradientWork } = await import(`data:text/javascript;base64,${text}`);

/** Its sizes, one call, and its verdict: 1 where it passes. */
export const checked = gradientWork(checkedConfig).open(({ parts, everything }) => ({
  config: checkedConfig,
  call: parts[0].call,
  outputs: () => [everything()],
}));
