// Embeds of pages and replies.
import { describe, expect, it } from 'vitest';
import { COLOR } from '../../../src/discord/views/colors.ts';
import { feedbackFields, guidePageEmbed, pageEmbed, replyEmbed } from '../../../src/discord/views/embeds.ts';
import { sourcesField } from '../../../src/discord/views/sources.ts';
import type { Alert, AlertKind } from '../../../src/guide/model.ts';
import { en } from '../../../src/i18n/en.ts';
import { context, contextWith, edition, front, plainPage, reply, source, start, subject } from './sample-views.ts';

const alert = (kind: AlertKind, text: string): Alert => ({ kind, text, cites: [], path: 'a.md', line: 1, column: 1 });
const embedOf = (more: Parameters<typeof plainPage>[0]) => guidePageEmbed(plainPage(more), edition, en);

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
        ...sourcesField([source()], en, 'en'),
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
    const own = guidePageEmbed(front, edition, en);
    expect(pageEmbed(front, context)).toEqual(own);
    const overriding = contextWith(reply(front.name, 'Ours', 'our door'), reply('r:abcd1234'));
    expect(pageEmbed(front, overriding)).toEqual(replyEmbed({ title: 'Ours', text: 'our door' }, en.faq.override));
    expect(pageEmbed(start, overriding)).toEqual(guidePageEmbed(start, edition, en));
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
