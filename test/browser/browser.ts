// A browser for the tests, where one is installed.
import { existsSync } from 'node:fs';
import { type Browser, chromium } from 'playwright-core';

const PLACES = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

const { BROWSER_PATH } = process.env;

/** Where a browser is; undefined where none is found. BROWSER_PATH names one elsewhere. */
export const browserPath = (BROWSER_PATH ? [BROWSER_PATH] : PLACES).find(existsSync);

/** Starts the browser with a profile of its own, and without what it would fetch for itself. */
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
