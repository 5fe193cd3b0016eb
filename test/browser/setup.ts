// Prints which browser the tests use, or that they are skipped.
import { browserPath } from './browser.ts';

export default function setup(): void {
  console.log(
    browserPath === undefined
      ? 'No browser found: browser tests are skipped. Install Chromium, or set BROWSER_PATH.'
      : `Browser: ${browserPath}`,
  );
}
