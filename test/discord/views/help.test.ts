// The /help message and the buttons of the guides.
import { ButtonStyle } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { definitionsFor } from '../../../commands/index.ts';
import { codePoints, EMBED_LIMITS } from '../../../src/discord/limits.ts';
import { createContext } from '../../../src/discord/render-context.ts';
import { COLOR } from '../../../src/discord/views/colors.ts';
import { guideButtons, LANGUAGE_MENU, renderHelp } from '../../../src/discord/views/help.ts';
import type { Guide, Page, Source } from '../../../src/guide/model.ts';
import { SUBJECT_LIMITS } from '../../../src/guide/subject.ts';
import { showDate } from '../../../src/i18n/dates.ts';
import { languagesWith, messagesFor } from '../../../src/i18n/index.ts';
import { mustBeTaken } from '../../fuzz/judge.ts';
import { contentInLanguages } from '../../guide/editions.ts';
import { linesOf } from '../../i18n/command-lines.ts';
import { buttonsOf, content, context, edition, plainPage, rear, source, start, subject } from './sample-views.ts';

const en = messagesFor('en');
const guide = (more: Partial<Guide>): Guide => ({ id: 'g', path: 'g.md', description: 'about it', pages: [], ...more });
/** A context with these guides, and pages by name. */
const withGuides = (guides: Guide[], pages: Page[] = []) => ({
  ...context,
  edition: { ...edition, guides, pages: new Map(pages.map((page) => [page.name, page])) },
});

describe('/help', () => {
  it('lists the commands, the sources, the limits and what is stored', () => {
    const guides = [guide({ command: 'walk' }), guide({ description: 'shared pages' })];
    const sources = ['2026-02-03', '2025-02-03'].map((date) =>
      source({ review: { kind: 'compared', date, copy: 'whole' } }),
    );
    const body = renderHelp({ ...content, sources }, withGuides(guides));
    expect(body).toEqual({
      content: '',
      embeds: [
        {
          color: COLOR.information,
          title: subject.title,
          description: subject.intro,
          fields: [
            {
              name: en.help.commands,
              value: [
                en.help.command('walk', 'about it'),
                en.help.command('ask', en.command.ask),
                en.help.command('faq', en.command.faq),
                en.help.command('help', en.help.self),
              ].join('\n'),
            },
            { name: en.help.moderators, value: en.help.moderatorsText },
            {
              name: en.help.sources,
              value: `${subject.sources}\n${en.help.checked(0, 2, showDate('2026-02-03', 'en'))}`,
            },
            { name: en.help.limits, value: subject.limits },
            { name: en.help.stores, value: en.help.storesText },
          ],
        },
      ],
      components: [],
      allowed_mentions: { parse: [] },
    });
  });

  it.each<[string, Source['review'][], Parameters<typeof en.help.checked>]>([
    ['nobody has opened a page', [{ kind: 'compared', date: '2026-02-03', copy: 'partial' }], [0, 1, '3 Feb 2026']],
    [
      'some were opened',
      [
        { kind: 'opened', date: '2026-03-01' },
        { kind: 'compared', date: '2026-02-03', copy: 'whole' },
        { kind: 'concluded', date: '2026-04-01' },
      ],
      [1, 2, '3 Feb 2026'],
    ],
    ['all were opened', [{ kind: 'opened', date: '2026-03-01' }], [1, 1, '']],
  ])('says what was done to check the sources: %s', (_, reviews, checked) => {
    const sources = reviews.map((review) => source({ review }));
    const [embed] = renderHelp({ ...content, sources }, context).embeds ?? [];
    expect(embed?.fields?.find(({ name }) => name === en.help.sources)?.value).toBe(
      `${subject.sources}\n${en.help.checked(...checked)}`,
    );
  });

  it('has a notice above it, and a button for each guide', () => {
    const body = renderHelp(content, context, 'moved');
    expect(body.content).toBe('moved');
    expect(buttonsOf(body)).toEqual([[{ label: start.title, style: ButtonStyle.Primary, does: 'open start' }]]);
  });

  it('leaves out the last guides, not the other commands, if the list of commands is too long', () => {
    const guides = Array.from({ length: 20 }, (_, i) => guide({ command: `walk-${i}`, description: 'x'.repeat(90) }));
    const [list] = renderHelp(content, withGuides(guides)).embeds?.[0]?.fields ?? [];
    const lines = list?.value.split('\n') ?? [];
    expect(lines.slice(-3)).toEqual([
      en.help.command('ask', en.command.ask),
      en.help.command('faq', en.command.faq),
      en.help.command('help', en.help.self),
    ]);
    const shown = guides.slice(0, lines.length - 3);
    expect(lines.slice(0, -3)).toEqual(
      shown.map(({ command = '', description }) => en.help.command(command, description)),
    );
    const next = en.help.command('walk-9', 'x'.repeat(90));
    expect(codePoints(list?.value ?? '')).toBeLessThanOrEqual(EMBED_LIMITS.fieldValue);
    expect(codePoints(`${list?.value}\n${next}`)).toBeGreaterThan(EMBED_LIMITS.fieldValue);
  });

  it('names every command with its subcommands as a mention, within Discord’s limits', () => {
    const guides = Array.from({ length: 20 }, (_, i) =>
      guide({ command: `${i}`.padEnd(32, '-walk'), description: 'x'.repeat(100) }),
    );
    const definitions = definitionsFor({ ...content, editions: new Map([['en', withGuides(guides).edition]]) });
    const slash = definitions.filter(({ type = 1 }) => type === 1);
    const ids = new Map(slash.map(({ name }, i) => [name, String(18_446_744_073_709_551_000n + BigInt(i))]));
    const messages = messagesFor('en', languagesWith(ids));
    const longest = Object.fromEntries(Object.entries(SUBJECT_LIMITS).map(([key, limit]) => [key, 'x'.repeat(limit)]));
    const walking = withGuides(guides);
    const body = renderHelp(content, {
      ...walking,
      messages,
      edition: { ...walking.edition, subject: { ...subject, ...longest } },
    });
    mustBeTaken(body, 'channel');
    const text = JSON.stringify(body.embeds);
    for (const line of slash.flatMap(linesOf)) {
      const [name = ''] = line.split(' ');
      if (!guides.some(({ command }) => command === name)) expect(text).toContain(`</${line}:${ids.get(name)}>`);
    }
    for (const { name, type } of definitions) if (type === 3) expect(text).toContain(`**${name}**`);
  });
});

