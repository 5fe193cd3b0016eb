import { describe, expect, it } from 'vitest';
import { messageBody, updateMessage } from '../../src/discord/answer.ts';
import { PageAnswerCache } from '../../src/discord/page-answers.ts';
import { shippedEdition } from '../shipped.ts';

const [page] = (await shippedEdition()).pages.values();
if (!page) throw new Error('the shipped content has no page');
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

  it('are dropped when there are too many', () => {
    const cache = new PageAnswerCache();
    for (let i = 0; i < 2000; i++) cache.add(String(i), answer(String(i)));
    expect(cache.get('0')).toBeUndefined();
    expect(cache.get('1999')).toBeDefined();
  });
});
