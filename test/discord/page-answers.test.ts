import { describe, expect, it } from 'vitest';
import { messageBody, updateMessage } from '../../src/discord/answer.ts';
import { PageAnswerCache } from '../../src/discord/page-answers.ts';

const answer = (content: string) => updateMessage(messageBody({ content }));

describe('kept answers', () => {
  it('are rendered once for a key, and say the same in JSON', () => {
    const cache = new PageAnswerCache();
    const first = cache.get('a', () => answer('Grüße ☐ 👍'));
    expect(cache.get('a', () => answer('never rendered'))).toBe(first);
    expect(JSON.parse(first.json ?? '')).toEqual(answer('Grüße ☐ 👍').response);
    expect(cache.get('b', () => answer('other')).response).toEqual(answer('other').response);
  });

  it('are ASCII, so that each character is one byte', () => {
    const { json } = new PageAnswerCache().get('a', () => answer('Grüße ☐ 👍'));
    expect(json).toMatch(/^[\x20-\x7e]+$/);
  });

  it('are dropped when there are too many', () => {
    const cache = new PageAnswerCache();
    const first = cache.get('0', () => answer('0'));
    for (let i = 1; i < 2000; i++) cache.get(String(i), () => answer(String(i)));
    expect(cache.get('0', () => answer('again'))).not.toBe(first);
  });
});
