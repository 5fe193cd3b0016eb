// /faq-edit export: the files of a message, and the button for the next ones.
import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { exportFiles } from '../../../commands/faq-edit/export.ts';
import { type EditId, readEditId } from '../../../commands/faq-edit/ids.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import { formatReplyFile } from '../../../src/replies/format-file.ts';
import { commandInteraction } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { buttonsOf, fileOf, openCommandWorld } from '../world.ts';

const en = messagesFor('en');
const { services, store, write, close } = openCommandWorld();
afterAll(close);

const { exchange } = en;
const guildId = newId();
const PER_REPLY = 2800;
/** A text that no compression makes much smaller. */
const text = () => randomBytes(PER_REPLY / 2).toString('hex');

beforeAll(async () => {
  for (const title of ['A', 'B', 'C']) await write(guildId, { title, text: text() });
});

function exporting(limit?: number, next?: EditId, guild = guildId) {
  const more = limit === undefined ? {} : { attachment_size_limit: limit };
  return exportFiles({ ...commandInteraction('faq-edit export'), ...more }, guild, en, services, next);
}

it('exports all replies as one plain file', async () => {
  const shown = await exporting();
  expect(shown).toMatchObject({ content: exchange.exported(3), components: [] });
  expect(shown.files).toEqual([
    {
      name: 'replies.md',
      data: Buffer.from(formatReplyFile(await services.replyCache.repliesOf(guildId))),
      contentType: 'text/markdown',
    },
  ]);
});

it('compresses the file if that makes it fit', async () => {
  const guild = newId();
  const rows = Array.from({ length: 100 }, (_, i) => {
    const topic = `r:${String(i).padStart(8, '0')}`;
    const texts = { title: 't', text: 'x'.repeat(4000), aliases: '[]' };
    const saved = { author_id: '1', saved_at: new Date(0).toISOString(), cause: topic };
    return { guild_id: guild, topic, number: 1, ...texts, ...saved, state: 'shown' as const, action: 'add' as const };
  });
  await store.run((db) => db.insertInto('revisions').values(rows).execute());
  const shown = await exporting(420_000, undefined, guild);
  expect(shown).toMatchObject({ content: exchange.exportedCompressed(100), components: [] });
  expect(shown.files).toMatchObject([{ name: 'replies.md.gz', contentType: 'application/gzip' }]);
});

it('exports as much as fits, and the button continues after it', async () => {
  const limit = 2 * PER_REPLY;
  const shown = await exporting(limit);
  expect(shown.content).toBe(exchange.exportedPart(1, 3));
  const [[label, customId] = ['', '']] = buttonsOf(shown);
  expect(label).toBe(exchange.nextPart);
  const topics = (await services.replyCache.repliesOf(guildId)).map(({ topic }) => topic).sort();
  const next = readEditId(customId);
  expect(next).toEqual({ action: 'export', number: 2, topic: topics[0] });
  const second = await exporting(undefined, next);
  expect(second).toMatchObject({ content: exchange.exportedPart(2, 3), components: [] });
  expect(second.files).toMatchObject([{ name: 'replies-2.md.gz' }]);
  const unpacked = gunzipSync(fileOf(second)).toString();
  expect(topics.map((topic) => unpacked.includes(topic.slice(2)))).toEqual([false, true, true]);
});

it('says that there is nothing, or nothing more', async () => {
  const nothing = await exporting(undefined, undefined, newId());
  expect(nothing).toMatchObject({ content: exchange.nothing });
  expect(nothing).not.toHaveProperty('files');
  const noRest = await exporting(undefined, { action: 'export', number: 2, topic: 'r:zzzzzzzz' });
  expect(noRest).toMatchObject({ content: exchange.noRest });
  expect(noRest).not.toHaveProperty('files');
});

it('waits until other files are done, because each takes much memory', async () => {
  let finish = () => {};
  const other = services.fileQueue(() => new Promise<void>((done) => (finish = done)));
  let isDone = false;
  const waiting = exporting().then(() => {
    isDone = true;
  });
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
  expect(isDone).toBe(false);
  finish();
  await Promise.all([other, waiting]);
});
