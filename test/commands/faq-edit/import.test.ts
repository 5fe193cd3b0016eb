// Importing replies: the question about a file, and what its button does.
import { gunzipSync, gzipSync } from 'node:zlib';
import type { APIAttachment } from 'discord-api-types/v10';
import { afterAll, expect, it } from 'vitest';
import { type EditId, readEditId } from '../../../commands/faq-edit/ids.ts';
import { askToImport, runImport } from '../../../commands/faq-edit/import.ts';
import type { EditServices } from '../../../commands/faq-edit/services.ts';
import { type MessageBody, Refusal } from '../../../src/discord/answer.ts';
import { codePoints, EMBED_LIMITS, MAX_CONTENT } from '../../../src/discord/limits.ts';
import { CANCEL } from '../../../src/discord/views/buttons.ts';
import { plainText } from '../../../src/discord/views/plain-text.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import { ReplyCache } from '../../../src/replies/cache.ts';
import { MAX_FILE_BYTES, MAX_PLAIN_FILE_BYTES } from '../../../src/replies/format-file.ts';
import { ConflictError, MAX_REPLIES, type Reply, TooManyRepliesError } from '../../../src/replies/reply.ts';
import { StoreError } from '../../../src/store/errors.ts';
import type { Store } from '../../../src/store/store.ts';
import { commandInteraction, componentInteraction, USER_ID } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { buttonsOf, fileOf, openDiscordWorld, replyOf } from '../world.ts';

const en = messagesFor('en');
const { discord, services, store, clock, write, close } = await openDiscordWorld();
afterAll(close);

const { exchange } = en;
const entry = (title: string, id: string, text = 'x') => `## ${title} {#${id}}\n\n${text}\n\n`;
const entries = (count: number, title = 'Title') =>
  Array.from({ length: count }, (_, i) => entry(`${title} ${i}`, `id-${i}`)).join('');
const upload = (data: string | Uint8Array, name = 'replies.md') => discord.addFile(name, data);
const shownIn = (guildId: string) => services.replyCache.repliesOf(guildId);
/** Services with a store of which some functions differ. */
const withStore = (more: Partial<Store>): EditServices => ({ ...services, store: { ...store, ...more } });

async function ask(
  guildId: string,
  attachment: Partial<APIAttachment> | undefined,
  { limit, on = services }: { limit?: number; on?: EditServices } = {},
) {
  const id = attachment?.id ?? '1';
  const data = { resolved: { attachments: attachment ? { [id]: attachment } : {} } };
  const interaction = {
    ...commandInteraction('faq-edit import', { file: id }, { guildId, data }),
    ...(limit === undefined ? {} : { attachment_size_limit: limit }),
  };
  return askToImport(interaction, guildId, await services.contexts.contextFor(interaction), on);
}

interface Pressing {
  readonly id: Partial<EditId>;
  readonly on?: EditServices;
  readonly progress?: (body: MessageBody) => Promise<void>;
}

async function press(
  guildId: string,
  attachments: readonly object[],
  { id, on = services, progress = async () => undefined }: Pressing,
) {
  const interaction = componentInteraction('e1:import', { guildId, message: { id: newId(), attachments } });
  const context = await services.contexts.contextFor(interaction);
  return runImport(interaction, guildId, { action: 'import', number: 0, topic: '', ...id }, context, on, progress);
}
const idOf = (message: Parameters<typeof buttonsOf>[0]): EditId =>
  readEditId(buttonsOf(message)[0]?.[1] ?? '') ?? expect.fail('no id of /faq-edit');

it('asks before it imports, names what is new and changed, and attaches the file', async () => {
  const guildId = newId();
  const changed = await write(guildId, { title: 'Old' });
  const same = await write(guildId, { title: 'Same', text: 'x' });
  const text = entry('*New*', 'new') + entry('Changed', changed.topic.slice(2)) + entry('Same', same.topic.slice(2));
  const shown = await ask(guildId, upload(text));
  expect(shown.content).toBe(exchange.plan(1, 1, 1));
  expect(shown.embeds).toEqual([
    {
      fields: [
        { name: exchange.added, value: '- \\*New\\*' },
        { name: exchange.changed, value: '- Changed' },
      ],
    },
  ]);
  expect(shown.components).toMatchObject([{ components: [{ style: 1 }, { style: 2 }] }]);
  expect(buttonsOf(shown)).toEqual([
    [en.confirm.import(2), expect.stringMatching(/^e1:import:2:[\w-]{16}$/)],
    [en.confirm.cancel, CANCEL],
  ]);
  expect(shown.files).toEqual([{ name: 'replies.md', data: Buffer.from(text), contentType: 'text/markdown' }]);
  expect(await shownIn(guildId)).toHaveLength(2);
});

