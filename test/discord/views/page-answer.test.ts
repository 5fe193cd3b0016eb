import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesOf } from '../../../src/discord/answer-bytes.ts';
import { MAX_PATH_LENGTH } from '../../../src/discord/custom-id.ts';
import { createContext, type RenderContext } from '../../../src/discord/render-context.ts';
import { answerWithPage } from '../../../src/discord/views/page-answer.ts';
import type { Page } from '../../../src/guide/model.ts';
import { pathFrom, startingAt } from '../../../src/guide/walk.ts';
import type { Reply } from '../../../src/replies/reply.ts';
import { shippedContent } from '../../shipped.ts';

const content = await shippedContent();
const context = createContext(content, 'en-US');
const pages = [...context.edition.pages.values()];
const sent = (list: readonly Page[], read: RenderContext = context, place: 'update' | 'private' = 'update') => {
  const answer = answerWithPage(pathFrom(list) ?? expect.fail(), read, place);
  return { answer, parsed: JSON.parse(bytesOf(answer).toString()) };
};

describe('a page that was made ahead', () => {
  it.each(pages.map((page) => [page.name, page]))('is the same as one that is made at the click: %s', (_, page) => {
    for (const place of ['update', 'private'] as const) {
      const { answer, parsed } = sent([page], context, place);
      expect(answer.json).toBeDefined();
      expect(parsed).toEqual(JSON.parse(JSON.stringify(answer.response)));
    }
  });

  it('is the same after any way, also one that no longer fits into a button', () => {
    const path = fc.array(fc.constantFrom(...pages), { minLength: 1, maxLength: MAX_PATH_LENGTH + 3 });
    fc.assert(
      fc.property(path, fc.constantFrom('update' as const, 'private' as const), (list, place) => {
        const { answer, parsed } = sent(list, context, place);
        expect(answer.json !== undefined).toBe(list.length < MAX_PATH_LENGTH);
        expect(parsed).toEqual(JSON.parse(JSON.stringify(answer.response)));
      }),
    );
  });

  it('is the same for a page whose text holds characters of Unicode’s private area', () => {
    const page: Page = { ...(pages[1] ?? expect.fail()), text: 'a \ue000 b \ue001 c', name: pages[1]?.name ?? '' };
    const { answer, parsed } = sent([pages[0] ?? expect.fail(), page]);
    expect(parsed).toEqual(JSON.parse(JSON.stringify(answer.response)));
    expect(parsed.data.embeds[0].description).toBe('a \ue000 b \ue001 c');
  });

  it('is ASCII, so that its characters are its bytes', () => {
    for (const page of pages) expect(sent([page]).answer.json).toMatch(/^[\x20-\x7e]*$/);
  });

  it('is made once for a way, and apart for an update and a private message', () => {
    for (const page of pages) {
      const path = startingAt(page);
      const update = answerWithPage(path, context, 'update').json;
      expect(answerWithPage(path, context, 'update').json).toBe(update);
      const { type, data } = JSON.parse(answerWithPage(path, context, 'private').json ?? '');
      expect({ type, flags: data.flags }).toEqual({ type: 4, flags: 64 });
      expect(JSON.parse(update ?? '').type).toBe(7);
    }
  });

  it('is not used where a server has its own words, or where the walk began with a question', () => {
    const [page] = pages;
    if (!page) expect.fail();
    const draft = { title: 'Ours', text: 'Our words', aliases: [] };
    const saved = { guildId: '1', revision: 1, action: 'add', savedBy: '2', savedAt: new Date() } as const;
    const over: Reply = { ...draft, ...saved, topic: page.name, state: 'shown' };
    const path = startingAt(page);
    expect(answerWithPage(path, context, 'update').json).toBeDefined();
    const ours = answerWithPage(path, createContext(content, 'en-US', [over]), 'update');
    expect(JSON.parse(bytesOf(ours).toString()).data.embeds[0].description).toBe('Our words');
    const asked = answerWithPage(path, { ...context, origin: { isGuess: true, topics: [page.name] } }, 'update');
    expect(asked.json).toBeUndefined();
  });
});
