// Sources: two lines under a page, and all of them behind the button.
import type { APIButtonComponent } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import type { RenderContext } from '../../../src/discord/render-context.ts';
import { createContext } from '../../../src/discord/render-context.ts';
import { renderPage, renderPublicPage } from '../../../src/discord/views/page.ts';
import { renderSources, sourceNamesField, sourcesField } from '../../../src/discord/views/sources.ts';
import type { Page, Source } from '../../../src/guide/model.ts';
import { en } from '../../../src/i18n/en.ts';
import { load } from '../../guide/sample.ts';

const content = load().content ?? expect.fail('the sample has errors');
const context: RenderContext = createContext(content, 'en-US');
const front = context.edition.pages.get('open-door#front') ?? expect.fail('no page');
const source = (n: number, more: Partial<Source> = {}): Source => ({
  id: `s${n}`,
  title: `Rules ${n}`,
  publisher: 'The house',
  check: [],
  statements: ['U01'],
  review: { kind: 'opened', date: '2026-11-01' },
  ...more,
});
const withSources = (count: number, more: Partial<Page> = {}): Page => ({
  ...front,
  sources: Array.from({ length: count }, (_, i) => source(i + 1)),
  ...more,
});
const labelsOf = (body: { components?: readonly object[] | undefined }) =>
  (body.components ?? []).map((row) =>
    ('components' in row ? (row.components as APIButtonComponent[]) : []).map((button) =>
      'label' in button ? button.label : undefined,
    ),
  );

describe('the sources under a page', () => {
  it('are two at most, and say how many more there are', () => {
    const [field] = sourcesField(withSources(3).sources, en, 'en');
    expect(field?.name).toBe(en.page.sources);
    expect(field?.value.split('\n')).toEqual([
      '[1] Rules 1, The house (opened 1 Nov 2026)',
      '[2] Rules 2, The house (opened 1 Nov 2026)',
      en.page.moreSources(1),
    ]);
    expect(sourcesField(withSources(2).sources, en, 'en')[0]?.value.split('\n')).toHaveLength(2);
    expect(sourcesField([], en, 'en')).toEqual([]);
  });

  it.each<[Source['review'], string]>([
    [{ kind: 'opened', date: '2026-12-01' }, ` (${en.page.review.opened('1 Dec 2026')})`],
    [{ kind: 'compared', date: '2026-11-26', copy: 'whole' }, ` (${en.page.review.compared('26 Nov 2026')})`],
    [{ kind: 'compared', date: '2026-11-26', copy: 'partial' }, ` (${en.page.review.partial('26 Nov 2026')})`],
    [{ kind: 'concluded', date: '2026-11-26' }, ''],
  ])('say what was done to check each: %o', (review, shown) => {
    expect(sourcesField([source(1, { review })], en, 'en')[0]?.value).toBe(`[1] Rules 1, The house${shown}`);
  });

  it('link to the page and name its date', () => {
    const linked = source(1, { link: 'https://example.org/a', published: '2025-01' });
    expect(sourcesField([linked], en, 'en')[0]?.value).toContain(
      '[Rules 1](https://example.org/a), The house, Jan 2025',
    );
  });
});

describe('the button Sources', () => {
  it('is on a page with more than two sources, and on public pages', () => {
    expect(labelsOf(renderPage([withSources(3)], context)).flat()).toContain(en.button.sources);
    expect(labelsOf(renderPage([withSources(2)], context)).flat()).not.toContain(en.button.sources);
    expect(labelsOf(renderPublicPage(withSources(3), context)).flat()).toContain(en.button.sources);
  });

  it('leaves Yes and No in one row', () => {
    const start = context.edition.pages.get('open-door#start') ?? expect.fail('no page');
    const rows = labelsOf(renderPage([start, withSources(3)], context));
    expect(rows.at(-2)).toEqual([en.button.back, en.button.startOver, en.button.plan, en.button.sources]);
    expect(rows.at(-1)).toEqual([en.button.helped, en.button.notHelped]);
  });

  it('fits beside sixteen links, without Start over', () => {
    const start = context.edition.pages.get('open-door#start') ?? expect.fail('no page');
    const [link] = front.links;
    const links = Array.from({ length: 16 }, (_, i) => ({ ...(link ?? expect.fail()), label: `Link ${i}` }));
    const rows = labelsOf(renderPage([start, withSources(3, { links })], context));
    expect(rows).toHaveLength(5);
    expect(rows.at(-1)).toEqual([
      en.button.back,
      en.button.plan,
      en.button.sources,
      en.button.helped,
      en.button.notHelped,
    ]);
    const fifteen = labelsOf(renderPage([start, withSources(3, { links: links.slice(1) })], context));
    expect(fifteen).toHaveLength(5);
    expect(fifteen.at(-2)).toContain(en.button.startOver);
  });
});

describe('the message behind it', () => {
  it('has every source with a sentence on what was done, and leads back', () => {
    const review = { kind: 'compared', date: '2026-11-26', copy: 'partial' } as const;
    const page = withSources(2, { sources: [source(1), source(2, { review })] });
    const { embeds, components } = renderSources([page], context);
    expect(embeds?.[0]?.title).toBe(en.sources.title(page.title));
    expect(embeds?.[0]).toMatchObject({
      description: en.sources.intro,
      fields: [
        { name: en.sources.source(1), value: `**Rules 1**, The house\n${en.sources.review.opened('1 Nov 2026')}` },
        { name: en.sources.source(2), value: `**Rules 2**, The house\n${en.sources.review.partial('26 Nov 2026')}` },
      ],
    });
    expect(labelsOf({ components })).toEqual([[en.button.back, en.button.startOver]]);
  });

  it('leaves out what does not fit, whole sources at a time', () => {
    const { embeds } = renderSources([withSources(200)], context);
    expect(embeds?.[0]?.fields).toHaveLength(25);
    const long = Array.from({ length: 25 }, (_, i) =>
      source(i, { title: 'x'.repeat(100), publisher: 'y'.repeat(200) }),
    );
    const [embed] = renderSources([withSources(25, { sources: long })], context).embeds ?? [];
    const shown = (embed?.fields ?? []).reduce((sum, { name, value }) => sum + name.length + value.length, 0);
    expect(shown).toBeLessThanOrEqual(5000);
    expect(embed?.fields?.length).toBeGreaterThan(10);
  });
});

it('names of sources are cut at whole lines to fit into a field', () => {
  const [field] = sourceNamesField(withSources(200).sources, en, 'en');
  expect(field?.value.length).toBeLessThanOrEqual(1024);
  expect(field?.value.split('\n').every((line) => /^- Rules \d+, The house$/.test(line))).toBe(true);
  expect(sourceNamesField([], en, 'en')).toEqual([]);
});
