// Every command for members, typed in the page: guides, questions, topics, mentions, direct messages.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { become, box, enter, goTo, last, messages, notice, press, suggestions, take, type } from './actions.ts';
import { browserPath } from './browser.ts';
import { titleOf } from './titles.ts';
import { openPreview, type Preview } from './world.ts';

describe.skipIf(browserPath === undefined)('a member in the preview', () => {
  let preview: Preview;
  beforeAll(async () => {
    preview = await openPreview();
  });
  afterAll(async () => {
    await preview.stop();
  });

  async function visit(place = '# general'): Promise<Page> {
    const page = await preview.visit();
    await goTo(page, place);
    return page;
  }

  /** Chooses /ask from the list, types the question, and sends it. */
  async function ask(page: Page, question: string): Promise<void> {
    await type(page, '/as');
    await take(page, /^\/ask /);
    await expect.poll(() => box(page).inputValue()).toBe('/ask question:');
    await type(page, question);
    await page.keyboard.press('Escape');
    await enter(page);
    await last(page).locator('.above', { hasText: 'Mina used /ask' }).waitFor();
  }

  it.each([
    ['/close-account', 'money', titleOf('close-account#money')],
    ['/new-account', 'login', titleOf('new-account#login')],
    ['/second-account', 'wifi', titleOf('second-account#household')],
  ])('%s opens a page from the list, and shows it to everyone with share', async (command, typed, title) => {
    const page = await visit();
    for (const isShared of [false, true]) {
      await type(page, command.slice(0, 6));
      await take(page, new RegExp(`^${command} `));
      await take(page, 'page:');
      await type(page, typed);
      await take(page, title);
      if (isShared) {
        await take(page, 'share:');
        await take(page, 'true');
      }
      await enter(page);
      await last(page).getByRole('heading', { name: title }).waitFor();
      expect(await last(page).getByText('Only you can see this').count()).toBe(isShared ? 0 : 1);
    }
    await become(page, 'Omar');
    await last(page).getByRole('heading', { name: title }).waitFor();
    expect(await messages(page).filter({ hasText: title }).count()).toBe(1);
  });

  it('/ask answers, offers a choice, or says that it does not know', async () => {
    const page = await visit();
    await ask(page, 'can i have two accounts at the same time');
    await last(page).getByRole('button', { name: 'Not this' }).waitFor();
    await press(page, 'Not this');
    await last(page).getByRole('button', { name: 'None of these' }).waitFor();
    await ask(page, 'account');
    await last(page).getByRole('heading', { name: en.ask.unsure }).waitFor();
    await ask(page, 'what is the capital of France?');
    await last(page).getByRole('heading', { name: en.ask.unknown }).waitFor();
  });

  it('/faq shows a topic to everyone, addressed to a member', async () => {
    const page = await visit();
    await type(page, '/faq');
    await take(page, /^\/faq /);
    await expect.poll(() => box(page).inputValue()).toBe('/faq topic:');
    await type(page, 'second');
    await take(page, titleOf('second-account#why'));
    await take(page, 'member:');
    await take(page, '@Omar');
    await enter(page);
    await last(page).getByText('For @Omar:').waitFor();
    await become(page, 'Omar');
    await last(page)
      .getByRole('heading', { name: titleOf('second-account#why') })
      .waitFor();
    expect(await last(page).getAttribute('class')).toContain('mentioned');
  });

  it('/help describes the bot, and its buttons open the guides', async () => {
    const page = await visit();
    await type(page, '/help');
    await take(page, '/help');
    await enter(page);
    await last(page)
      .getByRole('heading', { name: /^Guidepost/ })
      .waitFor();
    await press(page, titleOf('new-account#where'));
    await last(page)
      .getByRole('heading', { name: titleOf('new-account#where') })
      .waitFor();
  });

  it('gets an answer to a message that mentions the bot, as a reply', async () => {
    const page = await visit();
    await type(page, '@Gu');
    await take(page, '@Guidepost');
    await page.keyboard.type('may I have two accounts?');
    await enter(page);
    await last(page).locator('.above', { hasText: 'Mina @Guidepost may I have two accounts?' }).waitFor();
    await last(page).locator('discord-embed').waitFor();
  });

  it('gets an answer in a direct message, and can use guides and /ask there', async () => {
    const page = await visit('@ Guidepost');
    await box(page).focus();
    await page.keyboard.type('may I have two accounts?');
    await enter(page);
    await expect.poll(() => messages(page).count()).toBe(2);
    await last(page).locator('discord-embed').waitFor();
    await ask(page, 'what is the capital of France?');
    await type(page, '/');
    const offered = (await suggestions(page).allTextContents()).join();
    expect(offered).toContain('/close-account');
    expect(offered).not.toContain('/insights');
  });

  it.each([
    ['/faq-edit add', 'Manage Messages'],
    ['/faq-pin list', 'Pin Messages'],
    ['/insights', 'Manage Messages'],
  ])('is not offered %s, and sees which permission it needs', async (command, permission) => {
    const page = await visit();
    await type(page, command);
    expect(await suggestions(page).count()).toBe(0);
    await enter(page);
    await expect
      .poll(() => notice(page).textContent())
      .toContain(`only to members with the permission ${permission}, which Mina does not have here`);
    expect(await box(page).inputValue()).toBe(command);
  });

  it('is not offered the moderators’ commands in a message’s menu', async () => {
    const page = await visit();
    await last(page)
      .getByRole('button', { name: /^More actions for this message/ })
      .click();
    expect(await page.getByRole('menuitem').allTextContents()).not.toContain('Apps: Answer with FAQ');
  });

  it('loads nothing from other hosts and logs no errors to the console', () => {
    expect(preview.foreignRequests).toEqual([]);
    expect(preview.consoleErrors).toEqual([]);
  });
});
