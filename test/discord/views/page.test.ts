// Pages as messages: their text, and what each button does.
import { ButtonStyle } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { messageBody } from '../../../src/discord/answer.ts';
import { feedbackFields, pageEmbed, replyEmbed } from '../../../src/discord/views/embeds.ts';
import { renderFeedback, renderPage, renderPublicPage, renderTopic } from '../../../src/discord/views/page.ts';
import type { Link } from '../../../src/guide/model.ts';
import { en } from '../../../src/i18n/en.ts';
import {
  actionsOf,
  buttonsOf,
  context,
  contextWith,
  edition,
  front,
  plainPage,
  rear,
  reply,
  start,
  subject,
} from './sample-views.ts';

const { button } = en;
const guess = { isGuess: true, topics: [front.name, rear.name] };
const choice = { ...guess, isGuess: false };
const topics = guess.topics.join(',');
const labels = (links: readonly Link[]) => links.map(({ label }) => label);

describe('a page in a walk', () => {
  it('has the page’s buttons in colour, and the walk’s own in a row below', () => {
    const body = renderPage([start, front], context);
    expect(body.embeds).toHaveLength(1);
    const [web, back] = labels(front.links);
    expect(buttonsOf(body)).toEqual([
      [
        { label: web, style: ButtonStyle.Link, does: 'https://example.org/rules' },
        { label: back, style: ButtonStyle.Primary, does: 'open start>front>rear' },
      ],
      [
        { label: button.back, style: ButtonStyle.Secondary, does: 'back start>front' },
        { label: button.startOver, style: ButtonStyle.Secondary, does: 'startOver start>front' },
        { label: button.plan, style: ButtonStyle.Secondary, does: 'plan start>front' },
        { label: button.helped, style: ButtonStyle.Success, does: 'helped start>front' },
        { label: button.notHelped, style: ButtonStyle.Secondary, does: 'notHelped start>front' },
      ],
    ]);
    expect(body).toEqual(messageBody({ embeds: body.embeds ?? [], components: body.components ?? [] }));
  });

  it('has only the page’s buttons where the walk begins', () => {
    expect(actionsOf(renderPage([start], context))).toEqual([
      [start.links[0]?.label, 'open start>front'],
      [start.links[1]?.label, 'open start>rear'],
    ]);
  });

  it('can start over where a walk began at another page than the first', () => {
    expect(actionsOf(renderPage([rear], context))).toContainEqual([button.startOver, 'startOver rear']);
    expect(actionsOf(renderPage([start, start], context)).slice(2)).toEqual([
      [button.back, 'back start'],
      [button.startOver, 'startOver start>start'],
    ]);
  });

  it('asks whether it helped, only on an outcome and without a line break before it if it has no footer', () => {
    const { footer } = pageEmbed(front, context);
    expect(renderPage([front], context).embeds?.[0]).toEqual({
      ...pageEmbed(front, context),
      footer: { text: `${footer?.text}\n${en.page.didThisHelp}` },
    });
    expect(renderPage([start], context).embeds).toEqual([pageEmbed(start, context)]);
    const silent = { ...context, edition: { ...edition, subject: { ...subject, disclaimer: '' } } };
    expect(renderPage([front], silent).embeds?.[0]?.footer?.text).toBe(en.page.didThisHelp);
  });

  it('shows the server’s text in place of the page, with the page’s buttons', () => {
    const overriding = contextWith(reply(start.name));
    const body = renderPage([start], overriding);
    expect(body.embeds).toEqual([replyEmbed(reply(start.name), en.faq.override)]);
    expect(body.components).toEqual(renderPage([start], context).components);
  });

  it('has the plan once a page of the path has steps', () => {
    expect(actionsOf(renderPage([start, rear], context)).map(([label]) => label)).not.toContain(button.plan);
    expect(actionsOf(renderPage([front, rear], context))).toContainEqual([button.plan, 'plan front>rear']);
  });

  it('leaves out buttons to pages that do not exist', () => {
    const link = (label: string, name: string): Link => {
      return { kind: 'page', label, page: name, path: 'a.md', line: 1, column: 1 };
    };
    const page = plainPage({ links: [link('There', rear.name), link('Gone', 'open-door#gone')] });
    expect(actionsOf(renderPage([start, page], context)).map(([label]) => label)).toEqual([
      'There',
      button.back,
      button.startOver,
    ]);
  });

  it('has a notice above it', () => {
    expect(renderPage([start], context).content).toBe('');
    expect(renderPage([start], context, 'moved').content).toBe('moved');
  });
});

