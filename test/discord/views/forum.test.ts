// The answer to a post in a forum: plain text within Discord's limits, with sources and buttons.
import { ComponentType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { createContext } from '../../../src/discord/render-context.ts';
import { type FoundTopics, isNotThisId, originOfNotThis, renderPostAnswer } from '../../../src/discord/views/forum.ts';
import { en } from '../../../src/i18n/en.ts';
import { DRAFT_LIMITS } from '../../../src/replies/draft.ts';
import type { Reply } from '../../../src/replies/reply.ts';
import { NO_SETTINGS } from '../../../src/servers/settings.ts';
import { buttonsOf, contentOf } from '../../commands/world.ts';
import { GUIDE, OTHER, SOURCES } from '../../guide/sample.ts';
import { content, edition, front, rear, replyOf, start } from '../parts.ts';

const settings = { ...NO_SETTINGS, helpersChannel: '6' };
const contextWith = (replies: readonly Reply[] = [], more: object = settings) =>
  createContext(content, 'en', { replies, settings: { ...NO_SETTINGS, ...more } });

function topicsOf(context: ReturnType<typeof contextWith>, ...names: [string, ...string[]]): FoundTopics {
  const [first, ...others] = names.map((name) => context.topics.find(name) ?? expect.fail(`no topic ${name}`));
  return [first ?? expect.fail('no topic'), ...others];
}
const answer = (name: string, replies: readonly Reply[] = []) => {
  const context = contextWith(replies);
  return renderPostAnswer(topicsOf(context, name), context);
};
const linesOf = ({ content: text = '' }: { content?: string | undefined }) => text.split('\n');
/** The answer with another text in the page `front`. */
function answerWith(text: string, sources = SOURCES) {
  const guide = GUIDE.replace('Turn the handle.[^G01][^U01]', text);
  const changed = contentOf({ 'en/open-door.md': guide, 'sources.yaml': sources });
  const context = createContext(changed, 'en', { settings });
  return renderPostAnswer(topicsOf(context, front.name), context);
}

describe('the answer with a page', () => {
  it('has its title, its first sentences, a source with a link, and who answers', () => {
    expect(linesOf(answer(start.name))).toEqual([
      `**${start.title}**`,
      'It opens inwards.[1] Push it.',
      '-# [1] [The rules](<https://example.org/rules>), The house',
      `-# ${edition.subject.disclaimer}`,
      `-# ${en.forum.hint}`,
    ]);
  });

  it('needs no embeds, and pings nobody', () => {
    expect(answer(front.name)).toMatchObject({ embeds: [], allowed_mentions: { parse: [] } });
  });

  it('has buttons to open the page, to remove the answer, and to ask a person', () => {
    expect(buttonsOf(answer(front.name)).map(([label]) => label)).toEqual([
      en.button.openPage,
      en.button.notThis,
      en.button.askPerson,
    ]);
    const none = contextWith([], {});
    expect(buttonsOf(renderPostAnswer(topicsOf(none, front.name), none))).toHaveLength(2);
  });

  it('says if only the claims say so', () => {
    const changed = contentOf({
      'en/other.md': OTHER.replace('It is never locked.[^U01]', 'It is never locked.[^G01]'),
    });
    const context = createContext(changed, 'en', { settings });
    const lines = linesOf(renderPostAnswer(topicsOf(context, rear.name), context));
    expect(lines).toContain(`-# ${edition.subject.unconfirmed}`);
    expect(lines).toContain('-# [1] A guide, Somebody');
  });

  it('names every source that its sentences cite, and one that can be opened in any case', () => {
    const sources = (body: { content?: string | undefined }) => linesOf(body).filter((line) => line.startsWith('-# ['));
    expect(sources(answerWith('Turn the handle.[^G01]'))).toEqual([
      '-# [1] A guide, Somebody',
      '-# [2] [The rules](<https://example.org/rules>), The house',
    ]);
    const third = SOURCES.replace(
      'disagreements:',
      '  - id: more\n    title: More\n    publisher: The house\n    opened: 2026-11-01\n    statements: [U03]\n$&',
    );
    expect(sources(answerWith('Turn it.[^G01] Twice.[^U01] Or not.[^G01] Or so.[^U03]', third))).toHaveLength(2);
    expect(sources(answerWith('Turn it.[^G01] Twice.[^U01] Or so.[^U03]', third))).toHaveLength(3);
  });

  it('shows three sentences at most, and no list', () => {
    const [, text] = linesOf(answerWith('One.[^U01] Two! Three. Four. Five.'));
    expect(text).toBe('One.[1] Two! Three.');
    for (const list of ['- Two.\n- Three.', '1. Two.\n2. Three.']) {
      const [, listed] = linesOf(answerWith(`One.[^U01]\n\n${list}`));
      expect(listed).toBe('One.[1]');
    }
  });

  it('does not end with the question that the page asks above its buttons', () => {
    expect(linesOf(answerWith('One.[^U01] Two! Which do you mean?'))[1]).toBe('One.[1] Two!');
    expect(linesOf(answerWith('Which do you mean?'))[1]).toBe('Which do you mean?');
  });

  it('shows less if the sentences are long, but one at least', () => {
    const long = `${'word '.repeat(50)}end.`;
    const [, two] = linesOf(answerWith(`${long}[^U01] ${long} ${long}`));
    expect(two?.match(/end\./g)).toHaveLength(1);
    const [, one] = linesOf(answerWith(`${'word '.repeat(100)}end.[^U01] Two.`));
    expect(one).toMatch(/end\.\[1\]$/);
  });
});

describe('the answer with a reply of the server', () => {
  const own = replyOf('r:abcd1234', { title: 'Lost *keys*', text: 'Call **Ann**: https://example.org/ann' });

  it('has its words, and says that moderators wrote it', () => {
    expect(linesOf(answer(own.topic, [own]))).toEqual([
      '**Lost \\*keys\\***',
      'Call **Ann**: https://example.org/ann',
      `-# ${en.faq.own}`,
      `-# ${en.forum.hint}`,
    ]);
    expect(buttonsOf(answer(own.topic, [own])).map(([label]) => label)).toEqual([
      en.button.notThis,
      en.button.askPerson,
    ]);
  });

  it('in place of a page shows the words of the server, and opens the page', () => {
    const override = replyOf(front.name, { title: 'Ours', text: 'Use the back door.' });
    const shown = answer(front.name, [override]);
    expect(linesOf(shown)).toContain('Use the back door.');
    expect(linesOf(shown)).toContain(`-# ${en.faq.override}`);
    expect(buttonsOf(shown)[0]?.[0]).toBe(en.button.openPage);
  });

  it.each([
    ['letters', 'a'],
    ['asterisks', '*'],
    ['emoji', '🙂'],
    ['direction marks', '\u2067'],
  ])('fits into a message if it is as long as it may be, of %s', (_, character) => {
    const longest = replyOf('r:abcd1234', {
      title: '*'.repeat(DRAFT_LIMITS.title),
      text: character.repeat(DRAFT_LIMITS.text),
    });
    const { content: text = '' } = answer(longest.topic, [longest]);
    expect([...text].length).toBeLessThanOrEqual(2000);
    expect(text.endsWith(`-# ${en.forum.hint}`)).toBe(true);
  });
});

describe('the id of Not this', () => {
  const replies = Array.from({ length: 5 }, (_, i) => replyOf(`r:abcd123${i}`));

  it('carries the topics, best first', () => {
    const context = contextWith(replies);
    const found = topicsOf(context, front.name, replies[0]?.topic ?? '', rear.name);
    const id = buttonsOf(renderPostAnswer(found, context)).find(([label]) => label === en.button.notThis)?.[1] ?? '';
    expect(isNotThisId(id)).toBe(true);
    expect(originOfNotThis(id, edition)).toEqual({ isGuess: true, topics: found.map(({ topic }) => topic) });
  });

  it('has 100 characters at most, also with five replies', () => {
    const context = contextWith(replies);
    const [first = '', ...others] = replies.map(({ topic }) => topic);
    const body = renderPostAnswer(topicsOf(context, first, ...others), context);
    for (const [, id] of buttonsOf(body)) expect(id.length).toBeLessThanOrEqual(100);
    expect(body.components?.every(({ type }) => type === ComponentType.ActionRow)).toBe(true);
  });

  it.each(['f1:n:', 'f1:n:~', 'f1:n:zzzz', `f1:n:${'^'.repeat(90)}`])('may be damaged: %s', (id) => {
    expect(isNotThisId(id)).toBe(true);
    expect(originOfNotThis(id, edition)?.topics ?? []).toEqual([]);
  });

  it('is recognized among others', () => {
    expect(['f1:x:', 'w1:n:', 'xf1:n:'].map(isNotThisId)).toEqual([false, false, false]);
  });
});
