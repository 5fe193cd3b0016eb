// The page of the fake Discord in a real browser, with a bot of a few lines: what each kind of message looks like.
import { execFileSync } from 'node:child_process';
import { type FakeDiscord, startFakeDiscord } from 'fake-discord';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { dialog, last, messages, notice } from './actions.ts';
import { browserPath, openBrowser } from './browser.ts';

const options = [
  { label: 'Red', value: 'red' },
  { label: 'Blue', value: 'blue', description: 'as the sky' },
];
const menu = (fields: object = {}) => ({ type: 3, custom_id: 'pick', options, ...fields });
const button = { type: 2, style: 1, label: 'Press', custom_id: 'press' };
const rows = (...controls: object[]) => ({ components: controls.map((one) => ({ type: 1, components: [one] })) });

describe.skipIf(browserPath === undefined)('the page', () => {
  let browser: Browser;
  let discord: FakeDiscord;
  let page: Page;
  /** What the bot answers to the next interactions. */
  let answer: object = {};

  beforeAll(async () => {
    execFileSync(process.execPath, ['packages/fake-discord/build.js'], { stdio: 'inherit' });
    browser = await openBrowser();
  });
  afterAll(() => browser.close());
  beforeEach(async () => {
    const fetch = () => Response.json(answer);
    discord = await startFakeDiscord({ mounted: { path: '/bot', title: 'Bot', fetch } });
    discord.application.interactions_endpoint_url = `${discord.origin}/bot`;
    page = await browser.newPage();
    page.setDefaultTimeout(10_000);
    return async () => {
      await page.close();
      await discord.stop();
    };
  });

  /** A server with Mina in it, whose first channel the page shows. */
  async function visit() {
    const channel = discord.addChannel(discord.addGuild('Harbour'), 'general');
    const mina = discord.person(discord.addUser('Mina'), channel);
    await page.goto(discord.origin);
    await page.getByText('No messages yet.').waitFor();
    const post = (body: object) =>
      fetch(`${discord.apiUrl}/v10/channels/${channel.id}/messages`, {
        method: 'POST',
        headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    return { channel, mina, post };
  }

  it('shows people as soon as they join, also if it was opened before anybody could act', async () => {
    await page.goto(discord.origin);
    await page.getByText('Nobody can act yet.').waitFor();
    const channel = discord.addChannel(discord.addGuild('Harbour'), 'general');
    const mina = discord.person(discord.addUser('Mina'), channel);
    await page.getByRole('radio', { name: /Mina/ }).waitFor();
    await mina.say('Hello');
    await last(page).getByText('Hello').waitFor();
    expect(await notice(page).textContent()).toBe('');
    discord.person(discord.addUser('Omar'), channel);
    await page.getByRole('radio', { name: /Omar/ }).waitFor();
    expect(await page.getByRole('radio', { name: /Mina/ }).isChecked()).toBe(true);
  });

  it('shows what a message forwards, and stickers', async () => {
    const { mina } = await visit();
    const { message } = await mina.say('How do I **start**?');
    await mina.say('', { forwarded: message, stickers: [{ id: '1', name: 'Wave', format_type: 1 }] });
    await last(page).locator('.forwarded').getByText('How do I start?').waitFor();
    await last(page).getByText('Sticker: Wave').waitFor();
  });

  it('draws a mention again when its name changes', async () => {
    const { channel, mina } = await visit();
    const added = discord.addChannel(channel.guild ?? expect.fail('a server'), 'rules');
    await mina.say(`See <#${added.id}>`);
    await last(page).getByText('#rules').waitFor();
    discord.removeChannel(added);
    await last(page).getByText('#unknown').waitFor();
  });

  it('begins a select menu with its placeholder, and sends a choice only', async () => {
    const { post } = await visit();
    answer = { type: 4, data: { content: 'Chosen' } };
    await post(rows(menu({ placeholder: 'Which colour?' })));
    const select = page.getByRole('combobox', { name: 'Which colour?' });
    expect(await select.locator('option:checked').textContent()).toBe('Which colour?');
    const choose = page.getByRole('button', { name: 'Choose' });
    expect(await choose.isDisabled()).toBe(true);
    await select.selectOption('Blue – as the sky');
    await choose.click();
    await last(page).getByText('Chosen').waitFor();
  });

  it('lets go of a choice where none is needed, and takes as many as allowed', async () => {
    const { post } = await visit();
    const chosen = options.map((option, at) => ({ ...option, default: at === 0 }));
    await post(
      rows(menu({ options: chosen, min_values: 0 }), menu({ custom_id: 'all', min_values: 2, max_values: 2 })),
    );
    const menus = page.locator('#messages select');
    const [one, all] = [menus.first(), menus.last()];
    expect(await one.locator('option:checked').textContent()).toBe('Red');
    await one.selectOption('');
    expect(await page.getByRole('button', { name: 'Choose' }).first().isDisabled()).toBe(false);
    const chooseAll = page.getByRole('button', { name: 'Choose' }).last();
    await all.selectOption(['red']);
    expect(await chooseAll.isDisabled()).toBe(true);
    await all.selectOption(['red', 'blue']);
    expect(await chooseAll.isDisabled()).toBe(false);
  });

  it('begins a select menu of a form with its placeholder, too', async () => {
    const { post } = await visit();
    const component = menu({ custom_id: 'colour of it', placeholder: 'Which?' });
    const label = { type: 18, label: 'Colour', description: 'Of the wall', component };
    answer = { type: 9, data: { custom_id: 'form', title: 'A form', components: [label] } };
    await post(rows(button));
    await last(page).getByRole('button', { name: 'Press' }).click();
    const select = dialog(page).getByRole('combobox', { name: 'Colour', description: 'Of the wall' });
    expect(await select.locator('option:checked').textContent()).toBe('Which?');
    await dialog(page).getByRole('button', { name: 'Submit' }).click();
    await dialog(page).getByText('The field Colour needs a value').waitFor();
    answer = { type: 4, data: { content: 'Thanks' } };
    await select.selectOption('Red');
    await dialog(page).getByRole('button', { name: 'Submit' }).click();
    await last(page).getByText('Thanks').waitFor();
  });

  it('keeps the focus in the pinned messages when a message changes', async () => {
    const { channel, mina, post } = await visit();
    answer = { type: 6 };
    await post({ content: 'Pinned', ...rows(button) });
    discord.pin(discord.messagesOf(channel)[0] ?? expect.fail('a message'), mina.user);
    await page.getByRole('button', { name: 'Pinned messages (1)' }).click();
    const pinned = page.getByRole('region', { name: 'Pinned messages' });
    await pinned.getByRole('button', { name: 'Press' }).focus();
    await mina.say('Another message');
    await last(page).getByText('Another message').waitFor();
    expect(await pinned.getByRole('button', { name: 'Press' }).evaluate((node) => node.matches(':focus'))).toBe(true);
  });

  it.each([
    ['the last message', 0, 12],
    ['the last message, which stays longer than the screen', 0, 40],
    ['a message above others', 6, 12],
  ])('shows on a phone, from its start, what a press changed in %s', async (_, after, lines) => {
    await page.setViewportSize({ width: 390, height: 844 });
    const { mina, post } = await visit();
    const embed = (title: string, count: number) => ({
      embeds: [{ title, description: Array.from({ length: count }, (_, i) => `Line ${i} of ${title}`).join('\n') }],
    });
    for (let i = 0; i < 20; i++) await mina.say(`Before ${i}`);
    await post({ ...embed('A page', 60), ...rows(button) });
    for (let i = 0; i < after; i++) await mina.say(`After ${i}`);
    answer = { type: 7, data: { ...embed('The plan', lines), ...rows(button) } };
    await page.getByRole('button', { name: 'Press' }).click();
    const changed = messages(page).filter({ hasText: 'The plan' });
    await changed.waitFor();
    /** The distances of the message's edges from those of the frame: negative if hidden. */
    const distances = () =>
      changed.evaluate((node) => {
        const [item, frame] = [node.getBoundingClientRect(), node.closest('#scroller')?.getBoundingClientRect()];
        return frame ? [Math.round(item.top - frame.top), Math.round(frame.bottom - item.bottom)] : [];
      });
    const isLonger = lines === 40;
    const shown = isLonger ? [0, expect.any(Number)] : [expect.toSatisfy(isVisible), expect.toSatisfy(isVisible)];
    await expect.poll(distances).toEqual(shown);
    // It stays there.
    await page.waitForTimeout(200);
    expect(await distances()).toEqual(shown);
  });
  const isVisible = (distance: number) => distance >= 0;

  it('keeps refused requests hidden after something else has changed', async () => {
    const { channel, post } = await visit();
    const refused = page.getByRole('region', { name: 'Refused by Discord' });
    await post({ content: 'x'.repeat(2001) });
    await refused.getByText('50035').waitFor();
    await refused.getByRole('button', { name: 'Hide' }).click();
    discord.addChannel(channel.guild ?? expect.fail('a server'), 'second');
    await page.getByRole('button', { name: '# second' }).waitFor();
    expect(await refused.isVisible()).toBe(false);
    await post({});
    await refused.getByText('50006').waitFor();
    expect(await refused.getByText('50035').count()).toBe(0);
    expect(await messages(page).count()).toBe(0);
  });
});