it('leaves out a list that is empty', async () => {
  const shown = await ask(newId(), upload(entry('New', 'new')));
  expect(shown.embeds).toEqual([{ fields: [{ name: exchange.added, value: '- New' }] }]);
});

it('says that a file has nothing new, without buttons or a file', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, { text: 'x' });
  const shown = await ask(guildId, upload(entry('Refunds', topic.slice(2))));
  expect(shown).toMatchObject({ content: exchange.allSame, components: [], embeds: [] });
  expect(shown).not.toHaveProperty('files');
});

it('names at most 15 titles, and shortens them to 60 characters', async () => {
  const listOf = async (count: number, title?: string) =>
    (await ask(newId(), upload(entries(count, title)))).embeds?.[0]?.fields?.[0]?.value.split('\n') ?? [];
  expect(await listOf(15)).toEqual(Array.from({ length: 15 }, (_, i) => `- Title ${i}`));
  const sixteen = await listOf(16);
  expect(sixteen).toHaveLength(16);
  expect(sixteen.slice(-2)).toEqual(['- Title 14', exchange.more(1)]);
  const [line] = await listOf(1, 't'.repeat(60));
  expect(line).toBe(`- ${'t'.repeat(59)}…`);
});

it('keeps the list of titles within an embed’s field', async () => {
  const shown = await ask(newId(), upload(entries(100, 't'.repeat(100))));
  const lines = shown.embeds?.[0]?.fields?.[0]?.value.split('\n') ?? [];
  expect(lines.at(-1)).toBe(exchange.more(100 - 15));
  expect(lines).toHaveLength(16);
  expect(codePoints(lines.join('\n'))).toBeLessThanOrEqual(EMBED_LIMITS.fieldValue);
});

it('warns of pages that the guides do not have', async () => {
  const shown = await ask(newId(), upload(entry('Ours', 'open-door#frnt'), 'my_file.md'));
  expect(shown.content).toMatch(
    new RegExp(
      `^${exchange.plan(1, 0, 0)}\n${exchange.warnings}\n- ${plainText('my_file.md').replace('\\', '\\\\')}:1:1 F015 `,
    ),
  );
  expect(buttonsOf(shown)).toHaveLength(2);
});

it('shows as many warnings as fit into a message, and counts the others', async () => {
  const text = Array.from({ length: 60 }, (_, i) => entry('Ours', `open-door#none-${i}`)).join('');
  const { content = '' } = await ask(newId(), upload(text));
  const lines = content.split('\n').slice(2);
  expect(lines.at(-1)).toBe(exchange.more(60 - (lines.length - 1)));
  expect([...content].length).toBeLessThanOrEqual(MAX_CONTENT);
  const longest = Math.max(...lines.map((line) => line.length));
  expect([...content].length + longest + 1).toBeGreaterThan(MAX_CONTENT);
});

it('refuses a file with errors, and names as many as fit', async () => {
  const refusalOf = (text: string) => ask(newId(), upload(text)).catch((error: unknown) => error);
  const one = await refusalOf(`${entry('Ours', 'open-door#none')}${entry('', 'abc')}`);
  expect(one).toBeInstanceOf(Refusal);
  const [head, ...findings] = String(Object(one).message).split('\n');
  expect(head).toBe(exchange.findings);
  expect(findings).toHaveLength(1);
  expect(findings[0]).toMatch(/^- replies\.md:\d+:1 F009 /);
  const many = String(Object(await refusalOf('## x\n\ny\n\n'.repeat(90))).message);
  expect(many).toMatch(/\n… and \d+ more$/);
  expect([...many].length).toBeLessThanOrEqual(MAX_CONTENT);
});

