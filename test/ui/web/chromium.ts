/**
 * The Chromium of this machine, for tests that look at a page as a reader does. Where there is none the tests
 * are skipped, and say so; BPTT_BROWSER=required makes that a failure (CI sets it).
 */
import { existsSync } from 'node:fs';
import { chromium } from 'playwright-core';
import type { Browser } from 'playwright-core';

const places = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const found = [process.env.BPTT_CHROMIUM, ...places].find(
  (place) => place !== undefined && existsSync(place),
);

/** Why no browser test can run here; undefined where they can. */
export const noBrowser: string | undefined =
  found === undefined
    ? `no Chromium in ${places.join(', ')} (BPTT_CHROMIUM names another place)`
    : undefined;

if (noBrowser !== undefined) {
  if (process.env.BPTT_BROWSER === 'required') throw new Error(noBrowser);
  process.stderr.write(`browser tests are skipped: ${noBrowser}\n`);
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: found!, args: ['--no-sandbox', '--disable-gpu'] });
