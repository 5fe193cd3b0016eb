// The browser for the tests, if one is installed.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const CANDIDATES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const { BROWSER_PATH } = process.env;

/** The path of a browser; undefined if none is found. BROWSER_PATH overrides it. */
export const browserPath = (BROWSER_PATH ? [BROWSER_PATH] : CANDIDATES).find(existsSync);

/** Starts the browser with a new profile, and without background requests of its own. */
export function openBrowser(): Promise<Browser> {
  return chromium.launch({
    ...(browserPath === undefined ? {} : { executablePath: browserPath }),
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}