it.each<[string, Partial<APIAttachment> | undefined, string]>([
  ['no file', undefined, exchange.notFetched],
  ['a file of another site', { id: '1', url: 'https://example.org/a.md', size: 1 }, exchange.elsewhere],
  ['a large file', { ...upload('x'), size: MAX_FILE_BYTES + 1 }, exchange.tooLarge],
  ['a file that is gone', { id: '1', url: `${discord.origin}/attachments/1/a.md`, size: 1 }, exchange.notFetched],
])('says what to do about %s', async (_, attachment, sentence) => {
  await expect(ask(newId(), attachment)).rejects.toThrow(new Refusal(sentence));
});

it('accepts a file of exactly 16 MiB as Discord gives it', async () => {
  const shown = await ask(newId(), { ...upload(entry('New', 'new')), size: MAX_FILE_BYTES });
  expect(shown.content).toBe(exchange.plan(1, 0, 0));
});

it('calls a file replies.md if Discord sends no name', async () => {
  const { filename: _, ...nameless } = upload('{"a": 1}', 'named.md');
  await expect(ask(newId(), nameless)).rejects.toThrow('replies.md:1:1 F002');
  await expect(ask(newId(), upload('{"a": 1}', 'named.md'))).rejects.toThrow('named.md:1:1 F002');
});

it.each([
  ['a plain file of 1 MiB', MAX_PLAIN_FILE_BYTES, false],
  ['a larger one, compressed', MAX_PLAIN_FILE_BYTES + 1, true],
])('attaches %s', async (_, size, isCompressed) => {
  const head = entry('New', 'new');
  const text = head + ' '.repeat(size - head.length);
  const shown = await ask(newId(), upload(text));
  const [file] = shown.files ?? [];
  const data = fileOf(shown);
  if (isCompressed) {
    expect(file).toMatchObject({ name: 'replies.md.gz', contentType: 'application/gzip' });
    expect(gunzipSync(data).toString() === text).toBe(true);
  } else {
    expect(file).toMatchObject({ name: 'replies.md', contentType: 'text/markdown' });
    expect(data.toString() === text).toBe(true);
  }
});

it('attaches a compressed file as it is', async () => {
  const bytes = gzipSync(entry('New', 'new'));
  const shown = await ask(newId(), upload(bytes, 'replies.md.gz'));
  expect(shown.files).toEqual([{ name: 'replies.md.gz', data: bytes, contentType: 'application/gzip' }]);
});

it('refuses a file that is too large to attach', async () => {
  const text = entry('New', 'new');
  // Half of so small a limit is for the file.
  expect((await ask(newId(), upload(text), { limit: 2 * text.length })).files).toHaveLength(1);
  const refused = ask(newId(), upload(text), { limit: 2 * text.length - 2 });
  await expect(refused).rejects.toThrow(new Refusal(exchange.tooLargeCompressed));
});

it('refuses to add more replies than a server can have, before it asks', async () => {
  const guildId = newId();
  const topicOf = (i: number) => String(i).padStart(8, '0');
  const replies = Array.from({ length: MAX_REPLIES - 1 }, (_, i): Reply => replyOf({ topic: `r:${topicOf(i)}` }));
  const replyCache = new (class extends ReplyCache {
    override repliesOf = async () => replies;
  })(store, services);
  const on = { ...services, replyCache };
  const shown = await ask(guildId, upload(entry('New', 'new')), { on });
  expect(shown.content).toBe(exchange.plan(1, 0, 0));
  const refused = ask(guildId, upload(entry('New', 'new') + entry('Newer', 'newer')), { on });
  await expect(refused).rejects.toThrow(new Refusal(exchange.full(2, MAX_REPLIES)));
  replies.push(replyOf({ topic: `r:${topicOf(MAX_REPLIES)}` }), replyOf({ topic: `r:${topicOf(MAX_REPLIES + 1)}` }));
  const changes = await ask(guildId, upload(entry('Changed', topicOf(0))), { on });
  expect(changes.content, 'a change adds none').toBe(exchange.plan(0, 1, 0));
  replyCache.close();
});

it('imports the attached file in the person’s name', async () => {
  const guildId = newId();
  const file = upload(entry('One', 'one') + entry('Two', 'two'));
  const { digest } = idOf(await ask(guildId, file));
  const shown = await press(guildId, [file, upload(entry('Third', 'third'))], { id: { number: 9, digest } });
  expect(shown).toEqual({ content: exchange.imported(2), embeds: [], components: [], allowed_mentions: { parse: [] } });
  expect(await shownIn(guildId)).toMatchObject([
    { title: 'One', savedBy: USER_ID, action: 'import' },
    { title: 'Two', savedBy: USER_ID },
  ]);
});

