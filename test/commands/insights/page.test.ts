// The message of /insights: totals, chart, and buttons for questions without an answer.
import { afterAll, expect, it, onTestFinished, vi } from 'vitest';
import { insightsPage } from '../../../commands/insights/page.ts';
import { writeId } from '../../../commands/insights/write.ts';
import { COLOR } from '../../../src/discord/views/colors.ts';
import { GUIDES_TOPIC } from '../../../src/discord/views/guides.ts';
import { en } from '../../../src/i18n/en.ts';
import { daysBefore } from '../../../src/time.ts';
import { newId } from '../../new-id.ts';
import { buttonsOf, contextOf, FRONT, fileOf, openCommandWorld, START } from '../world.ts';

const { services, store, write, logged, close } = openCommandWorld();
afterAll(close);

const { insights: words } = en;
const TODAY = '2026-11-24';
type Kind = 'seen' | 'left' | 'followed' | 'helped' | 'not-helped' | 'asked' | 'shown';

/** Saves counts as `[kind, subject, n, days ago]`. */
const counting = (guild_id: string, ...counts: [kind: Kind, subject: string, n: number, daysAgo: number][]) =>
  store.run((db) =>
    db
      .insertInto('counts')
      .values(counts.map(([kind, subject, n, ago]) => ({ guild_id, day: daysBefore(TODAY, ago), kind, subject, n })))
      .execute(),
  );
const asking = (guild_id: string, ...texts: string[]) =>
  store.run((db) =>
    db
      .insertInto('questions')
      .values(texts.map((text, i) => ({ guild_id, asked_on: daysBefore(TODAY, i), id: `${guild_id}-${i}`, text })))
      .execute(),
  );
const page = async (guildId: string, days = 7) =>
  insightsPage(
    { guildId, days, isModerator: true },
    await services.contexts.contextFor({ guild_id: guildId }),
    services,
  );
const fieldOf = ({ embeds }: Awaited<ReturnType<typeof page>>, name: string) =>
  embeds?.[0]?.fields?.find((field) => field.name === name)?.value;
const title = (topic: string) => contextOf().topics.find(topic)?.title ?? '';

it('says what it will show, while nothing was counted', async () => {
  const shown = await page(newId(), 1);
  const about = { color: COLOR.information, title: words.title('1'), footer: { text: words.footer } };
  expect(shown).toEqual({
    content: '',
    embeds: [{ ...about, description: words.empty('1') }],
    components: [],
    allowed_mentions: { parse: [] },
  });
});

it('shows the totals and how they compare with the period before', async () => {
  const guildId = newId();
  await counting(
    guildId,
    ['seen', START, 1200, 0],
    ['left', START, 200, 0],
    ['followed', 'open-door', 3, 6],
    ['shown', FRONT, 6, 6],
    ['seen', START, 600, 7],
    ['left', START, 100, 7],
    ['followed', 'open-door', 4, 13],
    ['shown', FRONT, 2, 13],
    ['seen', START, 9, 14],
  );
  const shown = await page(guildId);
  expect(shown.embeds?.[0]).toMatchObject({
    color: COLOR.information,
    title: words.title('7'),
    footer: { text: words.footer },
    description: [
      words.pages('1,200', words.more('100')),
      words.shown('6', words.more('200')),
      words.walks('1,000', words.more('100')),
      words.followed('3', words.less('25')),
      words.compared('7'),
    ].join('\n'),
  });
  expect(fieldOf(shown, words.read)).toBe(`${words.count(title(START), '1,200')}\n${words.count(title(FRONT), '6')}`);
});

it('says without numbers which totals were 0 in both periods', async () => {
  const guildId = newId();
  await counting(guildId, ['shown', FRONT, 6, 6], ['followed', 'open-door', 4, 13]);
  expect((await page(guildId)).embeds?.[0]?.description?.split('\n')).toEqual([
    words.noPages,
    words.shown('6', words.new),
    words.noWalks,
    words.followed('0', words.less('100')),
    words.compared('7'),
  ]);
  const other = newId();
  await counting(other, ['seen', START, 6, 6]);
  const lines = (await page(other)).embeds?.[0]?.description?.split('\n');
  expect([lines?.[1], lines?.[3]]).toEqual([words.noneShown, words.noneFollowed]);
});

it.each<[string, Parameters<typeof counting>[1]]>([
  ['this period', ['helped', FRONT, 1, 0]],
  ['the period before', ['helped', FRONT, 1, 7]],
])('says in one sentence that nothing was read, if something else was counted in %s', async (_, count) => {
  const guildId = newId();
  await counting(guildId, count);
  expect((await page(guildId)).embeds?.[0]?.description).toBe(words.nothingRead('7'));
});

