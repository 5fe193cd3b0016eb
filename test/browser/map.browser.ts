// The editor's map in a real browser.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mapFile } from '../../src/preview/map-file.ts';
import { readMap } from '../../src/preview/map-view.ts';
import { browserPath } from './browser.ts';
import { labelTo, pageWithMostQuestions, titleOf } from './titles.ts';
import { openPreview, type Preview } from './world.ts';

const node = (page: Page, title: string) => page.locator('.node', { hasText: title }).first();
const detail = (page: Page) => page.locator('#detail');
const positionOf = (page: Page) => page.locator('#sheet').getAttribute('style');

describe.skipIf(browserPath === undefined)('the map', () => {
  let preview: Preview;
  beforeAll(async () => {
    preview = await openPreview();
  });
  afterAll(async () => {
    await preview.stop();
  });

  it('shows a page as Discord does, with its sources and the pages that lead to it', async () => {
    const page = await preview.visit('/map');
    await node(page, titleOf('close-account#before')).click();
    await detail(page).getByRole('heading', { name: 'In Discord' }).waitFor();
    await detail(page).locator('discord-embed').getByText('What to do').waitFor();
    await detail(page)
      .getByRole('heading', { name: /^Sources \(\d+\)/ })
      .waitFor();
    await detail(page)
      .getByRole('button', { name: titleOf('close-account#goal') })
      .click();
    expect(await page.locator('.node[aria-pressed="true"]').textContent()).toContain(titleOf('close-account#goal'));
    await detail(page)
      .getByRole('button', { name: labelTo('close-account#goal', 'close-account#before') })
      .click();
    expect(await page.locator('#detail-title').textContent()).toContain(titleOf('close-account#before'));
  });

  it('says how many questions a page answers, also where it lists only the first ones', async () => {
    const page = await preview.visit('/map');
    const { name, questions } = pageWithMostQuestions();
    await page.locator(`.node[data-page="${name}"]`).click();
    await detail(page)
      .getByRole('heading', { name: `Questions it answers (${questions.length})` })
      .waitFor();
    const listed = detail(page).locator('h3:has-text("Questions it answers") + ul > li');
    expect(await listed.last().textContent()).toBe(`and ${questions.length - (await listed.count()) + 1} more`);
  });

  it('begins below its buttons on a phone', async () => {
    const page = await preview.visit('/map', { viewport: { width: 390, height: 844 } });
    const start = node(page, titleOf('close-account#goal'));
    await start.waitFor();
    const { y, height } = (await page.locator('#bar').boundingBox()) ?? expect.fail('no bar');
    const tops = await page
      .locator('.node')
      .evaluateAll((nodes) => nodes.map((one) => one.getBoundingClientRect().top));
    expect(Math.min(...tops)).toBeGreaterThanOrEqual(y + height);
    await start.click();
    await detail(page).getByText('the first page of a command').waitFor();
  });

  it('pans and zooms by pointer, wheel, buttons and keys', async () => {
    const page = await preview.visit('/map');
    await node(page, titleOf('close-account#before')).waitFor();
    const seen = new Set([await positionOf(page)]);
    const view = page.locator('#view');
    await view.focus();
    await page.keyboard.press('ArrowRight');
    seen.add(await positionOf(page));
    await page.keyboard.press('+');
    seen.add(await positionOf(page));
    await page.getByRole('button', { name: 'Zoom in' }).click();
    seen.add(await positionOf(page));
    await view.hover({ position: { x: 5, y: 5 } });
    await page.mouse.wheel(0, -300);
    await expect.poll(() => positionOf(page)).not.toBe([...seen].at(-1));
    seen.add(await positionOf(page));
    await page.mouse.down();
    await page.mouse.move(400, 400);
    await page.mouse.up();
    seen.add(await positionOf(page));
    expect(seen.size).toBe(6);
  });

  it('follows changes in the files, marks unreachable pages, and shows findings with their line', async () => {
    const page = await preview.visit('/map');
    await node(page, titleOf('close-account#before')).waitFor();
    const file = join(preview.content, 'en', 'close-account.md');
    const original = readFileSync(file, 'utf8');
    const at = original.split('\n').length + 1;
    writeFileSync(file, `${original}\n## A page that nothing leads to {#lonely}\n\nA text.[^U15]\n`);
    const lonely = page.locator('.node.lost', { hasText: 'A page that nothing leads to' });
    await lonely.waitFor();
    await page.getByText(`content/en/close-account.md:${at}:1 G022`).first().waitFor();
    await lonely.focus();
    await page.keyboard.press('Enter');
    await detail(page).getByText('unreachable').waitFor();
    await detail(page).getByText('G022').waitFor();
    writeFileSync(file, original);
    await lonely.waitFor({ state: 'detached' });
  });

  it('can be saved as one file that needs nothing else', async () => {
    const file = join(preview.content, '..', 'map.html');
    writeFileSync(file, await mapFile(await readMap(preview.content)));
    const page = await preview.visit('/map');
    await page.goto(pathToFileURL(file).href);
    await node(page, titleOf('close-account#before')).click();
    await detail(page).locator('discord-embed').waitFor();
  });

  it('is saved by npm run map', () => {
    const file = join(preview.content, '..', 'written.html');
    execFileSync(process.execPath, ['scripts/run.js', 'map', '--html', file]);
    expect(readFileSync(file, 'utf8')).toContain('id="map-data"');
  });

  it('loads nothing from other hosts and logs no errors to the console', () => {
    expect(preview.foreignRequests).toEqual([]);
    expect(preview.consoleErrors).toEqual([]);
  });
});
