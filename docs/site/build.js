// Builds the docs site: `npm run docs`, or `node docs/site/build.js --out <folder>`. Exits with 1, and writes why,
// where a public export or a member of one has no docstring, a link is dead or a fence is of an unknown kind.
import { cp, mkdtemp, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const { out } = parseArgs({ options: { out: { type: 'string', default: 'site' } } }).values;

/** Whether a folder is ours to replace: not there, empty, or a site. */
async function replaceable(folder) {
  const names = await readdir(folder).catch((error) => {
    if (error.code === 'ENOENT') return [];
    if (error.code === 'ENOTDIR') return ['a file'];
    throw error;
  });
  return names.length === 0 || (names.includes('index.html') && names.includes('assets'));
}

/** What is wrong with the site, after building it; it is put in its place when nothing is. */
async function faults() {
  if (!(await replaceable(out))) return [`${out} holds something else than a site.`];
  // Below the root, because what is bundled finds its packages, and bptt itself, from there.
  const folder = await mkdtemp(path.join(root, 'dist.site-'));
  try {
    const outfile = path.join(folder, 'site.js');
    await build({
      entryPoints: [path.join(root, 'docs/site/site.ts')],
      outfile,
      bundle: true,
      format: 'esm',
      platform: 'node',
      target: 'node20.17',
      packages: 'external',
      logLevel: 'warning',
    });
    const { buildSite, ourSite } = await import(pathToFileURL(outfile).href);
    const built = path.join(folder, 'site');
    const found = await buildSite({ ...ourSite(root), out: built });
    if (found.length === 0) {
      await rm(out, { recursive: true, force: true });
      await cp(built, out, { recursive: true });
    }
    return found;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const found = await faults();
for (const fault of found) console.error(fault);
if (found.length > 0) process.exitCode = 1;
else console.log(`The docs are in ${path.join(out, 'index.html')}.`);