describe('the menu of languages', () => {
  const inLanguages = contentInLanguages();
  const menuOf = (body: ReturnType<typeof renderHelp>) => {
    const row = body.components?.at(-1);
    const menu = row && 'components' in row ? row.components[0] : undefined;
    return menu && 'options' in menu ? menu : undefined;
  };

  it('is missing if there is English alone', () => {
    expect(menuOf(renderHelp(content, context))).toBeUndefined();
  });

  it.each(['en', 'es', 'hi'])('names each language in itself, and shows that this is %s', (locale) => {
    const its = createContext(inLanguages, locale);
    const body = renderHelp(inLanguages, its);
    mustBeTaken(body, 'channel');
    expect(menuOf(body)).toEqual({
      type: 3,
      custom_id: LANGUAGE_MENU,
      placeholder: messagesFor(locale).help.language,
      options: [
        { label: 'English', value: 'en', default: locale === 'en' },
        { label: 'Español', value: 'es', default: locale === 'es' },
        { label: 'हिन्दी', value: 'hi', default: locale === 'hi' },
      ],
    });
    // Messages that were sent keep it.
    expect(LANGUAGE_MENU).toBe('l1:language');
  });

  it('leaves room for four rows of guides, and offers 25 languages at most', () => {
    const pages = Array.from({ length: 30 }, (_, i) =>
      plainPage({ name: `g#${i}`, code: `z${String(i).padStart(2, '0')}` }),
    );
    const many = withGuides(
      pages.map(({ name }) => guide({ start: name })),
      pages,
    );
    const tags = 'en es hi uk de fr it nl sv da fi pl cs sk hu ro bg el tr ar fa ja ko th vi id ms'.split(' ');
    const editions = new Map(tags.map((locale) => [locale, { ...many.edition, locale }]));
    const body = renderHelp({ ...content, editions }, many);
    mustBeTaken(body, 'channel');
    expect(body.components).toHaveLength(5);
    expect(menuOf(body)?.options.map(({ value }) => value)).toEqual(tags.slice(0, 25));
  });
});

describe('the buttons of the guides', () => {
  it('leave out guides without a first page, and first pages that do not exist', () => {
    const guides = [guide({}), guide({ start: 'gone#gone' }), guide({ start: rear.name })];
    expect(guideButtons(withGuides(guides, [start, rear])).map((one) => 'label' in one && one.label)).toEqual([
      rear.title,
    ]);
  });

  it('carry no question that a walk began with', () => {
    const asked = { ...context, origin: { isGuess: true, topics: [rear.name] } };
    expect(guideButtons(asked)).toEqual(guideButtons(context));
  });

  it('are 25 at most, with labels of 80 characters at most', () => {
    const pages = Array.from({ length: 26 }, (_, i) =>
      plainPage({ name: `g#${i}`, code: `z${String(i).padStart(2, '0')}`, title: 'x'.repeat(79 + (i % 3)) }),
    );
    const buttons = guideButtons(
      withGuides(
        pages.map(({ name }) => guide({ start: name })),
        pages,
      ),
    );
    expect(buttons).toHaveLength(25);
    const labels = buttons.map((one) => ('label' in one ? (one.label ?? '') : ''));
    expect(labels.slice(0, 3)).toEqual(['x'.repeat(79), 'x'.repeat(80), `${'x'.repeat(79)}…`]);
  });
});
