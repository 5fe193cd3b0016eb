// The preview's page in a real browser, with the real bot behind it.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { become, box, complete, goTo, last, messages, press, send, suggestions } from './actions.ts';
import { browserPath } from './browser.ts';
import { labelTo, spanish, titleOf } from './titles.ts';
import { openPreview, type Preview } from './world.ts';

describe.skipIf(browserPath === undefined)('the preview', () => {
  let preview: Preview;
  beforeAll(async () => {
    preview = await openPreview();
  });
  afterAll(async () => {
    await preview.stop();
  });

  it('lets a member walk a guide: forward, back, and to the plan', async () => {
    const page = await preview.visit();
    await send(page, '/close-account');
    await last(page)
      .getByRole('heading', { name: titleOf('close-account#goal') })
      .waitFor();
    await press(page, labelTo('close-account#goal', 'close-account#before'));
    await last(page)
      .getByRole('heading', { name: titleOf('close-account#before') })
      .waitFor();
    await press(page, 'My plan');
    await last(page).getByText('☐').first().waitFor();
    await press(page, 'Back');
    await last(page)
      .getByRole('heading', { name: titleOf('close-account#before') })
      .waitFor();
    expect(await messages(page).count()).toBe(1);
  });

  it('answers in the language that a person chooses, which the next visit still has', async () => {
    const page = await preview.visit();
    await become(page, 'Hana');
    await page.getByLabel('Language of your Discord').selectOption('español latinoamericano');
    await send(page, '/second-account');
    await last(page)
      .getByRole('heading', { name: titleOf('second-account#why', spanish) })
      .waitFor();
    await box(page).fill('/second');
    await suggestions(page)
      .filter({ hasText: spanish.guides.find(({ id }) => id === 'second-account')?.description ?? '' })
      .waitFor();
    await become(page, 'Mina');
    expect(await page.getByLabel('Language of your Discord').inputValue()).toBe('en-US');
    const again = await preview.visit();
    await become(again, 'Hana');
    await expect.poll(() => again.getByLabel('Language of your Discord').inputValue()).toBe('es-419');
    await again.getByLabel('Language of your Discord').selectOption('en-US');
  });

  it('shows an ephemeral message to its viewer only, until that person dismisses it', async () => {
    const page = await preview.visit();
    await goTo(page, '# general');
    await send(page, '/help');
    await page.getByText('Only you can see this').waitFor();
    await become(page, 'Omar');
    await expect.poll(() => messages(page).count()).toBe(0);
    await become(page, 'Mina');
    await page.getByRole('button', { name: 'Dismiss message' }).click();
    await expect.poll(() => messages(page).count()).toBe(0);
  });

  it.each(['- one\n- ', '- one\u2028two', '- '])('shows a channel whatever list is written there: %j', async (text) => {
    const page = await preview.visit();
    await goTo(page, '# start-here');
    const channel = preview.demo.channelIds['start-here'] ?? expect.fail('a channel');
    const headers = { authorization: `Bot ${preview.discord.token}`, 'content-type': 'application/json' };
    const body = JSON.stringify({ content: `${text}\nafter` });
    const url = `${preview.discord.apiUrl}/v10/channels/${channel}/messages`;
    expect((await fetch(url, { method: 'POST', headers, body })).ok).toBe(true);
    await last(page).getByText('after').waitFor();
    expect(preview.consoleErrors).toEqual([]);
  });

  it('suggests commands, options and values with their descriptions', async () => {
    const page = await preview.visit();
    await box(page).fill('/');
    await expect
      .poll(() => suggestions(page).allTextContents())
      .toEqual(expect.arrayContaining([expect.stringMatching(/^\/close-account \S/)]));
    expect((await suggestions(page).allTextContents()).join()).not.toContain('/faq-pin');
    await complete(page, '/faq', '/faq ');
    // The first required option is inserted automatically.
    await expect.poll(() => box(page).inputValue()).toBe('/faq topic:');
    await box(page).pressSequentially('suspend');
    await suggestions(page)
      .filter({ hasText: /suspen/i })
      .first()
      .click();
    expect(await box(page).inputValue()).toMatch(/^\/faq topic:\S+ $/);
    await become(page, 'Omar');
    await box(page).fill('/faq-p');
    await expect.poll(() => suggestions(page).count()).toBe(3);
  });

  it('lets a moderator write a reply of ten lines, pin it, and change the pinned copy', async () => {
    const page = await preview.visit();
    await become(page, 'Omar');
    await goTo(page, '# announcements');
    await send(page, '/faq-edit add');
    const lines = Array.from({ length: 10 }, (_, i) => `Rule ${i + 1}`);
    await page.getByRole('dialog').getByLabel(/title/i).fill('House rules');
    await page.getByRole('dialog').getByLabel(/text/i).fill(lines.join('\n'));
    await page.getByRole('button', { name: 'Submit' }).click();
    await last(page)
      .getByText(/^Saved/)
      .waitFor();
    await complete(page, '/faq-pin add topic:House', 'House rules');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('button', { name: 'Pinned messages (1)' }).click();
    const pinned = page.getByRole('region', { name: 'Pinned messages' });
    await pinned.getByText('Rule 10').waitFor();
    await pinned.getByRole('button', { name: 'Close' }).click();

    await complete(page, '/faq-edit change topic:House', 'House rules');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    const text = page.getByRole('dialog').getByLabel(/text/i);
    expect(await text.inputValue()).toBe(lines.join('\n'));
    await text.fill('Be kind.');
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.getByRole('button', { name: 'Pinned messages (1)' }).click();
    await pinned.getByText('Be kind.').waitFor();
  });

  it('replies, mentions, and runs message commands from a message’s menu', async () => {
    const page = await preview.visit();
    await goTo(page, '# general');
    await send(page, 'Can I open a second account?');
    await become(page, 'Omar');
    await last(page).click({ button: 'right' });
    await page.getByRole('menuitem', { name: 'Reply', exact: true }).click();
    await send(page, 'See below, @Mina');
    await last(page).locator('.above', { hasText: 'Can I open' }).waitFor();
    await last(page).locator('.mention', { hasText: '@Mina' }).waitFor();
    await become(page, 'Mina');
    await expect.poll(() => last(page).getAttribute('class')).toContain('mentioned');
    await become(page, 'Omar');
    await messages(page).first().getByRole('button', { name: 'More actions for this message by Mina' }).click();
    await page.getByRole('menuitem', { name: 'Apps: Answer with FAQ' }).click();
    await page.getByText('Only you can see this').waitFor();
  });

  it('works with the keyboard alone', async () => {
    const page = await preview.visit();
    await page.keyboard.press('Tab');
    for (let i = 0; i < 40 && !(await box(page).evaluate((node) => node.matches(':focus'))); i++)
      await page.keyboard.press('Tab');
    await page.keyboard.type('/new');
    await suggestions(page).first().waitFor();
    await page.keyboard.press('ArrowDown');
    expect(await box(page).getAttribute('aria-activedescendant')).toBe('suggestion-0');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await last(page)
      .getByRole('heading', { name: titleOf('new-account#where') })
      .waitFor();
    const first = last(page).locator('[class^="style-"]').first();
    for (let i = 0; i < 40 && !(await first.evaluate((node) => node.matches(':focus'))); i++)
      await page.keyboard.press('Shift+Tab');
    await page.keyboard.press('Enter');
    await last(page).getByRole('button', { name: 'Back' }).waitFor();
    // The focus stays in the message that changed.
    await expect.poll(() => last(page).evaluate((node) => node.matches(':focus, :focus-within'))).toBe(true);
  });

  it('shows refused requests with code and field', async () => {
    const page = await preview.visit();
    const { discord, demo } = preview;
    await fetch(`${discord.apiUrl}/v10/channels/${demo.channelIds.general}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}`, 'content-type': 'application/json' },
      body: JSON.stringify({ embeds: [{ title: 'x'.repeat(257) }] }),
    });
    const refused = page.getByRole('region', { name: 'Refused by Discord' });
    await refused.getByText('400 · code 50035').waitFor();
    expect(await refused.locator('code').first().textContent()).toBe('embeds.0.title');
  });

  it('sends direct messages, and has a setting to block those of the bot', async () => {
    const page = await preview.visit();
    await goTo(page, '@ Guidepost');
    await send(page, '/close-account');
    await last(page).getByRole('heading').first().waitFor();
    expect(await page.getByLabel('Allow direct messages from the bot').isChecked()).toBe(true);
  });

  it('loads nothing from other hosts and logs no errors to the console', () => {
    expect(preview.foreignRequests).toEqual([]);
    expect(preview.consoleErrors).toEqual([]);
  });
});
