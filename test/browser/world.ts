// Starts the preview with the real bot, and a browser to visit it.
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seedDemoWorld, startFakeDiscord } from 'fake-discord';
import { pino } from 'pino';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { readConfig } from '../../src/config.ts';
import { readContentFolder } from '../../src/content/files.ts';
import { openContentFolder } from '../../src/content/folder.ts';
import { startBot } from '../../src/live.ts';
import { mapSite } from '../../src/preview/map-server.ts';
import { systemClock } from '../../src/system-clock.ts';
import { buildPages } from '../e2e/built-page.ts';
import { BUSY_MS } from '../e2e/world.ts';
import { openBrowser } from './browser.ts';

export type Preview = Awaited<ReturnType<typeof openPreview>>;

/** Starts everything with a copy of the content that a test may change. */
export async function openPreview() {
  buildPages();
  const home = mkdtempSync(join(tmpdir(), 'guidepost-browser-'));
  const content = join(home, 'content');
  cpSync('content', content, { recursive: true });
  const discord = await startFakeDiscord({ botName: 'Guidepost', mounted: mapSite(content), answerWithinMs: BUSY_MS });
  const demo = seedDemoWorld(discord);
  const config = readConfig({
    DISCORD_API_URL: discord.apiUrl,
    DATABASE_URL: `file:${join(home, 'guidepost.db')}`,
    CONTENT_DIR: content,
  });
  const log = pino({ level: 'silent' });
  const bot = await startBot(
    { ...config, token: discord.token },
    openContentFolder(content, readContentFolder, { log, clock: systemClock }),
    { log, clock: systemClock },
  );
  const browser = await openBrowser();
  /** Errors and warnings of the pages. */
  const consoleErrors: string[] = [];
  /** Requests to other hosts. */
  const foreignRequests: string[] = [];
  return {
    discord,
    demo,
    content,
    consoleErrors,
    foreignRequests,
    /** Opens a page in a new browser context. @param path such as `/map`; null to open nothing yet */
    async visit(path: string | null = '/', options: BrowserContextOptions = {}): Promise<Page> {
      const context = await browser.newContext({ viewport: { width: 1200, height: 800 }, ...options });
      const page = await context.newPage();
      page.setDefaultTimeout(10_000);
      page.on('console', (message) => {
        if (['error', 'warning'].includes(message.type())) consoleErrors.push(message.text().slice(0, 200));
      });
      page.on('pageerror', (error) => consoleErrors.push(error.message));
      page.on('request', (request) => {
        const url = request.url();
        if (!url.startsWith(`${discord.origin}/`) && !/^(data|blob|file):/.test(url)) foreignRequests.push(url);
      });
      if (path !== null) await page.goto(discord.origin + path);
      return page;
    },
    async stop() {
      await browser.close();
      await bot.stop();
      await discord.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
