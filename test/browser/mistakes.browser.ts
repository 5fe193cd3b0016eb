// Wrong input in the page: an error message says what to do, and the input is kept.
import { utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { become, box, chooseFile, dialog, download, enter, fillIn, goTo, last, notice, send, type } from './actions.ts';
import { browserPath } from './browser.ts';
import { openPreview, type Preview } from './world.ts';

describe.skipIf(browserPath === undefined)('the preview, after wrong input,', () => {
  let preview: Preview;
  beforeAll(async () => {
    preview = await openPreview();
  });
  afterAll(async () => {
    await preview.stop();
  });

  async function visitAsModerator(place = '# general'): Promise<Page> {
    const page = await preview.visit();
    await become(page, 'Omar');
    await goTo(page, place);
    return page;
  }

  let visited: Page | undefined;
  it.each([
    ['/faq', '/faq needs topic'],
    ['/faq topic:', 'The option topic is empty: enter a value or remove the option'],
    ['/faq topic:close member:@Nobody', 'The option member takes a user, such as @name'],
    ['/faq-pin add topic:close channel:#nowhere', 'The option channel takes a channel, such as #name'],
    ['/help share:perhaps', 'Write each value as option:value, not just share:perhaps'],
    ['/close-account share:perhaps', 'The option share takes true or false'],
    ['/insights days:soon', 'The option days takes a whole number'],
    ['/insights days:91', 'The option days takes a number from 1 to 90, not 91'],
    ['/faq-edit import', '/faq-edit import needs file: choose a file below'],
    ['/faq-edit', '/faq-edit is not a complete command. Try /faq-edit add, /faq-edit change'],
    ['/hel', '/hel is not a complete command. Try /help'],
    ['/nothing', '/nothing is not a command here'],
  ])('shows an error for %s above the input and keeps what was typed', async (line, sentence) => {
    visited ??= await visitAsModerator();
    const page = visited;
    await send(page, line);
    await expect.poll(() => notice(page).textContent()).toContain(sentence);
    expect(await box(page).inputValue()).toBe(line);
    await type(page, ' ');
    expect(await notice(page).textContent()).toBe('');
  });

  it('shows an error for a command that works in servers only', async () => {
    const page = await visitAsModerator('@ Guidepost');
    await send(page, '/insights');
    await expect.poll(() => notice(page).textContent()).toBe("/insights can't be used here, only in servers");
  });

  it('keeps a form with an error open, focuses the field, and keeps what was typed', async () => {
    const page = await visitAsModerator();
    await send(page, '/faq-edit add');
    const long = 'x'.repeat(4100);
    await fillIn(page, { Text: long });
    await dialog(page).getByRole('alert').getByText('Title: enter a text.').waitFor();
    await dialog(page).getByText('Text: use at most 4000 characters (now 4100).').waitFor();
    const title = dialog(page).getByLabel('Title');
    expect(await title.evaluate((node) => node.matches(':focus'))).toBe(true);
    expect(await title.getAttribute('aria-invalid')).toBe('true');
    expect(await dialog(page).getByLabel('Text').inputValue()).toBe(long);
    await fillIn(page, { Title: 'A title', Text: long.slice(0, 3900) });
    await last(page).getByText('Saved: A title.').waitFor();
  });

  it('that the bot finds in a form comes back as text and file', async () => {
    const page = await visitAsModerator();
    await send(page, '/faq-edit add');
    await fillIn(page, { Title: 'A link', Text: 'See http://example.com' });
    await last(page).getByText('must begin with https://').waitFor();
    await dialog(page).waitFor({ state: 'hidden' });
    expect((await download(page)).text).toContain('See http://example.com');
  });

  it('shows the position of an error in a file, and the arrow key brings the command back', async () => {
    const page = await visitAsModerator();
    await type(page, '/faq-edit import ');
    await chooseFile(page, 'picture.png', Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0xff));
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await last(page).getByText('picture.png:1:1 F001 The file is not text in UTF-8').waitFor();
    await last(page).getByText(en.exchange.findings).waitFor();
    await expect.poll(() => box(page).inputValue()).toBe('');
    await box(page).press('ArrowUp');
    expect(await box(page).inputValue()).toBe('/faq-edit import ');
    await chooseFile(page, 'words.md', 'only words');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await last(page).getByText('words.md:1:1 F004').waitFor();
  });

  it('shows an error for a file that changed after it was chosen', async () => {
    const page = await visitAsModerator();
    const path = join(preview.content, '..', 'replies.md');
    writeFileSync(path, 'first');
    // Chromium compares whole seconds.
    utimesSync(path, new Date('2026-01-01'), new Date('2026-01-01'));
    await type(page, '/faq-edit import ');
    await page.getByLabel('file:').setInputFiles(path);
    // Chromium stores a file's time shortly after it was chosen. After a read it is stored for sure.
    expect(await page.evaluate('document.querySelector("input[type=file]").files[0].text()')).toBe('first');
    writeFileSync(path, 'changed since then');
    await box(page).focus();
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => notice(page).textContent())
      .toBe('replies.md was changed or moved after you chose it. Please choose it again');
    expect(await box(page).inputValue()).toBe('/faq-edit import ');
  });

  it('leaves no errors on the console, and asks nothing of other hosts', async () => {
    const page = await visitAsModerator();
    await type(page, '/nothing');
    await enter(page);
    expect(preview.foreignRequests).toEqual([]);
    expect(preview.consoleErrors).toEqual([]);
  });
});
