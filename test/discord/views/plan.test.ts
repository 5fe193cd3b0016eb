// The plan: the steps of the visited pages, within Discord's limits.
import { ButtonStyle } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { codePoints, EMBED_LIMITS } from '../../../src/discord/limits.ts';
import { COLOR } from '../../../src/discord/views/colors.ts';
import { planEmbed, renderPlan } from '../../../src/discord/views/plan.ts';
import { sourceNamesField } from '../../../src/discord/views/sources.ts';
import { en } from '../../../src/i18n/en.ts';
import { buttonsOf, context, edition, front, plainPage, rear, source, start, subject } from './sample-views.ts';

const INTRO = `${en.plan.intro} ${en.plan.copy}`;

describe('the plan as an embed', () => {
  it('lists the steps in order, and the sources of the pages that have steps', () => {
    const more = plainPage({ steps: ['Go in', 'Turn it'], sources: [source({ title: 'Another' })] });
    const sources = [...front.sources, ...more.sources];
    expect(planEmbed([start, front, rear, more], context)).toEqual({
      color: COLOR.plan,
      title: en.plan.title,
      description: [INTRO, '', ...['Find the key', 'Turn it', 'Go in'].map((step) => `☐ ${step}`)].join('\n'),
      footer: { text: subject.disclaimer },
      fields: sourceNamesField(sources, en, 'en'),
    });
  });

  it('says if the visited pages have no steps', () => {
    const embed = planEmbed([start, rear], context);
    expect(embed.description).toBe(en.plan.none);
    expect(embed.fields).toEqual([]);
  });

  it('names a source of several pages once, and ten sources at most', () => {
    const sources = Array.from({ length: 11 }, (_, i) => source({ title: `Source ${i}` }));
    const pages = [plainPage({ steps: ['a'], sources: sources.slice(0, 6) }), plainPage({ steps: ['b'], sources })];
    const lines = (planEmbed([start, ...pages], context).fields ?? []).flatMap(({ value }) => value.split('\n'));
    expect(lines.map((line) => /Source \d+/.exec(line)?.[0])).toEqual(sources.slice(0, 10).map(({ title }) => title));
  });

  it('leaves out the steps that do not fit, and says how many', () => {
    // Each takes its own length, "☐ " and a line break.
    const room = EMBED_LIMITS.description - codePoints(INTRO) - 100;
    const steps = (last: number) => ['a'.repeat(room - 3 - 53), 'b'.repeat(last), 'c', 'd'];
    const lines = (last: number) =>
      planEmbed([plainPage({ steps: steps(last) })], context)
        .description?.split('\n')
        .slice(3);
    expect(lines(50)).toEqual([`☐ ${'b'.repeat(50)}`, en.plan.more(2)]);
    expect(lines(51)).toEqual([en.plan.more(3)]);
    expect(lines(46)).toEqual([`☐ ${'b'.repeat(46)}`, '☐ c', en.plan.more(1)]);
    expect(lines(42)).toEqual([`☐ ${'b'.repeat(42)}`, '☐ c', '☐ d']);
  });

  it('keeps within the total of an embed: fields that do not fit are left out', () => {
    const texts = { ...context, edition: { ...edition, subject: { ...subject, disclaimer: 'f'.repeat(2048) } } };
    const steps = ['a'.repeat(3000)];
    const sources = [source({ title: '0'.repeat(600) })];
    const { fields = [], ...rest } = planEmbed([plainPage({ steps, sources })], texts);
    const text = codePoints(rest.title ?? '') + codePoints(rest.description ?? '') + 2048;
    const left = EMBED_LIMITS.total - text;
    const sizes = fields.map(({ name, value }) => codePoints(name) + codePoints(value));
    expect(fields).toHaveLength(1);
    expect(sizes[0]).toBeLessThanOrEqual(left);
    // It fits to the last character, and not with one more.
    const spare = left - (sizes[0] ?? 0);
    const longer = (more: number) => [source({ title: `${'0'.repeat(600 + more)}` })];
    const fieldsWith = (more: number) => planEmbed([plainPage({ steps, sources: longer(more) })], texts).fields;
    expect(spare).toBeLessThan(424);
    expect(fieldsWith(spare)).toHaveLength(1);
    expect(fieldsWith(spare + 1)).toHaveLength(0);
  });
});

describe('the plan in a walk', () => {
  const { back, startOver, sendPlan } = en.button;

  it('leads back to the page, and can be sent', () => {
    const body = renderPlan([start, front], context);
    expect(body).toMatchObject({ content: '', embeds: [planEmbed([start, front], context)] });
    expect(buttonsOf(body)).toEqual([
      [
        { label: back, style: ButtonStyle.Secondary, does: 'toPage start>front' },
        { label: startOver, style: ButtonStyle.Secondary, does: 'startOver start>front' },
        { label: sendPlan, style: ButtonStyle.Primary, does: 'sendPlan start>front' },
      ],
    ]);
  });

  it('that was sent leads back to the plan, and has a notice', () => {
    const body = renderPlan([front], context, { notice: en.plan.sent, isSent: true });
    expect(body.content).toBe(en.plan.sent);
    expect(JSON.stringify(body)).not.toContain(en.plan.copy);
    expect(buttonsOf(body)).toEqual([
      [
        { label: back, style: ButtonStyle.Secondary, does: 'plan front' },
        { label: startOver, style: ButtonStyle.Secondary, does: 'startOver front' },
      ],
    ]);
  });
});
