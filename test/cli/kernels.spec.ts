/** BPTT_KERNELS from outside: either set gives the same answer, anything else is refused. */
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { node, root } from './bptt.js';

describe.concurrent('BPTT_KERNELS', () => {
  it('changes no bit of an answer', async () => {
    const args = ['gradcheck', 'lstm', '--hidden', '3', '--input', '2', '--steps', '5', '--json'];
    const [loops, simd] = await Promise.all(
      ['loops', 'simd'].map((kernels) => node(args, { env: { BPTT_KERNELS: kernels } })),
    );
    expect(loops).toMatchObject({ status: 0, stderr: '' });
    expect(simd!.stdout).toBe(loops!.stdout);
  });

  it('is refused in one sentence when it names no kernels', async () => {
    const ran = await node(['list'], { env: { BPTT_KERNELS: 'fast' } });
    expect(ran).toMatchObject({
      status: 2,
      stdout: '',
      stderr: 'bptt: Expected BPTT_KERNELS to be loops or simd, got "fast".\n',
    });
  });

  it('reaches who imports the library: simd by default, and a refusal where arrays are first asked for', async () => {
    const library = pathToFileURL(path.join(root, 'dist', 'engine.js')).href;
    const evaluate = (body: string, kernels?: string) =>
      node(['-e', `import * as bptt from ${JSON.stringify(library)}; ${body}`], {
        script: '--input-type=module',
        env: { BPTT_KERNELS: kernels },
      });
    const which = 'console.log(bptt.kernelsInUse().name)';
    const ran = await Promise.all([evaluate(which), evaluate(which, 'loops')]);
    expect(ran.map(({ stdout }) => stdout.trim())).toEqual(['simd', 'loops']);
    const { stdout } = await evaluate(
      'try { new bptt.Arena(); } catch (error) { console.log(error.name, error.message); }',
      'fast',
    );
    expect(stdout).toBe('EngineError Expected BPTT_KERNELS to be loops or simd, got "fast".\n');
  });
});
