// Answers in a forum, Not this, Ask a person and its answer in the page, as a member, a helper and a moderator.
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import {
  become,
  box,
  dialog,
  enter,
  fillIn,
  focusBy,
  goTo,
  hasFocus,
  last,
  messages,
  openInsights,
  post,
  press,
  send,
  setUpServer,
  suggestions,
  type,
} from './actions.ts';
import { browserPath } from './browser.ts';
import { titleOf } from './titles.ts';
import { openPreview, type Preview } from './world.ts';

const { person, forum, button } = en;
const FORUM = 'Forum: questions';
const ANSWER = titleOf('second-account#why');
const QUESTION = 'Can I have a second account?';
const UNKNOWN = 'what is the capital of France?';

describe.skipIf(browserPath === undefined)('in a server that is set up', () => {
  let preview: Preview;
  beforeAll(async () => {
    preview = await openPreview();
    const page = await preview.visit();
    await become(page, 'Omar');
    await goTo(page, '# announcements');
    await setUpServer(page);
    await page.close();
  });
  afterAll(() => preview.stop());

  async function visitAs(name: 'Mina' | 'Omar' | 'Hana', channel: string): Promise<Page> {
    const page = await preview.visit();
    await become(page, name);
    await goTo(page, channel);
    return page;
  }

  /** Posts as Mina, and waits for the answer. */
  async function ask(page: Page): Promise<void> {
    await post(page, QUESTION, 'Please help.');
    await last(page).getByText(ANSWER).waitFor();
  }

  it('a post gets one answer, which opens the page in private and stays as it is', async () => {
    const page = await visitAs('Mina', FORUM);
    await ask(page);
    await last(page).locator('.above', { hasText: 'Mina Please help.' }).waitFor();
    await press(page, button.openPage);
    await page.getByText('Only you can see this').waitFor();
    await last(page).getByRole('heading', { name: ANSWER }).waitFor();
    const answers = messages(page).filter({ hasText: forum.hint.slice(0, 20) });
    expect(await answers.count()).toBe(1);
    await become(page, 'Hana');
    await expect.poll(() => messages(page).count()).toBe(2);
  });

  it('a post about something else stays without an answer, and moderators can write a reply for it', async () => {
    const page = await visitAs('Mina', FORUM);
    await post(page, 'Best laptop for coding?', 'Any ideas?');
    await become(page, 'Omar');
    await goTo(page, '# general');
    await openInsights(page, '/insights', 'button', /^Write a reply: Best laptop/);
    await last(page).getByRole('link', { name: '#Best laptop for coding?' }).click();
    await page.getByRole('heading', { name: 'Best laptop for coding?' }).waitFor();
    expect(await messages(page).count()).toBe(1);
  });

  it('who asked removes an answer with Not this, by keyboard, and gets other pages', async () => {
    const page = await visitAs('Mina', FORUM);
    await ask(page);
    await focusBy(page, 'Shift+Tab', last(page).getByRole('button', { name: button.notThis }));
    await page.keyboard.press('Enter');
    await last(page).getByText(forum.removed).waitFor();
    await last(page).getByRole('button', { name: button.askPerson }).waitFor();
    await become(page, 'Hana');
    await expect.poll(() => messages(page).count()).toBe(1);
  });

  it('a helper removes an answer to somebody else', async () => {
    const page = await visitAs('Mina', FORUM);
    await ask(page);
    await become(page, 'Hana');
    await press(page, button.notThis);
    await last(page).getByText(forum.removed).waitFor();
    await become(page, 'Mina');
    await expect.poll(() => messages(page).count()).toBe(1);
  });

  it('a helper answers a question from a post, which its author sees there; the words become a reply', async () => {
    const page = await visitAs('Mina', FORUM);
    await ask(page);
    await press(page, button.askPerson);
    const question = dialog(page).getByLabel(person.question);
    await expect.poll(() => hasFocus(question)).toBe(true);
    expect(await question.inputValue()).toBe(QUESTION);
    await dialog(page).getByText(person.questionHint).waitFor();
    await fillIn(page, { [person.question]: 'May my wife have one, too?' });
    await last(page).getByText('Sent to the helpers of this server.').waitFor();
    expect(await page.getByRole('navigation').getByRole('button', { name: '# helpers' }).count()).toBe(0);

    await become(page, 'Hana');
    await goTo(page, '# helpers');
    await last(page).getByText('May my wife have one, too?').waitFor();
    await expect.poll(() => last(page).getAttribute('class')).toContain('mentioned');
    expect(await last(page).getByText('-#').count()).toBe(0);
    await press(page, button.answered);
    await fillIn(page, { [person.answer]: 'Yes, she can: https://support.upwork.com/hc' });
    await last(page).getByText('Posted:').waitFor();
    const asked = messages(page).filter({ hasText: 'Answered by @Hana.' });
    expect(await asked.getByRole('button', { name: button.answered }).count()).toBe(0);

    await last(page)
      .getByRole('link', { name: /message$/ })
      .click();
    await page.getByRole('heading', { name: QUESTION }).waitFor();
    await become(page, 'Mina');
    await last(page).getByText('an answer from @Hana').waitFor();
    await expect.poll(() => last(page).getAttribute('class')).toContain('mentioned');
    await last(page).getByRole('link', { name: 'https://support.upwork.com/hc' }).waitFor();

    await become(page, 'Omar');
    await last(page)
      .getByRole('button', { name: /^More actions/ })
      .click();
    await page.getByRole('menuitem', { name: 'Apps: Save as reply' }).click();
    expect(await dialog(page).getByLabel(en.edit.text).inputValue()).toContain('Yes, she can');
    expect(await dialog(page).getByLabel(en.edit.aliases).inputValue()).toBe(QUESTION);
    await fillIn(page, { [en.edit.title]: 'Accounts of a couple' });
    await last(page).getByText('Saved: Accounts of a couple.').waitFor();
  });

  it('a question that /ask does not know goes to the helpers, waits in /insights, and is answered once', async () => {
    const page = await visitAs('Mina', '# general');
    await send(page, `/ask question:${UNKNOWN}`);
    await last(page).getByText(en.ask.unknown).waitFor();
    await press(page, button.askPerson);
    expect(await dialog(page).getByLabel(person.question).inputValue()).toBe(UNKNOWN);
    await dialog(page).getByRole('button', { name: 'Submit' }).click();
    await last(page).getByText('Sent to the helpers of this server.').waitFor();
    await messages(page).filter({ hasText: en.ask.unknown }).getByRole('button', { name: button.askPerson }).click();
    await last(page).getByText('Your last question is still open').waitFor();

    await become(page, 'Omar');
    await type(page, '/insights');
    await page.keyboard.press('Escape');
    await enter(page);
    await last(page).getByText(en.insights.waiting).waitFor();
    await last(page).getByRole('link', { name: '#helpers › message' }).click();
    await page.getByRole('heading', { name: 'helpers' }).waitFor();
    await press(page, button.answered);
    await fillIn(page, { [person.answer]: 'Paris.' });
    await last(page).getByText('Posted:').waitFor();
    await become(page, 'Mina');
    await goTo(page, '# general');
    await last(page).getByText('an answer from @Omar').waitFor();
  });

  it('helpers see the commands of moderators that the server allows their role', async () => {
    const page = await visitAs('Hana', '# general');
    await box(page).fill('/');
    await expect.poll(() => suggestions(page).count()).toBeGreaterThan(0);
    const shown = (await suggestions(page).allTextContents()).join();
    expect(shown).toContain('/insights');
    expect(shown).not.toContain('/setup');
  });

  it('nothing is loaded from other hosts, and no errors are logged to the console', () => {
    expect(preview.foreignRequests).toEqual([]);
    expect(preview.consoleErrors).toEqual([]);
  });
});
