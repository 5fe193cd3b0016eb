// Says once where the browser is, or that there is none and the tests are skipped.
import { browserPath } from './browser.ts';

export default function setup(): void {
  console.log(
    browserPath === undefined
      ? 'No browser was found, so the tests in a browser are skipped. Install Chromium, or name one in BROWSER_PATH.'
      : `The browser is ${browserPath}.`,
  );
}
