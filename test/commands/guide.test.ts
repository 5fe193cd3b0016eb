// The commands of guides: which page they show to whom, what they cache, and what they count.
import { MessageFlags } from 'discord-api-types/v10';
import { afterAll, afterEach, describe, expect, it } from 'vitest';
import { guideCommand, guideDefinition } from '../../commands/guide.ts';
import { Refusal } from '../../src/discord/answer.ts';
import { renderPage, renderPublicPage } from '../../src/discord/views/page.ts';
import type { Content, Page } from '../../src/guide/model.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { contentInLanguages, HINDI_REAR, SPANISH_TITLES } from '../guide/editions.ts';
import { GUIDE, OTHER } from '../guide/sample.ts';
import { autocompleteInteraction, commandInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { contentOf, FRONT, messageOf, openCommandWorld, REAR, START } from './world.ts';

const en = messagesFor('en');
const SECOND_START = 'command: other-door\nstart: rear\ndescription: Pages';
const content = contentOf({
  'en/other.md': OTHER.replace('description: Pages', SECOND_START),
  'de/open-door.md': GUIDE.replace('It opens inwards', 'Sie geht nach innen auf'),
});
const { services, write, counted, close } = openCommandWorld({ content });
const [openDoor, otherDoor] = ['open-door', 'other-door'].map((name) =>
  guideCommand(guideDefinition(name, 'x'), services),
);
afterAll(close);
afterEach(() => {
  services.contexts.replaceContent(content);
  counted.length = 0;
});

const pageOf = (name: string, from: Content = content): Page =>
  from.editions.get('en')?.pages.get(name) ?? expect.fail(`no page ${name}`);
const [start, front, rear] = [START, FRONT, REAR].map((name) => pageOf(name));
const inEnglish = () => services.contexts.contextWith('en-US', {});
const open = (options: Record<string, string | boolean> = {}, more: object = {}) =>
  openDoor?.run?.(commandInteraction('open-door', options, more)) ?? expect.fail('no command');
const privately = (...path: (Page | undefined)[]) => {
  const [first, ...rest] = path.flatMap((page) => page ?? []);
  return { ...renderPage([first ?? expect.fail('a page'), ...rest], inEnglish()), flags: MessageFlags.Ephemeral };
};

it('opens the first page for the person alone, and counts that they saw it', async () => {
  const guildId = newId();
  expect(await messageOf(open({}, { guildId }))).toEqual(privately(start));
  expect(counted).toEqual([[guildId, 'seen', START]]);
});

it.each([
  ['its name', FRONT],
  ['words of its title', 'front'],
])('opens another page by %s, with a way back to the first', async (_, page) => {
  expect(await messageOf(open({ page }))).toEqual(privately(start, front));
  expect(counted).toEqual([[expect.anything(), 'seen', FRONT]]);
});

it('opens the first page without a way back if it is named', async () => {
  expect(await messageOf(open({ page: START, share: false }))).toEqual(privately(start));
});

it('shows a page to everyone if that is wanted, and counts no walk', async () => {
  const guildId = newId();
  const shown = await messageOf(open({ page: FRONT, share: true }, { guildId }));
  expect(shown).toEqual(renderPublicPage(front ?? expect.fail('a page'), inEnglish()));
  expect(counted).toEqual([[guildId, 'shown', FRONT]]);
});

it.each(['garage', 'x'.repeat(99)])('names the page that the guide does not have: %s', async (page) => {
  const typed = page === 'garage' ? page : `${'x'.repeat(79)}…`;
  await expect(open({ page })).rejects.toThrow(new Refusal(en.error.noPage(typed)));
  expect(counted).toEqual([]);
});

it('says that the command no longer exists once the content has no such guide', async () => {
  const gone = guideCommand(guideDefinition('gone', 'x'), services);
  await expect(gone.run?.(commandInteraction('gone'))).rejects.toThrow(new Refusal(en.error.noCommand));
});

it('renders the same page once, and counts it each time', async () => {
  expect(await open()).toBe(await open());
  expect(counted).toHaveLength(2);
  expect(await open({ page: FRONT })).toBe(await open({ page: 'front door' }));
});

it('does not take a page from the cache for another command, language or version', async () => {
  await open({ page: REAR });
  const other = otherDoor?.run?.(commandInteraction('other-door'));
  expect(await messageOf(other)).toEqual(privately(rear));
  await open();
  expect((await messageOf(open({}, { locale: 'de' }))).embeds?.[0]?.description).toContain('nach innen');
  const changed = contentOf({ 'en/open-door.md': GUIDE.replace('It opens inwards', 'It slides') });
  services.contexts.replaceContent(changed);
  expect((await messageOf(open())).embeds?.[0]?.description).toContain('It slides');
});

it('shows a server’s own text in place of a page, and only there', async () => {
  const [guildId, another] = [newId(), newId()];
  await open({}, { guildId: another });
  await write(guildId, { topic: START, title: 'Ours', text: 'Ring the bell.' });
  const shown = async (guild: string) => (await messageOf(open({}, { guildId: guild }))).embeds?.[0]?.description;
  expect(await shown(guildId)).toBe('Ring the bell.');
  expect(await shown(another)).toBe(start?.text);
  expect(counted.at(-1)).toEqual([another, 'seen', START]);
});

it('offers the pages that the command leads to', async () => {
  const offered = (text: string) => openDoor?.autocomplete?.(autocompleteInteraction('open-door', ['page', text]));
  expect(await offered('')).toEqual([start, front, rear].map((page) => ({ name: page?.title, value: page?.name })));
  expect(await offered('other#re')).toEqual([{ name: rear?.title, value: REAR }]);
  const nothingTyped = autocompleteInteraction('open-door', ['page', ''], { data: { options: [] } });
  expect(await openDoor?.autocomplete?.(nothingTyped)).toHaveLength(3);
});

it('offers pages of the content that is served now', async () => {
  const offered = () => openDoor?.autocomplete?.(autocompleteInteraction('open-door', ['page', 'which']));
  expect(await offered()).toHaveLength(1);
  services.contexts.replaceContent(contentOf({ 'en/open-door.md': GUIDE.replace('Which door is it?', 'Hello') }));
  expect(await offered()).toEqual([]);
});

it('offers at most 25 pages, with names of at most 100 characters', async () => {
  const titleOf = (i: number) => 'x'.repeat(99 + i);
  const nameOf = (i: number) => `long#p${i}`;
  const edition = content.editions.get('en') ?? expect.fail('an edition');
  const [guide] = edition.guides;
  const pages = Array.from({ length: 26 }, (_, i) => {
    const page = pageOf(REAR);
    const on = page.links.map((link) => ({ ...link, kind: 'page' as const, page: nameOf(i + 1) }));
    return { ...page, name: nameOf(i), title: titleOf(i), links: on };
  });
  const changed = {
    ...edition,
    guides: [...edition.guides, { ...(guide ?? expect.fail('a guide')), command: 'long', start: nameOf(0) }],
    pages: new Map([...edition.pages, ...pages.map((page) => [page.name, page] as const)]),
  };
  services.contexts.replaceContent({ ...content, editions: new Map([['en', changed]]) });
  const long = guideCommand(guideDefinition('long', 'x'), services);
  const offered = (await long.autocomplete?.(autocompleteInteraction('long', ['page', '']))) ?? [];
  expect(offered).toHaveLength(25);
  expect(offered.slice(0, 3).map(({ name }) => name)).toEqual([titleOf(0), titleOf(1), `${'x'.repeat(99)}…`]);
  expect(offered[2]?.value).toBe(nameOf(2));
});

describe('in several languages', () => {
  const world = openCommandWorld({ content: contentInLanguages() });
  afterAll(world.close);
  const command = guideCommand(guideDefinition('open-door', 'x'), world.services);
  const titleIn = async (options: Record<string, string | boolean>, more: object = {}) => {
    const context = { guildId: newId(), guildLocale: 'es-ES', ...more };
    const shown = await messageOf(command.run?.(commandInteraction('open-door', options, context)));
    return shown.embeds?.[0]?.title;
  };

  it('opens in the language of the person, or in the chosen one', async () => {
    expect(await titleIn({}, { locale: 'es-419' })).toBe(SPANISH_TITLES.start);
    expect(await titleIn({ page: REAR }, { locale: 'hi' })).toBe(HINDI_REAR);
    expect(await titleIn({ page: REAR, language: 'hi' }, { locale: 'en-US' })).toBe(HINDI_REAR);
    expect(await titleIn({}, { locale: 'en-US' })).toBe('Which door is it?');
  });

  it('is shared in the server’s language, or in the chosen one', async () => {
    expect(await titleIn({ page: REAR, share: true }, { locale: 'hi' })).toBe(SPANISH_TITLES.rear);
    expect(await titleIn({ page: REAR, share: true, language: 'hi' })).toBe(HINDI_REAR);
  });

  it('offers titles in the language of the person, or in the one that is chosen already', async () => {
    const offered = async (locale: string, options: object[] = []) => {
      const typed = { name: 'page', type: 3, value: '', focused: true };
      const data = { options: [...options, typed] };
      const choices = await command.autocomplete?.(
        autocompleteInteraction('open-door', ['page', ''], { locale, data }),
      );
      return choices?.map(({ name }) => name);
    };
    expect(await offered('es-ES')).toEqual(Object.values(SPANISH_TITLES));
    expect(await offered('en-US', [{ name: 'language', type: 3, value: 'es' }])).toEqual(Object.values(SPANISH_TITLES));
    expect(await offered('en-US')).toContain('The back door');
  });
});
