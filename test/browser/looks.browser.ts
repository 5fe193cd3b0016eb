// Accessibility of the two pages in both themes and widths, and their size and load time.
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { en } from '../../src/i18n/en.ts';
import { become, box, dialog, fillIn, goTo, last, menu, openInsights, send, suggestions } from './actions.ts';
import { browserPath } from './browser.ts';
import { openPreview, type Preview } from './world.ts';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const Violations = z.array(
  z.object({ id: z.string(), impact: z.string().nullable(), nodes: z.array(z.object({ html: z.string() }).loose()) }),
);

/** Serious and critical findings of axe. */
async function seriousFindings(page: Page): Promise<string[]> {
  await page.evaluate(axe);
  const found = Violations.parse(await page.evaluate('axe.run().then(({ violations }) => violations)'));
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`));
}

const isTooWide = (page: Page) =>
  page.evaluate('document.documentElement.scrollWidth > document.documentElement.clientWidth');

describe.skipIf(browserPath === undefined)('the pages', () => {
  let preview: Preview;
  beforeAll(async () => {
    preview = await openPreview();
  });
  afterAll(async () => {
    await preview.stop();
  });

  describe.each([
    ['light', 1200],
    ['dark', 1200],
    ['light', 360],
    ['dark', 360],
  ] as const)('in %s at %i pixels', (colorScheme, width) => {
    const options = { colorScheme, viewport: { width, height: 800 } };

    it('the preview has no serious accessibility findings', async () => {
      const page = await preview.visit('/', options);
      await send(page, '/close-account');
      await last(page).locator('discord-embed').waitFor();
      await box(page).fill('/');
      await suggestions(page).first().waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Pinned messages/ }).click();
      await last(page)
        .getByRole('button', { name: /^More actions for this message/ })
        .press('Enter');
      expect(await seriousFindings(page)).toEqual([]);
    });

    it('forms with mistakes, charts, files and refusals have no serious accessibility findings', async () => {
      const page = await preview.visit('/', options);
      const channels = page.getByRole('button', { name: 'Channels' });
      if (await channels.isVisible()) await channels.click();
      await become(page, 'Omar');
      if (await channels.isVisible()) await channels.click();
      await send(page, '/close-account share:true');
      await openInsights(page, '/insights', 'img', /^Bar chart/);
      const { discord, demo } = preview;
      const path = `${discord.apiUrl}/v10/channels/${demo.channelIds.general}/pins`;
      await fetch(path, { method: 'PUT', headers: { authorization: `Bot ${discord.token}` } });
      await page.getByRole('region', { name: 'Refused by Discord' }).waitFor();
      await send(page, '/faq-edit import');
      await page.getByText('choose a file below').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      await send(page, '/faq-edit add');
      await fillIn(page, { Text: 'x'.repeat(4001) });
      await dialog(page).getByRole('alert').getByText('enter a text').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
    });

    it('the menus of /setup and a forum have no serious accessibility findings', async () => {
      const page = await preview.visit('/', options);
      const channels = page.getByRole('button', { name: 'Channels' });
      if (await channels.isVisible()) await channels.click();
      await become(page, 'Omar');
      if (await channels.isVisible()) await channels.click();
      await send(page, '/setup');
      await menu(page, en.setup.chooseRoles).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
      if (await channels.isVisible()) await channels.click();
      await goTo(page, 'Forum: questions');
      await page.getByRole('textbox', { name: 'Title' }).waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
    });

    it('the map has no serious accessibility findings', async () => {
      const page = await preview.visit('/map', options);
      await page.locator('.node').first().focus();
      await page.keyboard.press('Enter');
      await page.locator('#detail discord-embed').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
      expect(await isTooWide(page)).toBe(false);
    });
  });

  it('remembers the theme that was chosen with the button', async () => {
    const page = await preview.visit('/', { colorScheme: 'light' });
    await page.getByRole('button', { name: 'Dark theme' }).click();
    await page.reload();
    await page.getByRole('button', { name: 'Light theme' }).waitFor();
  });

  it.each([
    ['/', /connected\./],
    ['/map', /^\d+ pages/],
  ])('%s loads under 300 kB compressed', async (path, readyText) => {
    const loads = [];
    for (let i = 0; i < 10; i++) loads.push(await load(path, readyText));
    const times = loads.map(({ ms }) => ms).sort((a, b) => a - b);
    const size = Math.max(...loads.map((one) => one.size));
    const timing = `usable after ${times[5]} ms (the median of 10; the worst is ${times.at(-1)} ms)`;
    console.log(`${path}: ${Math.round(size / 1000)} kB compressed, ${timing}`);
    expect(size).toBeLessThan(300_000);
  });

  /** Opens a page with an empty cache. It is usable when its script has shown the data of the server. */
  async function load(path: string, readyText: RegExp) {
    const page = await preview.visit(null);
    const responses: Response[] = [];
    page.on('response', (response) => {
      if (!response.url().endsWith('/events')) responses.push(response);
    });
    await page.goto(preview.discord.origin + path, { waitUntil: 'commit' });
    await page.getByText(readyText).first().waitFor();
    const ms = Math.round(z.number().parse(await page.evaluate('performance.now()')));
    const bodies = await Promise.all(responses.map((response) => response.body()));
    await page.context().close();
    return { ms, size: bodies.reduce((sum, body) => sum + gzipSync(body).length, 0) };
  }

  it('loads nothing from other hosts and logs no errors to the console', () => {
    expect(preview.foreignRequests).toEqual([]);
    expect(preview.consoleErrors).toEqual([]);
  });
});
