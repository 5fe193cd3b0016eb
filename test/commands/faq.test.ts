// /faq: a topic for everyone, addressed to a member if one is named.
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { faqCommand } from '../../commands/faq.ts';
import { Refusal } from '../../src/discord/answer.ts';
import { renderTopic } from '../../src/discord/views/page.ts';
import { en } from '../../src/i18n/en.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { contentInLanguages, HINDI_REAR, SPANISH_TITLES } from '../guide/editions.ts';
import { autocompleteInteraction, commandInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { contextOf, FRONT, messageOf, openCommandWorld, REAR } from './world.ts';

const { services, write, counted, close } = openCommandWorld();
const faq = faqCommand(services);
afterAll(close);
beforeEach(() => {
  counted.length = 0;
});

const page = contextOf().topics.find(FRONT) ?? expect.fail('the sample has it');

it('shows a page to everyone, notifies nobody and counts it', async () => {
  const guildId = newId();
  const shown = await messageOf(faq.run?.(commandInteraction('faq', { topic: FRONT }, { guildId })));
  expect(shown).toEqual(renderTopic(page, contextOf()));
  expect(shown).toMatchObject({ content: '', allowed_mentions: { parse: [] } });
  expect(counted).toEqual([[guildId, 'shown', FRONT]]);
});

it('addresses the named member, and notifies only them', async () => {
  const shown = await messageOf(faq.run?.(commandInteraction('faq', { topic: FRONT, member: '42' })));
  expect(shown).toMatchObject({
    content: en.faq.addressed('42'),
    allowed_mentions: { parse: [], users: ['42'] },
    embeds: [{ title: page.title }],
  });
});

it('shows the server’s own reply', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, { title: 'Lost keys', text: 'Call Ann.' });
  counted.length = 0;
  const shown = await messageOf(faq.run?.(commandInteraction('faq', { topic: 'lost' }, { guildId })));
  expect(shown.embeds?.[0]).toMatchObject({ title: 'Lost keys', description: 'Call Ann.' });
  expect(counted).toEqual([[guildId, 'shown', topic]]);
});

it('counts nothing if there is no such topic', async () => {
  const answer = faq.run?.(commandInteraction('faq', { topic: 'r:zzzzzzzz' }));
  await expect(answer).rejects.toThrow(new Refusal(en.faq.noTopic('r:zzzzzzzz')));
  expect(counted).toEqual([]);
});

it('offers the topics that match', async () => {
  const offered = await faq.autocomplete?.(autocompleteInteraction('faq', ['topic', 'front']));
  expect(offered).toEqual([{ name: page.title, value: FRONT }]);
});

describe('in several languages', () => {
  const world = openCommandWorld({ content: contentInLanguages() });
  afterAll(world.close);
  const shownIn = async (options: Record<string, string>, more: object = {}) => {
    const context = { guildId: newId(), guildLocale: 'es-ES', locale: 'en-US', ...more };
    return messageOf(faqCommand(world.services).run?.(commandInteraction('faq', { topic: REAR, ...options }, context)));
  };

  it('is in the server’s language, not in that of who uses the command', async () => {
    const shown = await shownIn({ member: '42' }, { locale: 'hi' });
    expect(shown.embeds?.[0]?.title).toBe(SPANISH_TITLES.rear);
    expect(shown.content).toBe(messagesFor('es').faq.addressed('42'));
  });

  it('finds a topic by words of the person’s language', async () => {
    const shown = await shownIn({ topic: 'back door' });
    expect(shown.embeds?.[0]?.title).toBe(SPANISH_TITLES.rear);
  });

  it('offers topics in the person’s language, or in the one that is chosen already', async () => {
    const offered = async (options: object[]) => {
      const data = { options: [...options, { name: 'topic', type: 3, value: '', focused: true }] };
      const found = await faqCommand(world.services).autocomplete?.(
        autocompleteInteraction('faq', ['topic', ''], { locale: 'hi', data }),
      );
      return found?.map(({ name }) => name);
    };
    expect(await offered([])).toContain(HINDI_REAR);
    expect(await offered([{ name: 'language', type: 3, value: 'es' }])).toContain(SPANISH_TITLES.rear);
  });

  it('is in the chosen language, and in a direct message in that of the person', async () => {
    expect((await shownIn({ language: 'hi' })).embeds?.[0]?.title).toBe(HINDI_REAR);
    expect((await shownIn({}, { guildId: null, locale: 'hi' })).embeds?.[0]?.title).toBe(HINDI_REAR);
  });
});
