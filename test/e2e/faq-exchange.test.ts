// Export and import of replies: exact, and with a confirmation.

import type { Attachment, Message } from 'fake-discord';
import { buttonsOf, type Person } from 'fake-discord';
import { beforeEach, describe, expect, it } from 'vitest';
import { writeEditId } from '../../commands/faq-edit/ids.ts';
import { plainText } from '../../src/discord/views/plain-text.ts';
import { en } from '../../src/i18n/en.ts';
import { MAX_FILE_BYTES } from '../../src/replies/format-file.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { attached, change, typedIn, useWorld, write } from './world.ts';

const TEXTS = [
  ['Plain', 'one line'],
  ['Several lines', 'a\n\n- b\n  - c\n\n> d\n'],
  ['Looks like the file', '---\ndescription: x\n---\n\n## Stolen {#abcd1234}\n\n> alias\n\ntext'],
  ['Fences', '````reply\n`````\n```\nnot closed'],
  ['Blanks', ' \n\ttext \t\n\n'],
  ['Braces {#x} # and <b>', '<!-- {#y} -->'],
  ['Emoji 👩‍👩‍👧', '👩‍👩‍👧 é @everyone <@123> <@&456>'],
] as const;
const labels = (message: Message | null) => (message ? buttonsOf(message).map(({ label }) => label ?? '') : []);

