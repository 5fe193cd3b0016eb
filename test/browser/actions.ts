// Actions of a visitor on the preview page.
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { expect } from 'vitest';
import { en } from '../../src/i18n/en.ts';

export const box = (page: Page): Locator => page.getByRole('combobox', { name: 'Message or command' });
export const suggestions = (page: Page): Locator => page.locator('#suggestions').getByRole('option');
export const messages = (page: Page): Locator => page.locator('#messages > li');
export const last = (page: Page): Locator => messages(page).last();
export const dialog = (page: Page): Locator => page.getByRole('dialog');
/** The error above the input. */
export const notice = (page: Page): Locator => page.locator('#notice');

/** Acts as the demo member, moderator or helper. */
export async function become(page: Page, name: 'Mina' | 'Omar' | 'Hana'): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(name) }).check();
}

/** Opens a channel, by its label in the list. */
export async function goTo(page: Page, channel: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: channel }).click();
}

/** Fills the input and sends it. */
export async function send(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Presses a button of the last message. */
export async function press(page: Page, name: string | RegExp): Promise<void> {
  await last(page).getByRole('button', { name, exact: true }).click();
}

/** Types the start of a value, and chooses the first suggestion with this text. */
export async function complete(page: Page, typed: string, wanted: string): Promise<void> {
  await box(page).fill(typed);
  await suggestions(page).filter({ hasText: wanted }).first().click();
}

/** Types into the input, key by key, and waits for the suggestions. */
export async function type(page: Page, text: string): Promise<void> {
  const fullText = (await box(page).inputValue()) + text;
  const answered = page.waitForResponse(
    (response) =>
      response.url().endsWith('/suggest') && response.request().postData()?.includes(quoted(fullText)) === true,
  );
  await box(page).focus();
  await page.keyboard.type(text);
  await answered;
}
const quoted = (text: string) => `"text":${JSON.stringify(text)}}`;

/** Moves to the suggestion with this text by the arrow keys, and chooses it with Enter. */
export async function take(page: Page, wanted: string | RegExp): Promise<void> {
  const option = suggestions(page).filter({ hasText: wanted }).first();
  await option.waitFor();
  for (let i = 0; i < 25 && (await option.getAttribute('aria-selected')) !== 'true'; i++)
    await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

/** Sends the input with Enter, and waits for the answer. */
export async function enter(page: Page): Promise<void> {
  const answered = page.waitForResponse((response) => response.url().endsWith('/run'));
  await page.keyboard.press('Enter');
  await answered;
  await page.locator('#composer:not([aria-busy="true"])').waitFor();
}

/** Runs a command about a topic: chooses the command and then the topic from the list, then presses Enter. */
export async function onTopic(page: Page, command: string, typed: string, wanted: string): Promise<void> {
  await type(page, command.slice(0, -2));
  await take(page, new RegExp(`^${command} `));
  await expect.poll(() => box(page).inputValue()).toBe(`${command} topic:`);
  await type(page, typed);
  await take(page, wanted);
  await enter(page);
}

/** Fills in the open modal by labels, and submits it with the button. */
export async function fillIn(page: Page, values: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, value] of Object.entries(values)) await dialog(page).getByLabel(label).fill(value);
  await dialog(page).getByRole('button', { name: 'Submit' }).click();
}

/** Adds a reply, as a moderator. */
export async function addReply(page: Page, title: string, text: string): Promise<void> {
  await type(page, '/faq-edit add');
  await enter(page);
  await fillIn(page, { Title: title, Text: text });
  await last(page).getByText(`Saved: ${title}.`).waitFor();
  await dialog(page).waitFor({ state: 'hidden' });
}

/** Requests the insights until they contain an element: new counts appear within a second. */
export async function openInsights(page: Page, line: string, role: 'img' | 'button', name: RegExp): Promise<void> {
  const request = async () => {
    await type(page, line);
    await page.keyboard.press('Escape');
    await enter(page);
    return last(page).getByRole(role, { name }).count();
  };
  await expect.poll(request, { timeout: 20_000, interval: 500 }).toBe(1);
}

/** Downloads the file of the last message by its link. @returns its name and text */
export async function download(page: Page): Promise<{ name: string; text: string }> {
  const saving = page.waitForEvent('download');
  await last(page)
    .getByRole('link', { name: /^Download / })
    .click();
  const saved = await saving;
  return { name: saved.suggestedFilename(), text: readFileSync(await saved.path(), 'utf8') };
}

/** Chooses a file for an attachment option of the typed command. */
export async function chooseFile(page: Page, name: string, data: string | Uint8Array): Promise<void> {
  const choosing = page.waitForEvent('filechooser');
  await page.getByLabel('file:').click();
  await (await choosing).setFiles({ name, mimeType: 'application/octet-stream', buffer: Buffer.from(data) });
}

/** Presses a key until an element has the focus. */
export async function focusBy(page: Page, key: 'Tab' | 'Shift+Tab' | 'ArrowDown', wanted: Locator): Promise<void> {
  await wanted.waitFor();
  for (let i = 0; i < 60 && !(await hasFocus(wanted)); i++) await page.keyboard.press(key);
  expect(await hasFocus(wanted)).toBe(true);
}

/** Whether an element has the focus. */
export function hasFocus(wanted: Locator): Promise<boolean> {
  return wanted.evaluate((node) => node.matches(':focus'));
}

/** A menu of the last message, by its label: a list, or checkboxes. */
export function menu(page: Page, name: string): Locator {
  return last(page).getByRole('group', { name }).or(last(page).getByRole('combobox', { name }));
}

/** The button that sends what is chosen in a menu. */
export function chooseButton(page: Page, name: string): Locator {
  return menu(page, name).locator('xpath=..').getByRole('button', { name: 'Choose' });
}

/** Chooses in a menu of the last message, and waits until the message mentions it. */
export async function choose(page: Page, name: string, choice: string, mention: string): Promise<void> {
  await menu(page, name).waitFor();
  const checkbox = menu(page, name).getByRole('checkbox', { name: choice });
  if (await checkbox.isVisible()) await checkbox.check();
  else await menu(page, name).selectOption({ label: choice });
  await chooseButton(page, name).click();
  await last(page).locator('.mention', { hasText: mention }).first().waitFor();
}

/** Sets a server up as a moderator, in the channel that is open. */
export async function setUpServer(page: Page): Promise<void> {
  await send(page, '/setup');
  await last(page).getByRole('heading', { name: en.setup.title }).waitFor();
  await choose(page, en.setup.chooseForums, 'Forum: questions', '#questions');
  await choose(page, en.setup.chooseRoles, '@Helpers', '@Helpers');
  await choose(page, en.setup.choosePerson, '# helpers', '#helpers');
}

/** Posts in the forum that is open. */
export async function post(page: Page, title: string, text: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Title' }).fill(title);
  await page.getByRole('textbox', { name: 'Text' }).fill(text);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await page.getByRole('heading', { name: title }).waitFor();
}
