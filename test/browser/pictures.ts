// Takes the screenshots of the README from the real bot: `npm run screenshots`.
import { mkdirSync } from 'node:fs';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { become, complete, fillIn, goTo, last, post, press, send, setUpServer } from './actions.ts';
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

  it('an answer in a forum, and that of a helper', async () => {
    const page = await preview.visit('/', { ...OPTIONS, viewport: { width: 1200, height: 640 } });
    await become(page, 'Omar');
    await goTo(page, '# start-here');
    await setUpServer(page);
    await become(page, 'Mina');
    await goTo(page, 'Forum: questions');
    await post(page, 'Can I have a second account?', 'My first one is for design, and I want to sell writing, too.');
    await last(page).getByText(titleOf('second-account#why')).waitFor();
    await press(page, en.button.askPerson);
    await fillIn(page, { [en.person.question]: 'Can I sell design and writing with one account?' });
    await last(page)
      .getByText(/^Sent to the helpers/)
      .waitFor();
    await page.getByRole('button', { name: 'Dismiss message' }).click();
    await become(page, 'Hana');
    await goTo(page, '# helpers');
    await press(page, en.button.answered);
    await fillIn(page, {
      [en.person.answer]: 'Yes: you can have a specialized profile for each. Tell us if you get stuck!',
    });
    await last(page)
      .getByRole('link', { name: /message$/ })
      .click();
    await become(page, 'Mina');
    await last(page).getByText('an answer from @Hana').waitFor();
    await page.mouse.move(600, 500);
    await page.waitForTimeout(500);
    await page.screenshot({ path: `${FOLDER}/forum.png` });
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
