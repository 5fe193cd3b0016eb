// Embeds of pages, replies and sources.
import { describe, expect, it } from 'vitest';
import { codePoints, EMBED_LIMITS } from '../../../src/discord/limits.ts';
import {
  COLOR,
  feedbackFields,
  guidePageEmbed,
  pageEmbed,
  replyEmbed,
  sourceFields,
} from '../../../src/discord/views/embeds.ts';
import type { Alert, AlertKind } from '../../../src/guide/model.ts';
import { showDate } from '../../../src/i18n/dates.ts';
import { en } from '../../../src/i18n/en.ts';
import { context, contextWith, front, plainPage, reply, source, start, subject } from './sample-views.ts';

const alert = (kind: AlertKind, text: string): Alert => ({ kind, text, cites: [], path: 'a.md', line: 1, column: 1 });
const embedOf = (more: Parameters<typeof plainPage>[0]) => guidePageEmbed(plainPage(more), subject, en, 'en');

describe('the embed of a page', () => {
  it('has its title and text, and below them alerts, steps and sources', () => {
    const alerts = [alert('NOTE', 'first'), alert('TIP', 'second')];
    expect(embedOf({ alerts, steps: ['one', 'two'], sources: [source()] })).toEqual({
      color: COLOR.information,
      title: 'Plain',
      description: 'text',
      fields: [
        { name: en.page.alert.NOTE, value: 'first' },
        { name: en.page.alert.TIP, value: 'second' },
        { name: en.page.steps, value: '- one\n- two' },
        ...sourceFields([source()], en, 'en', true),
      ],
      footer: { text: subject.disclaimer },
    });
  });

  it('has no fields if the page has none of them', () => {
    expect(embedOf({}).fields).toEqual([]);
  });

  it('says if only the source of the claims supports it', () => {
    expect(embedOf({ isOnlyClaimed: true }).footer).toEqual({ text: subject.unconfirmed });
  });

  it.each([
    ['WARNING', false, COLOR.warning],
    ['CAUTION', false, COLOR.warning],
    ['WARNING', true, COLOR.warning],
    ['NOTE', false, COLOR.information],
    ['TIP', false, COLOR.information],
    ['IMPORTANT', true, COLOR.outcome],
  ] as const)('with %s (outcome: %s) has the colour %i', (kind, outcome, color) => {
    expect(embedOf({ outcome, alerts: [alert('NOTE', 'x'), alert(kind, 'x')] }).color).toBe(color);
  });

  it('has a colour for each meaning', () => {
    expect(new Set(Object.values(COLOR)).size).toBe(Object.values(COLOR).length);
  });

  it('is that of the guide, unless the server overrides it', () => {
    const own = guidePageEmbed(front, subject, en, 'en');
    expect(pageEmbed(front, context)).toEqual(own);
    const overriding = contextWith(reply(front.name, 'Ours', 'our door'), reply('r:abcd1234'));
    expect(pageEmbed(front, overriding)).toEqual(replyEmbed({ title: 'Ours', text: 'our door' }, en.faq.override));
    expect(pageEmbed(start, overriding)).toEqual(guidePageEmbed(start, subject, en, 'en'));
  });
});

describe('the embed of a reply', () => {
  it('has its title, text and footer, without marks that would turn other text around', () => {
    expect(replyEmbed({ title: 'a\u202e', text: 'b\u2066c' }, 'by us')).toEqual({
      color: COLOR.information,
      title: 'a',
      description: 'bc',
      footer: { text: 'by us' },
    });
  });
});

describe('the fields that answer “Did this help?”', () => {
  it('thank, or say where there is help', () => {
    const { thanks, sorry } = feedbackFields(subject, en);
    expect(thanks).toEqual(en.feedback.thanks);
    expect(sorry).toEqual({ name: en.feedback.sorry.name, value: en.feedback.sorry.value(subject.support) });
  });
});

describe('sources', () => {
  const fields = (...given: Parameters<typeof source>[0][]) => sourceFields(given.map(source), en, 'en', true);

  it('are shown by title, publisher and date, with a link if there is one', () => {
    const sources = [
      source({ title: 'A' }),
      source({ title: 'B', link: 'https://b.example', published: '2025-03' }),
      source({ title: 'C', published: '2024' }),
    ];
    const lines = ['A, House', `[B](https://b.example), House, ${showDate('2025-03', 'en')}`, 'C, House, 2024'];
    const [numbered] = sourceFields(sources, en, 'en', true);
    expect(numbered?.value).toBe(lines.map((line, i) => `[${i + 1}] ${line}`).join('\n'));
    const [listed] = sourceFields(sources, en, 'en', false);
    expect(listed?.value).toBe(lines.map((line) => `- ${line}`).join('\n'));
  });

  it('are no field if there are none', () => {
    expect(fields()).toEqual([]);
  });

  it('say when the oldest was reviewed, in the language of the text', () => {
    const given = ['2026-11-02', '2025-12-31', '2026-01-01'].map((reviewed) => source({ reviewed }));
    const [field] = sourceFields(given, en, 'en', true);
    expect(field?.name).toBe(en.page.sources(showDate('2025-12-31', 'en')));
    const [german] = sourceFields([source({ published: '2025-03-09' })], en, 'de', true);
    expect(german?.name).toBe(en.page.sources(showDate('2026-11-01', 'de')));
    expect(german?.value).toContain(showDate('2025-03-09', 'de'));
  });

  it('continue in a second field when the first is full, and not before', () => {
    const ofLength = (length: number) => ({ title: 'x'.repeat(length - '[1] , House'.length) });
    const two = (second: number) => fields(ofLength(600), ofLength(second));
    expect(two(EMBED_LIMITS.fieldValue - 601)).toHaveLength(1);
    const full = two(EMBED_LIMITS.fieldValue - 600);
    expect(full.map(({ name }) => name)).toEqual([en.page.sources(showDate('2026-11-01', 'en')), en.page.moreSources]);
    expect(full.map(({ value }) => codePoints(value))).toEqual([600, 424]);
    // A later line goes on in the last field.
    expect(fields(ofLength(600), ofLength(600), ofLength(100)).map(({ value }) => value.split('\n').length)).toEqual([
      1, 2,
    ]);
  });

  it('are cut if a single one is too long', () => {
    const [field] = fields({ title: 'x'.repeat(2000) });
    expect(codePoints(field?.value ?? '')).toBe(EMBED_LIMITS.fieldValue);
    expect(field?.value).toMatch(/…$/);
  });
});
