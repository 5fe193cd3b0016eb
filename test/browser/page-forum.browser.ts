// The page of the fake Discord: menus of roles and channels, and the form of a new post, by keyboard; with a bot of a few lines.
import { execFileSync } from 'node:child_process';
import { type DemoWorld, type FakeDiscord, seedDemoWorld, startFakeDiscord } from 'fake-discord';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { chooseButton, dialog, focusBy, goTo, hasFocus, last, menu, messages, post } from './actions.ts';
import { browserPath, openBrowser } from './browser.ts';

const FORUM = 'Forum: questions';

describe.skipIf(browserPath === undefined)('the page', () => {
  let browser: Browser;
  let discord: FakeDiscord;
  let demo: DemoWorld;
  let page: Page;
  /** What the bot answers to the next interactions, and the values that they had. */
  let answer: object;
  let chosen: unknown;

  beforeAll(async () => {
    execFileSync(process.execPath, ['packages/fake-discord/build.js'], { stdio: 'inherit' });
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    answer = { type: 6 };
    chosen = undefined;
    const fetch = async (request: Request) => {
      chosen = Object(await request.json()).data?.values;
      return Response.json(answer);
    };
    discord = await startFakeDiscord({ mounted: { path: '/bot', title: 'Bot', fetch } });
    discord.application.interactions_endpoint_url = `${discord.origin}/bot`;
    demo = seedDemoWorld(discord);
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    await page.goto(discord.origin);
    return async () => {
      await page.close();
      await discord.stop();
    };
  });

  /** Writes as the bot. */
  async function write(channel: string, body: object): Promise<void> {
    const response = await fetch(`${discord.apiUrl}/v10/channels/${demo.channelIds[channel]}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status).toBe(200);
  }

  /** A menu of one role and one of several channels, with these chosen. */
  function menus(roles: readonly string[], channels: readonly string[]): object {
    const defaults = (ids: readonly string[], type: string) => ids.map((id) => ({ id, type }));
    const controls = [
      { type: 6, custom_id: 'role', placeholder: 'Role', min_values: 0, default_values: defaults(roles, 'role') },
      {
        type: 8,
        custom_id: 'channels',
        placeholder: 'Channels',
        channel_types: [0, 15],
        min_values: 0,
        max_values: 5,
        default_values: defaults(channels, 'channel'),
      },
    ];
    return { components: controls.map((one) => ({ type: 1, components: [one] })) };
  }

  it('takes a role back by keyboard; the focus stays on the button when the message changes', async () => {
    await goTo(page, '# general');
    await write('general', { content: 'Settings', ...menus([demo.helperRoleId], []) });
    const role = menu(page, 'Role');
    expect(await role.locator('option:checked').textContent()).toBe('@Helpers');
    answer = { type: 7, data: menus([], []) };
    await focusBy(page, 'Shift+Tab', role);
    await page.keyboard.press('Home');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await expect.poll(() => chosen).toEqual([]);
    await expect.poll(() => role.locator('option:checked').textContent()).toBe('Role');
    await expect.poll(() => hasFocus(chooseButton(page, 'Role'))).toBe(true);
  });

  it('checks several channels by keyboard, of the types that the menu takes', async () => {
    const { questions = '', general = '' } = demo.channelIds;
    await goTo(page, '# general');
    await write('general', { content: 'Settings', ...menus([], [questions]) });
    const channels = menu(page, 'Channels');
    expect(await channels.getByRole('checkbox', { name: FORUM }).isChecked()).toBe(true);
    expect(await channels.getByRole('checkbox', { name: 'announcements' }).count()).toBe(0);
    answer = { type: 7, data: menus([], [general, questions]) };
    await focusBy(page, 'Shift+Tab', channels.getByRole('checkbox', { name: '# general' }));
    await page.keyboard.press('Space');
    await focusBy(page, 'Tab', chooseButton(page, 'Channels'));
    await page.keyboard.press('Enter');
    await expect.poll(() => chosen).toEqual([general, questions]);
    await expect.poll(() => hasFocus(chooseButton(page, 'Channels'))).toBe(true);
    for (const box of await channels.getByRole('checkbox').all()) await box.uncheck();
    await chooseButton(page, 'Channels').click();
    await expect.poll(() => chosen).toEqual([]);
  });

  it('posts by keyboard: an error leaves the text and focuses the title, a post is opened', async () => {
    await goTo(page, FORUM);
    const title = page.getByRole('textbox', { name: 'Title' });
    expect(await hasFocus(title)).toBe(true);
    await page.keyboard.press('Tab');
    await page.keyboard.type('Where do I begin?');
    await page.keyboard.press('Tab');
    await page.keyboard.press('Enter');
    await page.getByText('A title has 1 to 100 characters').waitFor();
    expect(await hasFocus(title)).toBe(true);
    expect(await page.getByRole('textbox', { name: 'Text' }).inputValue()).toBe('Where do I begin?');
    await page.keyboard.type('A question');
    await focusBy(page, 'Tab', page.getByRole('button', { name: 'Post', exact: true }));
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'A question' }).waitFor();
    await last(page).getByText('Where do I begin?').waitFor();
  });

  it('keeps the focus in the list of posts, and a title that is being typed, when a post changes', async () => {
    await goTo(page, FORUM);
    await page.getByRole('textbox', { name: 'Title' }).fill('Half a ti');
    const item = page.getByRole('list', { name: 'Posts' }).getByRole('button', { name: 'How does this work?' });
    await focusBy(page, 'Tab', item);
    await write('How does this work?', { content: 'Like this.' });
    await item.getByText('1 message').waitFor();
    expect(await hasFocus(item)).toBe(true);
    expect(await page.getByRole('textbox', { name: 'Title' }).inputValue()).toBe('Half a ti');
  });

  it('shows small letters after a quote, and opens a post by its address', async () => {
    const { guildId, channelIds } = demo;
    const address = `https://discord.com/channels/${guildId}/${channelIds['How does this work?']}`;
    await goTo(page, '# general');
    await write('general', { content: `> A question\n-# A hint\nSee ${address}` });
    expect(await last(page).locator('blockquote').textContent()).toBe('A question');
    expect(await last(page).locator('small').textContent()).toBe('A hint');
    await last(page).getByRole('link', { name: '#How does this work?' }).click();
    await page.getByRole('heading', { name: 'How does this work?' }).waitFor();
  });

  it('names the private message under whose button an answer was asked for', async () => {
    const rows = [{ type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] }];
    await goTo(page, '# general');
    await write('general', { content: 'Public', components: rows });
    answer = { type: 4, data: { content: 'Private', flags: 64, components: rows } };
    await last(page).getByRole('button', { name: 'Go' }).click();
    await last(page).getByText('Private').waitFor();
    answer = { type: 4, data: { content: 'The answer', flags: 64 } };
    await last(page).getByRole('button', { name: 'Go' }).click();
    await last(page).locator('.above', { hasText: 'Private' }).waitFor();
    await last(page).getByText('The answer').waitFor();
  });

  it('marks a message that notifies a role for its members only', async () => {
    const content = `<@&${demo.helperRoleId}>`;
    await goTo(page, '# general');
    await write('general', { content, allowed_mentions: { roles: [demo.helperRoleId] } });
    await last(page).locator('.mention', { hasText: '@Helpers' }).waitFor();
    expect(await last(page).getAttribute('class')).not.toContain('mentioned');
    await page.getByRole('radio', { name: /Hana/ }).check();
    await expect.poll(() => last(page).getAttribute('class')).toContain('mentioned');
  });

  it('takes roles and channels in a form', async () => {
    const labels = [
      { type: 18, label: 'Where', component: { type: 8, custom_id: 'where', max_values: 3, required: false } },
      { type: 18, label: 'Who', description: 'They help', component: { type: 6, custom_id: 'who' } },
    ];
    const rows = [{ type: 1, components: [{ type: 2, style: 1, label: 'Open', custom_id: 'open' }] }];
    await goTo(page, '# general');
    await write('general', { content: 'A form', components: rows });
    answer = { type: 9, data: { custom_id: 'form', title: 'A form', components: labels } };
    await last(page).getByRole('button', { name: 'Open' }).click();
    await dialog(page).getByRole('group', { name: 'Where' }).getByRole('checkbox', { name: '# general' }).check();
    await dialog(page).getByRole('combobox', { name: 'Who' }).selectOption('@Helpers');
    answer = { type: 4, data: { content: 'Saved' } };
    await dialog(page).getByRole('button', { name: 'Submit' }).click();
    await last(page).getByText('Saved').waitFor();
  });

  it('leaves a channel that the next person does not see', async () => {
    await page.getByRole('radio', { name: /Hana/ }).check();
    await goTo(page, '# helpers');
    await page.getByRole('radio', { name: /Mina/ }).check();
    await expect.poll(() => page.getByRole('heading', { level: 2, name: '# helpers' }).count()).toBe(0);
    expect(await messages(page).count()).toBe(0);
    await goTo(page, FORUM);
    await post(page, 'Still there?', 'Yes.');
    await last(page).getByText('Yes.').waitFor();
  });
});