describe.each(databases)('export and import on $name', (kind) => {
  let stranger: Person;
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  beforeEach(() => {
    ({ moderator: stranger } = world.newServer('Elsewhere'));
  });

  const file = (text: string | Uint8Array, name = 'replies.md') => world.discord.addFile(name, text);
  const importing = async (attachment: Attachment, person = stranger) =>
    (await person.slash('faq-edit import', { file: attachment })).message;
  const entry = (text: string, head = '## T {#abcd1234}') => `${head}\n\n${text}\n`;
  const titles = async (person = stranger) => (await person.autocomplete('faq', 'topic', '')).map(({ name }) => name);

  it('copies every reply into another server unchanged', async () => {
    const topics = new Map<string, string>();
    for (const [title, text] of TEXTS)
      topics.set(await write(world.moderator, title, text, 'first name, second'), text);
    await change(world.moderator, 'close-account#money', { title: 'Our money', text: 'over\nthe page' });
    topics.set('close-account#money', 'over\nthe page');
    const exported = (await world.moderator.slash('faq-edit export')).message;
    expect(exported).toMatchObject({ content: world.messages.exchange.exported(TEXTS.length + 1), flags: 64 });
    const text = await attached(exported, 'replies.md');

    const before = await titles();
    const message = await importing(file(text));
    expect(message).toMatchObject({ content: en.exchange.plan(TEXTS.length + 1, 0, 0), flags: 64 });
    expect(labels(message)).toEqual([en.confirm.import(TEXTS.length + 1), en.confirm.cancel]);
    for (const [title] of TEXTS) expect(message?.embeds[0]?.fields?.[0]?.value).toContain(plainText(title));
    expect(await titles(), 'nothing is changed before the click').toEqual(before);

    await stranger.press(message, en.confirm.import(TEXTS.length + 1));
    expect(message?.content).toBe(en.exchange.imported(TEXTS.length + 1));
    for (const [topic, exact] of topics) {
      const mine = typedIn(await world.moderator.slash('faq-edit change', { topic }));
      expect(typedIn(await stranger.slash('faq-edit change', { topic }))).toEqual(mine);
      expect(mine.text).toBe(exact);
    }
    const again = (await stranger.slash('faq-edit export')).message;
    expect(await attached(again, 'replies.md')).toBe(text);
    expect((await importing(file(text)))?.content).toBe(en.exchange.allSame);
  });

  it('shows what is new, changed and the same, and keeps replies that are not in the file', async () => {
    const kept = await write(stranger, 'Not named', 'stays');
    await write(stranger, 'Changing', 'old');
    await write(stranger, 'The same', 'as before');
    const [text] = [await attached((await stranger.slash('faq-edit export')).message, 'replies.md')];
    const cut =
      text.slice(0, text.indexOf('\n## Not named')) +
      text.slice(text.indexOf('````\n', text.indexOf('## Not named')) + 5);
    const message = await importing(
      file(`${cut.replace('````reply\nold', '````reply\nnew')}\n${entry('added', '## Added {#added}')}`),
    );
    const fields = Object.fromEntries((message?.embeds[0]?.fields ?? []).map(({ name, value }) => [name, value]));
    expect(fields).toEqual({ [en.exchange.added]: '- Added', [en.exchange.changed]: '- Changing' });
    expect(message?.content).toBe(en.exchange.plan(1, 1, 1));
    await stranger.press(message, en.confirm.import(2));
    expect((await stranger.slash('faq', { topic: 'Changing' })).message?.embeds[0]?.description).toBe('new');
    expect((await stranger.slash('faq', { topic: kept })).message?.embeds[0]?.description).toBe('stays');
    const { message: past } = await stranger.slash('faq-edit history', { topic: 'Changing' });
    expect(past?.embeds[0]?.description).toContain(en.edit.action.import);
  });

  it('changes nothing on Cancel', async () => {
    const before = await titles();
    const message = await importing(file(entry('x', '## Never {#never}')));
    await stranger.press(message, en.confirm.cancel);
    expect(message?.content).toBe(en.confirm.cancelled);
    expect(labels(message)).toEqual([]);
    expect(await titles()).toEqual(before);
  });

  it('copies a title of 256 emoji and a text of 4,000, although the form accepts only the title', async () => {
    const title = '🦓'.repeat(256);
    for (const text of ['🦓'.repeat(2000), '🦓'.repeat(4000)]) {
      const message = await importing(file(entry(text, `## ${title} {#emoji}`)));
      await stranger.press(message, en.confirm.import(1));
    }
    const topic = String((await stranger.autocomplete('faq', 'topic', '🦓'))[0]?.value);
    expect((await stranger.slash('faq-edit change', { topic })).message?.content).toBe(
      world.messages.edit.tooLongForForm,
    );
    await stranger.slash('faq-edit undo', { topic });
    const { message } = await change(stranger, topic, { aliases: 'zebras' });
    expect(message?.content.startsWith('Saved')).toBe(true);
    expect(message?.embeds[0]?.title).toBe(title);
  });

  it('names pages that the guides do not have before it imports text for them', async () => {
    const message = await importing(file(entry('x', '## Ours {#close-account#monye}')));
    expect(plainText(message?.content ?? '')).toContain(plainText('F015'));
    expect(message?.content).toContain(en.exchange.plan(1, 0, 0));
    expect(labels(message)).toEqual([en.confirm.import(1), en.confirm.cancel]);
    await stranger.press(message, en.confirm.cancel);
  });

  it('says that nothing is left if the next part of an export is empty by then', async () => {
    await write(stranger, 'One of a part', 'x');
    const { message } = await stranger.slash('faq-edit export');
    const next = writeEditId({ action: 'export', number: 2, topic: 'r:zzzzzzzz' });
    expect((await stranger.pressId(message, next)).message?.content).toBe(en.exchange.noRest);
  });

  it('asks again before it changes something that its question did not name', async () => {
    const topics = [];
    for (const title of ['Agreed 1', 'Agreed 2', 'Agreed 3']) topics.push(await write(stranger, title, 'old'));
    const exported = await attached((await stranger.slash('faq-edit export')).message, 'replies.md');
    const at = exported.indexOf('## Agreed 1');
    const message = await importing(file(exported.slice(0, at) + exported.slice(at).replace('old', 'from the file')));
    expect(labels(message)[0]).toBe(en.confirm.import(1));
    for (const topic of topics.slice(1)) await change(stranger, topic, { text: 'changed meanwhile' });
    await stranger.press(message, en.confirm.import(1));
    const same = (await titles()).length;
    expect(message?.content.startsWith(en.exchange.planChanged('').trim())).toBe(true);
    expect(message?.content).toContain('Changed: 3.');
    expect(labels(message)).toEqual([en.confirm.import(3), en.confirm.cancel]);
    const text = async (topic = '') => (await stranger.slash('faq', { topic })).message?.embeds[0]?.description;
    expect(await Promise.all(topics.map(text))).toEqual(['old', 'changed meanwhile', 'changed meanwhile']);
    await stranger.press(message, en.confirm.import(3));
    expect(message?.content).toBe(en.exchange.imported(3));
    expect(await Promise.all(topics.map(text))).toEqual(['from the file', 'old', 'old']);
    expect(await titles()).toHaveLength(same);
  });

  it('accepts a button of version 1.0.0 for the number of replies on it', async () => {
    const topic = await write(stranger, 'Asked before', 'old');
    const source = entry('new', `## Asked before {#${topic.slice(2)}}`) + entry('x', '## Asked new {#asked-new}');
    const message = await importing(file(source));
    const id = buttonsOf(message ?? expect.fail('no question'))[0]?.custom_id ?? '';
    expect(id).toMatch(/^e1:import:2:[\w-]{16}$/);
    await stranger.pressId(message, 'e1:import:1:');
    expect(labels(message)[0], 'asks again').toBe(en.confirm.import(2));
    await stranger.pressId(message, 'e1:import:2:');
    expect(message?.content).toBe(en.exchange.imported(2));
  });

  it('imports after a restart too, because the file is attached to the question', async () => {
    const message = await importing(file(entry('x', '## After a restart {#after}')));
    await world.restart();
    await stranger.press(message, en.confirm.import(1));
    expect(message?.content).toBe(en.exchange.imported(1));
  });

  it.each([
    ['JSON', '{"replies": []}', /^- replies\.md:1:1 F002 /m],
    ['nothing', '', /^- replies\.md:1:1 F004 /m],
    ['NUL bytes', entry('a\0b'), /^- replies\.md:1:1 F001 /m],
    ['bytes that are not text', Buffer.from([0xff, 0xfe, 0x00, 0x41]), /^- replies\.md:1:1 F001 /m],
    ['a broken heading', `${entry('x')}\n## No id\n\ny\n`, /^- replies\.md:5:1 F006 /m],
    ['an id twice', `${entry('x')}\n${entry('y')}`, /^- replies\.md:5:1 F008 /m],
    ['a link that is not https', entry('fine\n\nsee http://example.org/a'), /^- replies\.md:5:5 F013 /m],
    ['an open fence', entry('```\ncode'), /^- replies\.md:3:1 F014 /m],
    ['a thousand faults', '## x\n\ny\n\n'.repeat(1000), /^- replies\.md:1:1 F006 /m],
  ])('names line and code for a file of %s', async (_, data, finding) => {
    const before = await titles();
    const message = await importing(file(data));
    expect(message?.content.startsWith(en.exchange.findings)).toBe(true);
    expect(message?.content).toMatch(finding);
    expect(labels(message)).toEqual([]);
    expect(await titles()).toEqual(before);
  });

  it('imports text for a page that the guides do not have, with a warning', async () => {
    const message = await importing(file(entry('x', '## Far {#close-account#nowhere}')));
    expect(labels(message)[0]).toBe(en.confirm.import(1));
  });

  it('refuses more than 16 MiB, and a file that grew after Discord measured it', async () => {
    const large = file('x'.repeat(MAX_FILE_BYTES + 1));
    expect((await importing(large))?.content).toBe(en.exchange.tooLarge);
    const sent = await withAttachment({ ...large, size: MAX_FILE_BYTES - 1 });
    expect(sent?.content).toBe(en.exchange.tooLarge);
  });

  it.each([
    ['another host', 'https://example.org/x.md', en.exchange.elsewhere],
    ['a host with a similar name', 'https://cdn.discordapp.com.example.org/x.md', en.exchange.elsewhere],
    ['a name and password before another host', 'https://cdn.discordapp.com@example.org/x.md', en.exchange.elsewhere],
    ['Discord without https', 'http://cdn.discordapp.com/x.md', en.exchange.elsewhere],
    ['this machine', 'http://127.0.0.1:9/x.md', en.exchange.elsewhere],
    ['a file on this machine', 'file:///etc/passwd', en.exchange.elsewhere],
    ['no address', 'x', en.exchange.elsewhere],
  ])('reads nothing from %s', async (_, url, sentence) => {
    expect((await withAttachment({ ...file('x'), url }))?.content).toBe(sentence);
  });

  it('says so if Discord does not deliver the file', async () => {
    const given = file('x');
    expect((await withAttachment({ ...given, url: `${world.discord.origin}/attachments/1/none.md` }))?.content).toBe(
      en.exchange.notFetched,
    );
  });

  it('says that there is nothing to export', async () => {
    expect((await stranger.slash('faq-edit export')).message?.content).toBe(world.messages.exchange.nothing);
  });

  /** An import whose attachment says something that the fake Discord would not say. */
  async function withAttachment(attachment: Attachment): Promise<Message | null> {
    const { interaction } = await stranger.slash('faq-edit import', { file: file('x') });
    const options = [{ name: 'import', type: 1, options: [{ name: 'file', type: 11, value: attachment.id }] }];
    const named = Object.fromEntries(
      Object.entries(Object(interaction.payload.data)).filter(([key]) => ['id', 'name', 'type'].includes(key)),
    );
    const data = { ...named, options, resolved: { attachments: { [attachment.id]: attachment } } };
    return (await stranger.sendRaw({ type: 2, data })).message;
  }
});
