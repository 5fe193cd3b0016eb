// A guide on another subject, an invented one: everything fits it without a change of code.
import { execFile } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Message } from 'fake-discord';
import { buttonsOf } from 'fake-discord';
import { afterAll, describe, expect, it } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import { en } from '../../src/i18n/en.ts';
import { writeFiles } from '../guide/sample.ts';
import { until, useWorld } from './world.ts';

const DECLINED = 'Ich verstehe noch kein Deutsch.';
/** What the search of the guide has besides its own files: courtesies, and a language that is only recognized. */
const MORE_SEARCH = new Map([
  ['en/search/courtesies.yaml', '- thanks\n- hello\n'],
  [
    'en/search/de/language.yaml',
    `name: Deutsch
answered: Das gibt es nur auf Englisch.
declined: ${DECLINED}
courtesy: Gern!
examples:
  - wie lange muss das brot im ofen bleiben
  - darf ich nasses holz verbrennen
  - der teig ist mir zusammengefallen
  - wohin kommt die kalte asche
  - warum wird die pizza unten nicht braun
`,
  ],
]);
const CONTENT_DIR = mkdtempSync(join(tmpdir(), 'guidepost-oven-'));
cpSync('test/fixtures/other-subject', CONTENT_DIR, { recursive: true });
writeFiles(CONTENT_DIR, MORE_SEARCH);
/** Words of the guides that the repository ships. */
const SHIPPED_SUBJECT = /upwork|freelanc|fiverr|careercruise|account/i;

const { content = expect.fail('the fixture has errors') } = await readContentFolder(CONTENT_DIR);
const edition = content.editions.get('en') ?? expect.fail('no English edition');
const { subject } = edition;
const pageOf = (name: string) => edition.pages.get(name) ?? expect.fail(`no page ${name}`);
const titleOf = (message: Message | null) => message?.embeds[0]?.title;
const labels = (message: Message | null) => (message ? buttonsOf(message).map(({ label }) => label ?? '') : []);
const textOf = (message: Message | null) => JSON.stringify([message?.content, message?.embeds, labels(message)]);
const starts = edition.guides.flatMap(({ start }) => (start === undefined ? [] : [pageOf(start).title]));

/** Every text that somebody saw. */
const seen: string[] = [];
afterAll(() => rmSync(CONTENT_DIR, { recursive: true }));
const world = useWorld({ CONTENT_DIR });

async function look(answer: Promise<{ message: Message | null }>): Promise<Message> {
  const message = (await answer).message ?? expect.fail('no message');
  seen.push(textOf(message));
  return message;
}
const ask = (question: string) => look(world.member.slash('ask', { question }));
const press = (message: Message, label: string) => look(world.member.press(message, label));

function runTool(...args: string[]): Promise<{ stdout: string; stderr: string }> {
  return promisify(execFile)(process.execPath, ['scripts/run.js', ...args], { env: { ...process.env, CONTENT_DIR } });
}