it('imports once if the click arrives twice', async () => {
  const guildId = newId();
  const interaction = componentInteraction('x', { guildId, message: { attachments: [upload(entry('One', 'one'))] } });
  const context = await services.contexts.contextFor(interaction);
  const id: EditId = { action: 'import', number: 1, topic: '' };
  for (let i = 0; i < 2; i++) {
    const shown = await runImport(interaction, guildId, id, context, services, async () => undefined);
    expect(shown.content).toBe(exchange.imported(1));
  }
  expect(await shownIn(guildId)).toMatchObject([{ revision: 1 }]);
});

it.each([
  ['the digest', { number: 1, digest: 'A'.repeat(16) }],
  ['the number of a button of version 1.0', { number: 2 }],
])('asks again if %s no longer fits the plan', async (_, id) => {
  const guildId = newId();
  const file = upload(entry('One', 'one') + entry('Ours', 'open-door#none') + entry('Two', 'two'));
  const shown = await press(guildId, [file], { id });
  expect(shown.content).toContain(exchange.planChanged(exchange.plan(3, 0, 0)));
  expect(shown.content).toContain(`\n${exchange.warnings}\n- `);
  expect(idOf(shown)).toMatchObject({ number: 3, digest: expect.any(String) });
  expect(shown).not.toHaveProperty('files');
  expect(await shownIn(guildId)).toEqual([]);
  expect((await press(guildId, [file], { id: idOf(shown) })).content).toBe(exchange.imported(3));
});

it('says so if the file is no longer attached', async () => {
  await expect(press(newId(), [], { id: { number: 1 } })).rejects.toThrow(new Refusal(exchange.notFetched));
});

it.each([
  ['others keep saving', new ConflictError('the file', undefined), new Refusal(exchange.planBusy)],
  ['the server is full', new TooManyRepliesError(3), new Refusal(exchange.full(3, MAX_REPLIES))],
  ['the database fails', new StoreError('locked', 'busy'), new StoreError('locked', 'busy')],
])('says so if %s', async (_, error, expected) => {
  const on = withStore({ transact: () => Promise.reject(error) });
  await expect(press(newId(), [upload(entry('One', 'one'))], { id: { number: 1 }, on })).rejects.toThrow(expected);
});

it('shows the progress of a long import, and ends only once that is shown', async () => {
  const guildId = newId();
  const file = upload(entries(65));
  let arrive = () => {};
  const arrived = new Promise<void>((done) => {
    arrive = done;
  });
  let isDone = false;
  // The import begins, and then takes two seconds.
  const on = withStore({
    transact: async (...work) => {
      await clock.advance(2000);
      return store.transact(...work);
    },
  });
  const progressed: MessageBody[] = [];
  const progress = async (body: MessageBody) => {
    progressed.push(body);
    await arrived;
  };
  const importing = press(guildId, [file], { id: { number: 65 }, on, progress }).then(({ content }) => {
    isDone = true;
    return content;
  });
  await expect.poll(async () => (await shownIn(guildId)).length, { interval: 5 }).toBe(65);
  for (let i = 0; i < 5; i++) await new Promise(setImmediate);
  expect(progressed.map(({ content }) => content)).toEqual([exchange.importing(64, 65)]);
  expect(isDone).toBe(false);
  arrive();
  expect(await importing).toBe(exchange.imported(65));
});

it('reads one file at a time, because each takes much memory', async () => {
  let finish = () => {};
  const other = services.fileQueue(
    () =>
      new Promise<void>((done) => {
        finish = done;
      }),
  );
  const guildId = newId();
  const before = discord.requests.length;
  const asking = ask(guildId, upload(entry('One', 'one')));
  const pressing = press(guildId, [upload(entry('One', 'one'))], { id: { number: 1 } });
  const done: string[] = [];
  const ends = [asking.then(() => done.push('asked')), pressing.then(() => done.push('imported'))];
  for (let i = 0; i < 20; i++) await new Promise(setImmediate);
  expect(done).toEqual([]);
  expect(discord.requests.length).toBe(before);
  finish();
  await Promise.all([other, ...ends]);
  expect(done).toEqual(['asked', 'imported']);
});
