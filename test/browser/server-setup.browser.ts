// /setup in the page, from a new server to the first answer in a forum: by clicks, and by keyboard alone.
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import {
  become,
  box,
  choose,
  chooseButton,
  enter,
  focusBy,
  goTo,
  hasFocus,
  last,
  menu,
  messages,
  press,
  send,
  setUpServer,
  type,
} from './actions.ts';
import { browserPath } from './browser.ts';
import { titleOf } from './titles.ts';
import { openPreview, type Preview } from './world.ts';

const { setup } = en;
const QUESTION = 'Can I have a second account?';
const ANSWER = 'second-account#why';

describe.skipIf(browserPath === undefined)('a moderator of a new server', () => {
  let preview: Preview;
  beforeEach(async () => {
    preview = await openPreview();
    return () => preview.stop();
  });
  afterEach(() => {
    expect(preview.foreignRequests).toEqual([]);
    expect(preview.consoleErrors).toEqual([]);
  });

  async function visitAsModerator(channel = '# general'): Promise<Page> {
    const page = await preview.visit();
    await become(page, 'Omar');
    await goTo(page, channel);
    return page;
  }

  it('gets the first answer in a forum with at most eight clicks', async () => {
    const page = await preview.visit();
    await page.evaluate('window.clicks = 0; document.addEventListener("pointerdown", () => clicks++, true)');
    await become(page, 'Omar');
    await type(page, '/setup');
    await page.keyboard.press('Escape');
    await enter(page);
    await choose(page, setup.chooseForums, 'Forum: questions', '#questions');
    await become(page, 'Mina');
    await goTo(page, 'Forum: questions');
    await page.keyboard.type(QUESTION);
    await page.keyboard.press('Tab');
    await page.keyboard.type('I closed the first one.');
    await page.getByRole('button', { name: 'Post', exact: true }).click();
    await last(page).getByText(titleOf(ANSWER)).waitFor();
    expect(await page.evaluate('clicks')).toBeLessThanOrEqual(8);
  });

  it('sets everything up by clicks, tries it, and pins the guides', async () => {
    const page = await visitAsModerator();
    await setUpServer(page);
    const panel = messages(page).filter({ has: page.getByRole('heading', { name: setup.title }) });
    await panel.getByText(`Last changed by @Omar`).waitFor();
    expect(await panel.getByText('⚠').count()).toBe(0);
    for (const name of ['Forum: questions', '@Helpers'])
      expect(await panel.getByRole('checkbox', { name }).isChecked()).toBe(true);
    await press(page, setup.tryIt);
    await last(page).getByText('This is what members see').waitFor();
    for (const name of [en.button.notThis, en.button.askPerson]) {
      await messages(page).filter({ hasText: 'This is what members see' }).getByRole('button', { name }).click();
      await last(page).getByText(setup.sampleOnly).waitFor();
      await last(page).getByRole('button', { name: 'Dismiss message' }).click();
      await last(page).getByText('This is what members see').waitFor();
    }
    await panel.getByRole('button', { name: setup.pinGuides }).click();
    await page.getByRole('button', { name: 'Pinned messages (1)' }).waitFor();
    await page.getByText('Pinned, and kept up to date').waitFor();
    await become(page, 'Mina');
    await press(page, titleOf(ANSWER));
    await last(page)
      .getByRole('heading', { name: titleOf(ANSWER) })
      .waitFor();
  });

  it('sets everything up by keyboard alone, and the focus stays where it was', async () => {
    const page = await preview.visit();
    await focusBy(page, 'Tab', page.getByRole('radio', { name: /Mina/ }));
    await page.keyboard.press('ArrowDown');
    await expect.poll(() => page.getByRole('radio', { name: /Omar/ }).isChecked()).toBe(true);
    await focusBy(page, 'Tab', box(page));
    await type(page, '/setup');
    await page.keyboard.press('Escape');
    await enter(page);
    await last(page).getByRole('heading', { name: setup.title }).waitFor();
    for (const [name, choice, mention] of [
      [setup.chooseForums, 'Forum: questions', '#questions'],
      [setup.chooseRoles, '@Helpers', '@Helpers'],
    ] as const) {
      await focusBy(page, 'Shift+Tab', menu(page, name).getByRole('checkbox', { name: choice }));
      await page.keyboard.press('Space');
      await confirm(page, name, mention);
    }
    await focusBy(page, 'Tab', menu(page, setup.choosePerson));
    await page.keyboard.press('End');
    await confirm(page, setup.choosePerson, '#helpers');
    await focusBy(page, 'Tab', last(page).getByRole('button', { name: setup.tryIt }));
    await page.keyboard.press('Enter');
    await last(page).getByText('This is what members see').waitFor();
  });

  /** Moves on to the button of a menu, and presses it. */
  async function confirm(page: Page, name: string, mention: string): Promise<void> {
    await focusBy(page, 'Tab', chooseButton(page, name));
    await page.keyboard.press('Enter');
    await last(page).locator('.mention', { hasText: mention }).first().waitFor();
    await expect.poll(() => hasFocus(chooseButton(page, name))).toBe(true);
  }

  it('reads which permission is missing, and what follows', async () => {
    const { discord } = preview;
    const unsubscribe = discord.events.subscribe((event) => {
      const guild = 'message' in event ? event.message.channel.guild : null;
      if (!guild) return;
      unsubscribe();
      const forum = discord.addChannel(guild, 'ideas', { type: ChannelType.GuildForum });
      discord.setPermissions(forum, guild, { deny: PermissionFlagsBits.SendMessagesInThreads });
    });
    const page = await visitAsModerator();
    await send(page, 'Hello');
    await page.getByRole('navigation').getByRole('button', { name: 'Forum: ideas' }).waitFor();
    await send(page, '/setup');
    await choose(page, setup.chooseForums, 'Forum: ideas', '#ideas');
    await last(page).getByText('I lack Send Messages in Threads in #ideas. Until that changes').waitFor();
  });

  it('reads why a role was not saved, and the panel fits on a phone', async () => {
    const page = await visitAsModerator();
    await send(page, '/setup');
    await menu(page, setup.chooseRoles).getByRole('checkbox', { name: '@everyone' }).check();
    await chooseButton(page, setup.chooseRoles).click();
    await last(page).getByText('Not saved: @everyone.').waitFor();
    await last(page).getByText(setup.noRoles).waitFor();
    await page.setViewportSize({ width: 390, height: 844 });
    const width = 'document.documentElement.scrollWidth';
    expect(await page.evaluate(width)).toBeLessThanOrEqual(390);
    expect(await last(page).evaluate((node) => node.scrollWidth <= node.clientWidth)).toBe(true);
  });
});
