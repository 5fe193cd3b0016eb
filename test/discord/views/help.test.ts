// The /help message and the buttons of the guides.
import { ButtonStyle } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { codePoints, EMBED_LIMITS } from '../../../src/discord/limits.ts';
import { COLOR } from '../../../src/discord/views/colors.ts';
import { guideButtons, renderHelp } from '../../../src/discord/views/help.ts';
import type { Guide, Page, Source } from '../../../src/guide/model.ts';
import { showDate } from '../../../src/i18n/dates.ts';
import { en } from '../../../src/i18n/en.ts';
import { buttonsOf, content, context, edition, plainPage, rear, source, start, subject } from './sample-views.ts';

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
                en.help.moderators,
              ].join('\n'),
            },
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

  it('cuts a list of commands that is too long', () => {
    const guides = Array.from({ length: 20 }, (_, i) => guide({ command: `walk-${i}`, description: 'x'.repeat(90) }));
    const [list] = renderHelp(content, withGuides(guides)).embeds?.[0]?.fields ?? [];
    expect(codePoints(list?.value ?? '')).toBe(EMBED_LIMITS.fieldValue);
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
