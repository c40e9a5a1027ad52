/** What one types for bptt: by the path, and by where the package lies. */
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { typed } from '../../src/commands/typed.js';

const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'bptt-typed-')));
afterAll(() => fs.rmSync(folder, { recursive: true }));

describe('what to type for bptt', () => {
  const place = (root: string): { root: string; bin: string } => {
    fs.mkdirSync(path.join(root, 'bin'), { recursive: true });
    fs.writeFileSync(path.join(root, 'bin', 'run.js'), '');
    return { root, bin: path.join(root, 'bin', 'run.js') };
  };

  it('is not what npm puts on the path of what it runs', () => {
    const clone = place(path.join(folder, 'running'));
    for (const name of [path.join('node_modules', '.bin'), 'node-gyp-bin']) {
      const PATH = path.join(folder, 'npm', name);
      fs.mkdirSync(PATH, { recursive: true });
      fs.symlinkSync(clone.bin, path.join(PATH, 'bptt'));
      expect(typed(clone.root, { PATH })).toContain('npm link');
    }
  });

  it('is found out: by the path, and by where the package lies', () => {
    const clone = place(path.join(folder, 'clone'));
    const installed = place(path.join(folder, 'project', 'node_modules', 'bptt'));
    const shims = path.join(folder, 'project', 'node_modules', '.bin');
    const global = path.join(folder, 'global');
    for (const one of [shims, global]) fs.mkdirSync(one, { recursive: true });
    fs.symlinkSync(installed.bin, path.join(shims, 'bptt'));
    const PATH = ['/nonexistent', shims, global].join(path.delimiter);

    expect(typed(clone.root, { PATH })).toMatch(/npm link in .*clone .*node .*clone.bin.run\.js/);
    expect(typed(installed.root, { PATH })).toContain('npx bptt');
    expect(typed(clone.root, {})).toContain('npm link');
    fs.symlinkSync(clone.bin, path.join(global, 'bptt'));
    expect(typed(clone.root, { PATH })).toBeUndefined();
    expect(typed(installed.root, { PATH })).toContain('npx bptt'); // the name is another's
  });
});