it('tells pages on which walks stop from outcomes, and names a topic that is gone', async () => {
  const guildId = newId();
  await counting(guildId, ['seen', START, 1, 0], ['seen', FRONT, 2, 0], ['seen', 'gone#gone', 1, 0]);
  const shown = await page(guildId);
  const stops = [words.stopsHint, words.end(words.goneTopic, '1', '25', '1'), words.end(title(START), '1', '25', '1')];
  expect(fieldOf(shown, words.stops)).toBe(stops.join('\n'));
  expect(fieldOf(shown, words.outcomes)).toBe(words.end(title(FRONT), '2', '50', '2'));
});

it('draws a chart, and describes it in words', async () => {
  const guildId = newId();
  await counting(
    guildId,
    ['seen', START, 1000, 0],
    ['shown', START, 2000, 2],
    ['seen', START, 5, 6],
    ['seen', START, 9, 7],
  );
  const shown = await page(guildId);
  expect(shown.files).toMatchObject([{ name: 'insights.png', contentType: 'image/png' }]);
  expect(fileOf(shown).subarray(1, 4).toString()).toBe('PNG');
  expect(shown.embeds?.[0]?.image).toEqual({ url: 'attachment://insights.png' });
  const description = words.chart('7', '3,005', '2,000', '22 Nov 2026');
  expect(shown.attachments).toEqual([{ id: '0', description }]);
});

it.each<[string, Parameters<typeof counting>[1], string]>([
  ['this period', ['seen', START, 1200, 2], words.chartOfBars('7', '1,200', '1,200', '22 Nov 2026')],
  ['the period before', ['seen', START, 1200, 7], words.chartOfLine('7', '1,200')],
])('describes a chart of %s alone', async (_, count, description) => {
  const guildId = newId();
  await counting(guildId, count);
  expect((await page(guildId)).attachments).toEqual([{ id: '0', description }]);
});

it('shows the numbers without a chart if it cannot be drawn, and logs why', async () => {
  vi.doMock('@resvg/resvg-js', () => ({ renderAsync: () => Promise.reject(new Error('no binary')) }));
  onTestFinished(() => void vi.doUnmock('@resvg/resvg-js'));
  const guildId = newId();
  await counting(guildId, ['seen', START, 1, 0]);
  logged.length = 0;
  const shown = await page(guildId);
  expect(shown.embeds?.[0]?.description).toContain(words.pages('1', words.new));
  expect(shown.embeds?.[0]).not.toHaveProperty('image');
  expect(shown).not.toHaveProperty('files');
  expect(logged).toMatchObject([{ msg: 'insights chart not drawn, shown without it', err: { message: 'no binary' } }]);
});

it.each<[string, Parameters<typeof counting>[1], boolean]>([
  ['pages were read only in the period before', ['seen', START, 1, 8], true],
  ['pages were read only in this period', ['seen', START, 1, 1], true],
  ['no pages were read', ['asked', 'declined', 1, 0], false],
])('knows whether there is something to draw: %s', async (_, count, hasChart) => {
  const guildId = newId();
  await counting(guildId, count);
  const shown = await page(guildId);
  expect([shown.files?.length, shown.attachments?.length]).toEqual(hasChart ? [1, 1] : [undefined, undefined]);
  expect(shown.embeds?.[0]?.image !== undefined).toBe(hasChart);
});

it('has a button for each of the first five questions', async () => {
  const guildId = newId();
  const long = `a *long* ${'x'.repeat(60)}`;
  await asking(guildId, long, 'b', 'c', 'd', 'e', 'f');
  const shown = await page(guildId);
  const buttons = buttonsOf(shown);
  expect(buttons.map(([label]) => label)).toEqual([
    words.write(`${long.slice(0, 59)}…`),
    ...['b', 'c', 'd', 'e'].map(words.write),
  ]);
  expect(buttons[1]?.[1]).toBe(writeId(`${guildId}-1`));
  expect(fieldOf(shown, words.questions)?.split('\n')).toHaveLength(6);
});

it('names the pinned message with all guides', async () => {
  const guildId = newId();
  await counting(guildId, ['shown', GUIDES_TOPIC, 1, 0]);
  expect(fieldOf(await page(guildId), words.read)).toBe(words.count(en.setup.guides, '1'));
});

it('leaves out questions that a reply answers by its title or another name', async () => {
  const guildId = newId();
  await asking(guildId, 'where are, keys?', 'who rings', 'is it open');
  await write(guildId, { title: 'Where are keys', aliases: ['WHO rings!'] });
  const shown = await page(guildId);
  expect(fieldOf(shown, words.questions)).toBe(words.question('is it open', '1'));
});

it('shows nothing of other servers', async () => {
  const guildId = newId();
  await counting(newId(), ['seen', START, 1, 0]);
  await asking(newId(), 'why');
  expect((await page(guildId)).embeds?.[0]?.description).toBe(words.empty('7'));
});
