// The cache of answers that show a page: the same answer as JSON, and how many are kept.
import { describe, expect, it } from 'vitest';
import { messageBody, updateMessage } from '../../src/discord/answer.ts';
import { isUnchangedPage, PageAnswerCache } from '../../src/discord/page-answers.ts';
import { topicsOf } from '../../src/replies/topics.ts';
import { contextsWith, edition, front as page, replyOf } from './parts.ts';

const answer = (content: string) => ({ page, answer: updateMessage(messageBody({ content })) });

describe('cached answers', () => {
  it('say the same in JSON', () => {
    const cache = new PageAnswerCache();
    const added = cache.add('a', answer('Grüße ☐ 👍'));
    expect(cache.get('a')).toEqual({ page, answer: added });
    expect(JSON.parse(added.json ?? '')).toEqual(answer('Grüße ☐ 👍').answer.response);
    expect(added.response).toEqual(answer('Grüße ☐ 👍').answer.response);
    expect(cache.get('b')).toBeUndefined();
  });

  it('are ASCII, so that each character is one byte', () => {
    const { json } = new PageAnswerCache().add('a', answer('Grüße ☐ 👍'));
    expect(json).toMatch(/^[\x20-\x7e]+$/);
  });

  it('escape all but ASCII', () => {
    const text = '\x7f \x80 \u00ff \u0100 \uffff';
    const { json, response } = new PageAnswerCache().add('a', answer(text));
    expect(json).toContain('\x7f \\u0080 \\u00ff \\u0100 \\uffff');
    expect(response).toEqual(answer(text).answer.response);
  });

  it('keep the button that led to them', () => {
    const cache = new PageAnswerCache();
    const id = { action: 'open', path: [page], from: null, isMoved: false } as const;
    cache.add('a', { ...answer('a'), id });
    expect(cache.get('a')?.id).toBe(id);
  });

  it('are the last 1000, and 2000 at most', () => {
    const cache = new PageAnswerCache();
    for (let i = 0; i < 1000; i++) cache.add(String(i), answer(String(i)));
    expect(cache.get('0')).toBeDefined();
    for (let i = 1000; i < 3000; i++) cache.add(String(i), answer(String(i)));
    expect(cache.get('0')).toBeUndefined();
    expect(cache.get('2999')).toBeDefined();
  });
});

describe('a page is unchanged', () => {
  const context = contextsWith().contextWith('en', {});

  it('unless the server has its own text, or a question led to it', () => {
    const origin = { isGuess: false, topics: [page.name] };
    expect(isUnchangedPage(page, context)).toBe(true);
    expect(isUnchangedPage(page, { ...context, origin })).toBe(false);
    expect(isUnchangedPage(page, { ...context, topics: topicsOf(edition, [replyOf(page.name)]) })).toBe(false);
    expect(isUnchangedPage(page, { ...context, topics: topicsOf(edition, [replyOf('r:abcd1234')]) })).toBe(true);
    expect(isUnchangedPage({ ...page, name: 'no#topic' }, context)).toBe(true);
  });
});
