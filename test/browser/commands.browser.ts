// The commands for a server's own replies, as a moderator uses them in the page: keys, lists, forms and files.
import { readFileSync } from 'node:fs';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import {
  addReply,
  become,
  box,
  chooseFile,
  dialog,
  download,
  enter,
  fillIn,
  goTo,
  last,
  onTopic,
  press,
  suggestions,
  take,
  type,
} from './actions.ts';
import { browserPath } from './browser.ts';
import { titleOf } from './titles.ts';
import { openPreview, type Preview } from './world.ts';

describe.skipIf(browserPath === undefined)('a moderator who writes replies in the preview', () => {
  let preview: Preview;
  beforeAll(async () => {
    preview = await openPreview();
  });
  afterAll(async () => {
    await preview.stop();
  });

  async function visitAsModerator(): Promise<Page> {
    const page = await preview.visit();
    await become(page, 'Omar');
    await goTo(page, '# general');
    return page;
  }

  it('is offered every command of the README, with a description', async () => {
    const page = await visitAsModerator();
    await type(page, '/');
    const offered = await suggestions(page).allTextContents();
    const commands = readFileSync('README.md', 'utf8').split('## Commands')[1]?.split('##')[0] ?? '';
    const rows = commands.split('\n').filter((row) => row.startsWith('| `/'));
    const names = rows.flatMap((row) => {
      const [first = '', ...rest] = [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(
        (match) => match[1] ?? '',
      );
      const [command = ''] = first.split(' ');
      return [first, ...rest.map((name) => (name.startsWith('/') ? name : `${command} ${name}`))];
    });
    expect(names.length).toBeGreaterThan(12);
    for (const name of names) expect(offered).toContainEqual(expect.stringMatching(new RegExp(`^${name} \\w{2}`)));
  });

  it('/faq-edit add opens a form for a title, a text of several lines and search words', async () => {
    const page = await visitAsModerator();
    await type(page, '/faq-edit a');
    await take(page, /^\/faq-edit add /);
    await enter(page);
    await dialog(page).getByRole('heading', { name: en.edit.addTitle }).waitFor();
    await page.keyboard.type('Payment holds');
    await page.keyboard.press('Tab');
    await page.keyboard.type('Wait **five** days.');
    await page.keyboard.press('Enter');
    await page.keyboard.type('- then ask');
    await page.keyboard.press('Tab');
    await page.keyboard.type('pending money, frozen funds');
    await dialog(page).getByRole('button', { name: 'Submit' }).click();
    await last(page).getByText('Saved: Payment holds.').waitFor();
    await last(page).locator('discord-embed').getByRole('listitem').getByText('then ask').waitFor();
    await dialog(page).waitFor({ state: 'hidden' });
    await type(page, '/faq topic:frozen');
    await suggestions(page).filter({ hasText: 'Payment holds' }).waitFor();
  });

  it('/faq-edit add tries a question before the reply is saved', async () => {
    const page = await visitAsModerator();
    await type(page, '/faq-edit a');
    await take(page, /^\/faq-edit add /);
    await enter(page);
    await fillIn(page, {
      Title: 'Coffee hours',
      Text: 'Every Friday at four.',
      'Other names': 'virtual coffee',
      'Try a question': 'when are the coffee hours',
    });
    await dialog(page).waitFor({ state: 'hidden' });
    await last(page).getByText('Not saved yet.').waitFor();
    await last(page).getByText('I show Coffee hours (this reply).').waitFor();
    await press(page, en.edit.trial.save);
    await last(page).getByText('Saved: Coffee hours.').waitFor();
  });

  it('/faq-edit change opens a filled-in form; history and undo include the change', async () => {
    const page = await visitAsModerator();
    await addReply(page, 'Holidays', 'Closed in August.');
    await onTopic(page, '/faq-edit change', 'Holi', 'Holidays');
    await dialog(page).waitFor();
    expect(await dialog(page).getByLabel('Title').inputValue()).toBe('Holidays');
    expect(await dialog(page).getByLabel('Text').inputValue()).toBe('Closed in August.');
    await fillIn(page, { Text: 'Open in August.' });
    await dialog(page).waitFor({ state: 'hidden' });
    await last(page).getByText('Saved: Holidays.').waitFor();
    await onTopic(page, '/faq-edit history', 'Holi', 'Holidays');
    await last(page).getByText('2 changed by @Omar').waitFor();
    await last(page).getByText('1 added by @Omar').waitFor();
    await onTopic(page, '/faq-edit undo', 'Holi', 'Holidays');
    await last(page).getByText('Undone: Holidays is shown again').waitFor();
    await last(page).getByText('Closed in August.').waitFor();
  });

  it('/faq-edit change replaces the text of a guide page in this server', async () => {
    const page = await visitAsModerator();
    await onTopic(page, '/faq-edit change', 'pause', titleOf('close-account#pause'));
    await dialog(page).getByRole('heading', { name: en.edit.overrideTitle }).waitFor();
    await fillIn(page, { Title: 'Pause it here', Text: 'Ask a moderator first.' });
    await last(page).getByText('Saved: Pause it here.').waitFor();
    await dialog(page).waitFor({ state: 'hidden' });
    await onTopic(page, '/faq-edit remove', 'Pause', 'Pause');
    await press(page, 'Remove it');
    await last(page)
      .getByText(en.edit.overrideRemoved('').replace(/^\W+| <.*/g, ''))
      .waitFor();
  });

  it('/faq-edit remove asks for confirmation, and undo restores the reply', async () => {
    const page = await visitAsModerator();
    await addReply(page, 'Old rules', 'No memes.');
    await onTopic(page, '/faq-edit remove', 'Old', 'Old rules');
    await last(page).getByText('Remove Old rules?').waitFor();
    await press(page, 'Cancel');
    await last(page).getByText('Nothing was changed.').waitFor();
    await onTopic(page, '/faq-edit remove', 'Old', 'Old rules');
    await press(page, 'Remove it');
    await last(page).getByText('Removed: Old rules.').waitFor();
    await onTopic(page, '/faq-edit undo', 'Old', 'Old rules');
    await last(page).getByText('Undone: Old rules is shown again').waitFor();
  });

  it('/faq-edit export makes a file that import reads back after a confirmation', async () => {
    const page = await visitAsModerator();
    await addReply(page, 'Fees', 'Ten percent.');
    await type(page, '/faq-edit export');
    await enter(page);
    await last(page).getByText('/faq-edit import').waitFor();
    const file = await download(page);
    expect(file.name).toBe('replies.md');
    const opening = page.waitForEvent('popup');
    await last(page).getByRole('link', { name: 'replies.md', exact: true }).click();
    const tab = await opening;
    await tab.getByText('Ten percent.').waitFor();
    await tab.close();

    await type(page, '/faq-edit im');
    await take(page, /^\/faq-edit import /);
    await chooseFile(page, file.name, file.text.replace('Ten percent.', 'Nothing.'));
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await last(page).getByText('Nothing is changed yet. New in this file: 0. Changed: 1.').waitFor();
    await press(page, 'Import 1 reply');
    await last(page).getByText('Imported: 1.').waitFor();
    await type(page, '/faq topic:Fees');
    await take(page, 'Fees');
    await enter(page);
    await last(page).getByText('Nothing.').waitFor();
  });

  it('clears the input for the next command, and loads nothing from other hosts', async () => {
    const page = await visitAsModerator();
    await type(page, '/help');
    await enter(page);
    await expect.poll(() => box(page).inputValue()).toBe('');
    expect(preview.foreignRequests).toEqual([]);
    expect(preview.consoleErrors).toEqual([]);
  });
});
