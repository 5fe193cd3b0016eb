// Text that people typed is shown as plain text in the bot's messages: no mentions, links or Markdown.
import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';
import type { Message } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { codePoints } from '../../src/discord/limits.ts';
import { en } from '../../src/i18n/en.ts';
import { change, until, useWorld, write } from './world.ts';

const ODD =
  '[Official support](https://evil.example) **free** https://evil.example/x <@1> @everyone <t:1:R>\n# Big\u202e ||x|| </faq:1> </faq-edit add>';
const ODD_SHOWN =
  '[Official support](https://evil.example) **free** https://evil.example/x <@1> @everyone <t:1:R> # Big ||x|| </faq:1> </faq-edit add>';
const TITLE = 'a ** b `c` [d](https://evil.example) ||e|| <@1> </faq-edit add>';
const world = useWorld();

const parser = SimpleMarkdown.parserFor(rulesExtended);
/** The text of a message, and the kinds of Markdown in it. */
function read(text = '') {
  const kinds = new Set<string>();
  // The parser types its nodes as any.
  const textOf = (nodes: { type: string; content?: unknown; name?: string }[]): string =>
    nodes
      .map(({ type, content, name }) => {
        if (type !== 'text') kinds.add(type);
        return Array.isArray(content) ? textOf(content) : String(content ?? name ?? '');
      })
      .join('');
  return { text: textOf(parser(text, { inline: true })), kinds: [...kinds].sort() };
}
const said = (message: Message | null) => message?.content ?? '';
const field = (message: Message | null, name: string) =>
  message?.embeds[0]?.fields?.find((one) => one.name === name)?.value;

describe('text that people typed is shown as plain text', () => {
  it('in a question that is shared', async () => {
    const asked = async () =>
      said((await world.member.slash('ask', { question: `how do i close my account ${ODD}`, share: true })).message);
    await until('the search', async () => !(await asked()).includes(en.ask.busy));
    const { text, kinds } = read((await asked()).split('\n')[0]);
    expect(text).toBe(`Asked: how do i close my account ${ODD_SHOWN}`);
    expect(kinds).toEqual(['strong']);
    const long = said(
      (await world.member.slash('ask', { question: `how do i close my account ${'*'.repeat(5900)}`, share: true }))
        .message,
    );
    expect(codePoints(long)).toBeLessThan(400);
    expect(read(long.split('\n')[0]).kinds).toEqual(['strong']);
  });

  it('in a topic, a page or a search without a result', async () => {
    const nothing = `${ODD.slice(0, 60)}#`;
    const { message: target } = await world.member.say('hello');
    const { message: menu } = await world.moderator.menu('Answer with FAQ', target);
    const search = await world.moderator.press(menu, en.menu.search);
    const odd = '\u202e**qqzz** [x](https://e.e)';
    for (const message of [
      (await world.member.slash('faq', { topic: nothing })).message,
      (await world.member.slash('close-account', { page: odd })).message,
      (await world.moderator.submit(search, { text: odd })).message,
    ]) {
      expect(message?.flags).toBe(64);
      expect(read(said(message)).kinds).toEqual([]);
      expect(said(message)).not.toContain('\u202e');
    }
  });

  it('in titles that a sentence or a list quotes', async () => {
    const topic = await write(world.moderator, TITLE, 'A text.');
    const channel = world.discord.addChannel(world.guild, 'pins');
    await world.moderator.slash('faq-pin add', { topic, channel });
    const list = (await world.moderator.slash('faq-pin list')).message?.embeds[0]?.description;
    expect(read(list).text).toContain(TITLE);
    expect(read(list).kinds).toEqual(['channel', 'strong', 'url']);
    await change(world.moderator, topic, { text: '**Bold** [link](https://example.com) ```fence' });
    const history = (await world.moderator.slash('faq-edit history', { topic })).message?.embeds[0];
    expect(read(history?.title)).toEqual({ text: en.edit.history(TITLE), kinds: [] });
    expect(read(history?.description).text).toContain(`${TITLE}: **Bold** [link](https://example.com) \`\`\`fence`);
    const { message } = await world.moderator.slash('faq-pin remove', { topic, channel });
    expect(read(said(message)).text).toContain(`: ${TITLE}.`);
    expect(read(said(message)).kinds).toEqual(['channel', 'strong']);
  });

  it('in the questions and titles of /insights', async () => {
    const topic = await write(world.moderator, `**Zebra** ${TITLE}`, 'Stripes.');
    await world.member.slash('faq', { topic });
    await world.member.slash('ask', { question: 'best [pizza](https://evil.example) **dough** recipe\u202e' });
    const message = await until('the counts', async () => {
      const answer = (await world.moderator.slash('insights')).message;
      return field(answer, en.insights.questions)?.includes('pizza') ? answer : undefined;
    });
    expect(read(field(message, en.insights.questions)).text).toContain('“best [pizza](… **dough** recipe” × 1');
    expect(read(field(message, en.insights.questions)).kinds).not.toContain('strong');
    const line = field(message, en.insights.read)
      ?.split('\n')
      .find((one) => one.includes('Zebra'));
    expect(read(line).text).toMatch(/^\*\*Zebra\*\* a \*\* b `c`/);
    expect(read(line).kinds).toEqual(['strong']);
  });
});