describe('a guide on another subject', () => {
  it('passes npm run content without a finding', async () => {
    const { stdout, stderr } = await runTool('content');
    expect(`${stdout}${stderr}`).not.toMatch(/ G\d{3} /);
  });

  it('has a command for each of its guides', () => {
    const names = world.discord.commands.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(edition.guides.flatMap(({ command }) => command ?? [])));
    seen.push(JSON.stringify(world.discord.commands));
  });

  it('is walked by its buttons to an outcome, a plan and an answer to whether it helped', async () => {
    const message = await look(world.member.slash('bake'));
    expect(titleOf(message)).toBe(pageOf('bake#what').title);
    await press(message, 'Light the fire');
    expect(titleOf(message)).toBe(pageOf('bake#fire').title);
    await press(message, 'The oven is hot: bread');
    await press(message, en.button.plan);
    for (const step of [...pageOf('bake#fire').steps, ...pageOf('bake#bread').steps])
      expect(message.embeds[0]?.description).toContain(step);
    await press(message, en.button.back);
    await press(message, en.button.notHelped);
    expect(JSON.stringify(message.embeds)).toContain(subject.support);
  });

  it('says on a page that only one source confirms it, and names the bot’s limits on the others', async () => {
    const footerOf = async (page: string) => {
      const [command = ''] = page.split('#');
      return (await look(world.member.slash(command, { page }))).embeds[0]?.footer?.text;
    };
    expect(await footerOf('bake#pizza')).toContain(subject.unconfirmed);
    expect(await footerOf('oven-care#ashes')).toContain(subject.disclaimer);
  });

  it('is what /help is about', async () => {
    const message = await look(world.member.slash('help'));
    const text = JSON.stringify(message.embeds);
    for (const sentence of [subject.title, subject.intro, subject.sources, subject.limits])
      expect(text).toContain(sentence);
    expect(labels(message)).toEqual(starts);
    await press(message, starts[1] ?? '');
    expect(titleOf(message)).toBe(starts[1]);
  });

  it('is what /ask answers about', async () => {
    await until('the search', async () => (await ask('pizza')).content !== en.ask.busy);
    for (const [question, page] of [
      ['how long does bread bake', 'bake#bread'],
      ['may i burn painted planks in the oven', 'bake#fire'],
      ['where do i put the cold ashes', 'oven-care#ashes'],
      ['the dome is cracked', 'oven-care#crack'],
      ['reserve the oven for saturday', 'bake#book'],
    ] as const) {
      const message = await ask(question);
      const shown = [titleOf(message), ...labels(message)];
      expect(shown, question).toContain(pageOf(page).title);
    }
  });

  it('is the limit of what /ask answers about', async () => {
    for (const question of [
      'how do i delete my upwork account',
      'what is the weather in lisbon',
      'best phone for games',
    ]) {
      const message = (await world.member.slash('ask', { question })).message ?? expect.fail('no message');
      expect(titleOf(message), question).toBe(en.ask.unknown);
      // Above it stands the question as it was asked.
      const text = JSON.stringify(message.embeds.map(({ author: _, ...embed }) => embed));
      for (const sentence of [subject.scope, subject.support, subject.disclaimer]) expect(text).toContain(sentence);
      expect(labels(message)).toEqual(starts);
      seen.push(text);
    }
  });

  it('answers thanks with what it is about', async () => {
    expect((await ask('hello, thanks!')).content).toBe(en.ask.courtesy(subject.scope));
  });

  it('declines a question in a language that it only recognizes, in that language', async () => {
    const message = await ask('wie heiß muss der ofen für das brot sein');
    expect(titleOf(message)).toBe(en.ask.unknown);
    expect(message.embeds[0]?.description).toContain(DECLINED);
  });

  it('is pinned, and the pinned page opens a private walk', async () => {
    const message = await look(world.moderator.slash('faq-pin add', { topic: 'oven-care#crack' }));
    const [pinned] = world.discord.pinsOf(world.general);
    expect(titleOf(pinned ?? null)).toBe(pageOf('oven-care#crack').title);
    expect(message.flags & 64).toBe(64);
    seen.push(textOf(pinned ?? null));
    const walk = await look(world.member.press(pinned ?? null, 'Remove the ashes'));
    expect(titleOf(walk)).toBe(pageOf('oven-care#ashes').title);
    expect(walk.flags & 64).toBe(64);
  });

  it('is drawn by npm run map, as text and as a page', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'guidepost-map-'));
    const file = join(folder, 'map.html');
    const { stdout } = await runTool('map');
    await runTool('map', '--html', file);
    const html = readFileSync(file, 'utf8');
    rmSync(folder, { recursive: true });
    for (const text of [stdout, html]) for (const title of starts) expect(text).toContain(title);
    for (const text of [stdout, html]) expect(text).not.toMatch(SHIPPED_SUBJECT);
  });

  it('shows nothing of the subject that the repository ships', () => {
    expect(seen.length).toBeGreaterThan(20);
    for (const text of seen) expect(text).not.toMatch(SHIPPED_SUBJECT);
  });
});
