// Pins, insights and "Answer with FAQ", as a moderator uses them in the page.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import {
  become,
  dialog,
  enter,
  fillIn,
  focusBy,
  goTo,
  last,
  messages,
  onTopic,
  openInsights,
  press,
  send,
  take,
  type,
} from './actions.ts';
import { browserPath } from './browser.ts';
import { titleOf } from './titles.ts';
import { openPreview, type Preview } from './world.ts';

describe.skipIf(browserPath === undefined)('a moderator who maintains channels in the preview', () => {
  let preview: Preview;
  beforeAll(async () => {
    preview = await openPreview();
  });
  afterAll(async () => {
    await preview.stop();
  });

  async function visitAsModerator(channel = '# general'): Promise<Page> {
    const page = await preview.visit();
    await become(page, 'Omar');
    await goTo(page, channel);
    return page;
  }

  it('/faq-pin adds, lists and removes; a link to a message opens it', async () => {
    const page = await visitAsModerator('# start-here');
    await onTopic(page, '/faq-pin add', 'second', titleOf('second-account#why'));
    await page.getByRole('button', { name: 'Pinned messages (1)' }).waitFor();
    await goTo(page, '# general');
    await type(page, '/faq-pin list');
    await enter(page);
    await last(page).getByText('up to date').waitFor();
    await last(page).getByRole('link', { name: '#start-here › message' }).click();
    await page.getByRole('heading', { name: 'start-here' }).waitFor();
    await expect.poll(() => page.locator('li.message:focus').textContent()).toContain(titleOf('second-account#why'));
    await onTopic(page, '/faq-pin remove', 'second', titleOf('second-account#why'));
    await last(page).getByText('Removed from #start-here').waitFor();
    await page.getByRole('button', { name: 'Pinned messages (0)' }).waitFor();
  });

  it('/faq-pin add can pin in another channel', async () => {
    const page = await visitAsModerator();
    await type(page, '/faq-pin add topic:close');
    await take(page, titleOf('close-account#goal'));
    await type(page, 'ch');
    await take(page, 'channel:');
    await type(page, 'ann');
    await take(page, '#announcements');
    await enter(page);
    await last(page).getByText('Pinned in #announcements').waitFor();
  });

  it('/insights shows a chart with a text alternative, and the numbers next to it', async () => {
    const page = await visitAsModerator();
    await send(page, '/close-account share:true');
    await last(page)
      .getByRole('heading', { name: titleOf('close-account#goal') })
      .waitFor();
    for (const [line, title] of [
      ['/insights', 'Insights: the last 30 days'],
      ['/insights days:7', 'Insights: the last 7 days'],
    ] as const) {
      await openInsights(page, line, 'img', /^Bar chart/);
      await last(page).getByRole('heading', { name: title }).waitFor();
      const chart = last(page).getByRole('img', { name: /^Bar chart: / });
      await expect.poll(async () => (await chart.boundingBox())?.height).toBeGreaterThan(50);
      await last(page).getByText(en.insights.series).waitFor();
    }
  });

  it('/insights lists questions without an answer, each with a button that opens the form', async () => {
    const page = await preview.visit();
    await goTo(page, '# general');
    await send(page, '/ask question:what is the capital of France?');
    await last(page).getByText(en.ask.unknown).waitFor();
    await become(page, 'Omar');
    await openInsights(page, '/insights', 'button', /^Write a reply: what is the capital of France/);
    await press(page, 'Write a reply: what is the capital of France?');
    expect(await dialog(page).getByLabel('Title').inputValue()).toBe('what is the capital of France?');
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog(page).count()).toBe(0);
  });

  it('Answer with FAQ replies to a message, by the list and by a search', async () => {
    const page = await preview.visit();
    await goTo(page, '# general');
    const question = `Can I have a second account? ${'Please? '.repeat(3)}`.trim();
    for (const how of ['list', 'search']) {
      await become(page, 'Mina');
      await send(page, `${question} (${how})`);
      await become(page, 'Omar');
      const asked = messages(page).filter({ hasText: `(${how})` });
      await asked.getByRole('button', { name: 'More actions for this message by Mina' }).press('Enter');
      await focusBy(page, 'ArrowDown', page.getByRole('menuitem', { name: 'Apps: Answer with FAQ' }));
      await page.keyboard.press('Enter');
      const menu = last(page).getByRole('combobox', { name: en.menu.placeholder });
      await menu.waitFor();
      // The answer gets the focus, for keyboard users.
      await expect.poll(() => last(page).evaluate((node) => node.matches(':focus'))).toBe(true);
      if (how === 'search') {
        const before = await messages(page).count();
        await press(page, 'Search');
        await fillIn(page, { [en.menu.searchLabel]: 'second account' });
        await expect.poll(() => messages(page).count()).toBe(before + 1);
      }
      await expect(last(page).getByRole('button', { name: 'Choose' }).isDisabled()).resolves.toBe(true);
      await menu.selectOption({ label: titleOf('second-account#why') });
      await press(page, 'Choose');
      await page.getByText('Sent: #general › message').last().waitFor();
      await become(page, 'Mina');
      const answer = last(page);
      await answer.locator('.above', { hasText: `Mina Can I have a second account?` }).waitFor();
      await answer.getByRole('heading', { name: titleOf('second-account#why') }).waitFor();
      await expect.poll(() => answer.getAttribute('class')).toContain('mentioned');
    }
  });

  it('loads nothing from other hosts and logs no errors to the console', () => {
    expect(preview.foreignRequests).toEqual([]);
    expect(preview.consoleErrors).toEqual([]);
  });
});
