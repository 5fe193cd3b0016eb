// Takes the screenshots of the README from the real bot: `npm run screenshots`.
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { become, complete, goTo, last, press, send } from './actions.ts';
import { browserPath } from './browser.ts';
import { labelTo, titleOf } from './titles.ts';
import { openPreview, type Preview } from './world.ts';

const FOLDER = 'docs/pictures';
const OPTIONS = { colorScheme: 'dark', viewport: { width: 1200, height: 800 } } as const;

describe.skipIf(browserPath === undefined)('pictures', () => {
  let preview: Preview;
  beforeAll(async () => {
    mkdirSync(FOLDER, { recursive: true });
    preview = await openPreview();
  });
  afterAll(async () => {
    await preview.stop();
  });

  it('a member on a walk', async () => {
    const page = await preview.visit('/', { ...OPTIONS, viewport: { width: 1200, height: 1020 } });
    await send(page, '/close-account');
    await press(page, labelTo('close-account#goal', 'close-account#before'));
    await last(page)
      .getByRole('heading', { name: titleOf('close-account#before') })
      .waitFor();
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${FOLDER}/walk.png` });
  });

  it('a pinned answer', async () => {
    const page = await preview.visit('/', OPTIONS);
    await become(page, 'Omar');
    await goTo(page, '# general');
    await complete(page, '/faq-pin add topic:second', 'second');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('button', { name: 'Pinned messages (1)' }).click();
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${FOLDER}/pinned.png` });
  });

  it('the map', async () => {
    const page = await preview.visit('/map', {
      ...OPTIONS,
      colorScheme: 'light',
      viewport: { width: 1400, height: 900 },
    });
    await page
      .locator('.node', { hasText: titleOf('close-account#before') })
      .first()
      .click();
    await page.locator('#detail discord-embed').waitFor();
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${FOLDER}/map.png` });
  });
});
