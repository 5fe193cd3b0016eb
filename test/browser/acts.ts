// What people do on the preview's page.
import type { Locator, Page } from 'playwright-core';

export const box = (page: Page): Locator => page.getByRole('combobox', { name: 'Message or command' });
export const suggestions = (page: Page): Locator => page.getByRole('option');
export const messages = (page: Page): Locator => page.locator('#messages > li');
export const last = (page: Page): Locator => messages(page).last();

/** Becomes a member or moderator of the demonstration. */
export async function become(page: Page, name: 'Mina' | 'Omar'): Promise<void> {
  await page.getByRole('radio', { name: new RegExp(name) }).check();
}

/** Goes to a channel, by the name in the list. */
export async function goTo(page: Page, channel: string): Promise<void> {
  await page.getByRole('navigation').getByRole('button', { name: channel }).click();
}

/** Types into the box and sends it. */
export async function send(page: Page, text: string): Promise<void> {
  await box(page).fill(text);
  await page.getByRole('button', { name: 'Send', exact: true }).click();
}

/** Presses a button of the last message. */
export async function press(page: Page, name: string): Promise<void> {
  await last(page).getByRole('button', { name, exact: true }).click();
}

/** Types the beginning of a value, and takes the first suggestion that has this text. */
export async function complete(page: Page, typed: string, wanted: string): Promise<void> {
  await box(page).fill(typed);
  await suggestions(page).filter({ hasText: wanted }).first().click();
}
