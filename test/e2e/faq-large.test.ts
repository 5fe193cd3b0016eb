// Export, import and limits of many and large replies.
import { randomBytes } from 'node:crypto';
import { gunzipSync } from 'node:zlib';
import type { Attachment, Message } from 'fake-discord';
import { buttonsOf, type Person } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { formatReplyFile } from '../../src/replies/format-file.ts';
import type { IncomingReply } from '../../src/replies/import.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { MODERATOR, useWorld } from './world.ts';

const WORDS = 'refund contract client account money support days wait close new profile fee'.split(' ');

/** A text that can't be compressed to much less than a third, like real text. */
function text(seed: number, length: number): string {
  let state = seed + 1;
  let words = '';
  while (words.length < length) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    words += `${WORDS[state % WORDS.length]}${state % 89} `;
  }
  return words.slice(0, length);
}

const many = (count: number, length: number): IncomingReply[] =>
  Array.from({ length: count }, (_, i) => ({
    topic: `r:${String(i).padStart(8, '0')}`,
    title: `Reply ${i}`,
    text: text(i, length).trim(),
    aliases: [],
  }));

describe.each(databases)('many replies on $name', { timeout: 120_000 }, (kind) => {
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));

  const newModerator = (name: string) =>
    world.newcomer('Ola', MODERATOR, world.discord.addChannel(world.discord.addGuild(name), 'general'));
  const bytesOf = async ({ url }: Attachment) => Buffer.from(await (await fetch(url)).arrayBuffer());
  const importing = async (person: Person, name: string, data: string | Uint8Array) => {
    const { message } = await person.slash('faq-edit import', { file: world.discord.addFile(name, data) });
    const yes = message && buttonsOf(message).find(({ label }) => label?.startsWith('Import'));
    if (yes) await person.press(message, yes.label ?? '');
    // On a slow machine the first thing to be seen is how far the import is.
    if (message) await expect.poll(() => message.content, { timeout: 60_000 }).not.toMatch(/…$/);
    return message;
  };
  const exported = async (person: Person): Promise<{ messages: Message[]; files: Attachment[] }> => {
    const messages: Message[] = [];
    let { message } = await person.slash('faq-edit export');
    for (; message; ) {
      messages.push(message);
      const isMore = buttonsOf(message).some(({ label }) => label === en.exchange.nextPart);
      message = isMore ? (await person.press(message, en.exchange.nextPart)).message : null;
    }
    return { messages, files: messages.flatMap(({ attachments }) => [...attachments]) };
  };

  it('3,000 of 3.8 kB are exported as one compressed file, and imported from it', async () => {
    const replies = many(3000, 3800);
    const here = newModerator('Large');
    for (const at of [0, 1000, 2000]) {
      const message = await importing(here, 'part.md', formatReplyFile(replies.slice(at, at + 1000)));
      expect(message?.content).toBe(en.exchange.imported(1000));
    }
    const { messages, files } = await exported(here);
    expect(messages.map(({ content }) => content)).toEqual([world.messages.exchange.exportedCompressed(3000)]);
    expect(files.map(({ filename }) => filename)).toEqual(['replies.md.gz']);
    const data = await bytesOf(files[0] ?? expect.fail('no file'));
    expect(gunzipSync(data).toString()).toBe(formatReplyFile(replies));
    const elsewhere = newModerator('Elsewhere');
    expect((await importing(elsewhere, 'replies.md.gz', data))?.content).toBe(en.exchange.imported(3000));
    expect((await importing(here, 'replies.md.gz', data))?.content).toBe(en.exchange.allSame);
    expect(world.discord.refusals).toEqual([]);
  });

  it('too large for one message are exported in several, and each file can be imported', async () => {
    const replies = many(2600, 3990).map((reply, i) => ({ ...reply, text: noise(i, 3990) }));
    const here = newModerator('Noise');
    for (let at = 0; at < replies.length; at += 1000)
      await importing(here, 'part.md', formatReplyFile(replies.slice(at, at + 1000)));
    const { messages, files } = await exported(here);
    expect(messages.length).toBeGreaterThan(1);
    expect(new Set(files.map(({ filename }) => filename)).size).toBe(files.length);
    const elsewhere = newModerator('Elsewhere too');
    let count = 0;
    for (const file of files) {
      const message = await importing(elsewhere, file.filename, await bytesOf(file));
      count += Number(/\d+/.exec(message?.content ?? '')?.[0]);
    }
    expect(count).toBe(2600);
    expect(world.discord.refusals).toEqual([]);
  });

  it('too large for any message, even compressed, are refused with a message of their own', async () => {
    const replies = many(4000, 1).map((reply) => ({ ...reply, text: randomBytes(2950).toString('base64url') }));
    const message = await importing(newModerator('Random'), 'random.md', formatReplyFile(replies));
    expect(message?.content).toBe(en.exchange.tooLargeCompressed);
  });

  it('that fit into plain files are not compressed', async () => {
    const here = newModerator('Plain');
    await importing(here, 'part.md', formatReplyFile(many(600, 3800)));
    const { files } = await exported(here);
    expect(files.map(({ filename }) => filename)).toEqual(['replies-1.md', 'replies-2.md', 'replies-3.md']);
  });

  it('are limited to 10,000: a file with more is refused, and a full server says so', async () => {
    const here = newModerator('Full');
    const tooMany = await importing(here, 'many.md', formatReplyFile(many(10_001, 1)));
    expect(tooMany?.content).toContain('F003 There are more than 10000 replies in this file');
    const two = ['r:yyyyyyyy', 'r:zzzzzzzz'].map((topic) => ({ topic, title: 'One more', text: 'x', aliases: [] }));
    const file = world.discord.addFile('two.md', formatReplyFile(two));
    const { message: question } = await here.slash('faq-edit import', { file });
    expect((await importing(here, 'many.md', formatReplyFile(many(9999, 1))))?.content).toBe(
      en.exchange.imported(9999),
    );
    await here.press(question, en.confirm.import(2));
    expect(question?.content, 'with room for one of two').toBe(world.messages.exchange.full(2, 10_000));
    expect((await importing(here, 'many.md', formatReplyFile(many(10_000, 1))))?.content).toBe(en.exchange.imported(1));
    const one = [{ topic: 'r:zzzzzzzz', title: 'One more', text: 'x', aliases: [] }];
    expect((await importing(here, 'one.md', formatReplyFile(one)))?.content).toBe(
      world.messages.exchange.full(1, 10_000),
    );
    const { message } = await here.submit(await here.slash('faq-edit add'), { title: 'One more', text: 'my text' });
    expect(message?.content).toBe(en.edit.notSaved(world.messages.edit.full(10_000)));
    expect(message?.attachments.map(({ filename }) => filename)).toEqual(['your-text.md']);
  });
});

/** A text that can hardly be packed at all. */
function noise(seed: number, length: number): string {
  let state = seed + 1;
  let out = '';
  while (out.length < length) {
    state = (state * 48_271) % 2_147_483_647;
    // Seven bits each: letters from U+0100 on take two bytes.
    out += String.fromCharCode(0x100 + ((state >> 8) % 0x100));
  }
  return out;
}