describe('the first page of a walk that began with a question', () => {
  it.each([
    [guess, en.ask.guess, button.notThis],
    [choice, '', button.back],
  ])('leads to the other topics, and says if it is a guess (%j)', (origin, content, label) => {
    const body = renderPage([start], { ...context, origin });
    expect(body.content).toBe(content);
    const mark = origin.isGuess ? '?' : '|';
    expect(actionsOf(body).slice(2)).toEqual([
      [label, `offers start ${mark}${topics}`],
      [button.startOver, `startOver start ${mark}${topics}`],
    ]);
  });

  it('has a notice in place of the guess', () => {
    expect(renderPage([start], { ...context, origin: guess }, 'moved').content).toBe('moved');
  });

  it('is the only one with them', () => {
    const body = renderPage([start, front], { ...context, origin: guess });
    expect(body.content).toBe('');
    expect(actionsOf(body)[2]).toEqual([button.back, `back start>front ?${topics}`]);
  });
});

describe('a page after “Did this help?”', () => {
  it.each([true, false])('thanks or gives advice below the page (helped: %s)', (hasHelped) => {
    const { thanks, sorry } = feedbackFields(subject, en);
    const embed = pageEmbed(front, context);
    const body = renderFeedback([start, front], context, hasHelped);
    expect(body.embeds).toEqual([{ ...embed, fields: [...(embed.fields ?? []), hasHelped ? thanks : sorry] }]);
    expect(body.content).toBe('');
    // The id of `toPage` does not say on which page the button is.
    expect(buttonsOf(body)).toEqual([
      [
        { label: button.back, style: ButtonStyle.Secondary, does: 'toPage start>front' },
        { label: button.startOver, style: ButtonStyle.Secondary, does: 'startOver start>front' },
      ],
    ]);
  });

  it('has the field also below a server’s text, which has no others', () => {
    const body = renderFeedback([front], contextWith(reply(front.name)), true);
    expect(body.embeds?.[0]?.fields).toEqual([en.feedback.thanks]);
  });
});

describe('a page for everyone', () => {
  it('has the page’s buttons, and one that opens the guide there', () => {
    const body = renderPublicPage(front, context);
    expect(body).toMatchObject({ content: '', embeds: [pageEmbed(front, context)], allowed_mentions: { parse: [] } });
    expect(buttonsOf(body).map((row) => row.map(({ does }) => does))).toEqual([
      ['https://example.org/rules', 'open front>rear'],
      ['openGuide front'],
    ]);
    expect(buttonsOf(body)[1]?.[0]?.label).toBe(button.openGuide);
  });

  it('has no such button if it is the first page of a guide', () => {
    expect(actionsOf(renderPublicPage(start, context)).map(([, does]) => does)).toEqual([
      'open start>front',
      'open start>rear',
    ]);
  });

  it('leads to the other topics of a question', () => {
    const body = renderPublicPage(rear, { ...context, origin: guess });
    expect(buttonsOf(body)[1]).toEqual([
      { label: button.openGuide, style: ButtonStyle.Secondary, does: `openGuide rear ?${topics}` },
      { label: button.notThis, style: ButtonStyle.Secondary, does: `offers rear ?${topics}` },
    ]);
  });

  it('has a text above it, and notifies one member', () => {
    const body = renderPublicPage(front, context, { content: 'for you', notify: '77' });
    expect(body).toMatchObject({ content: 'for you', allowed_mentions: { parse: [], users: ['77'] } });
  });
});

describe('a topic for everyone', () => {
  const options = { content: 'for you', notify: '77' };

  it('is a page with its buttons', () => {
    const topic = context.topics.find(front.name) ?? expect.fail('the page is a topic');
    expect(renderTopic(topic, context, options)).toEqual(renderPublicPage(front, context, options));
  });

  it('is a reply as it is, without buttons', () => {
    const own = reply('r:abcd1234');
    const ours = contextWith(own);
    const topic = ours.topics.find(own.topic) ?? expect.fail('the reply is a topic');
    const embeds = [replyEmbed(own, en.faq.own)];
    expect(renderTopic(topic, ours, options)).toEqual(messageBody({ content: 'for you', embeds }, '77'));
    expect(renderTopic(topic, ours)).toEqual(messageBody({ embeds }));
  });
});
