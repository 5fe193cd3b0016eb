// The custom_id of a walk: what fits in, and that reading returns what was written.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  ACTIONS,
  isInOwnLanguage,
  isWalkId,
  localeOfWalk,
  MAX_PATH_LENGTH,
  readWalkId,
  type WalkAction,
  writeReplyId,
  writeWalkId,
} from '../../src/discord/custom-id.ts';
import type { Page } from '../../src/guide/model.ts';
import { pathFrom } from '../../src/guide/walk.ts';
import { edition } from './parts.ts';

const pages = [...edition.pages.values()];
const ways = (max: number) => fc.array(fc.constantFrom(...pages), { minLength: 1, maxLength: max });
/** Every action but the one whose id carries a reply instead of a way. */
const actions = fc.constantFrom(...(Object.keys(ACTIONS) as WalkAction[]).filter((action) => action !== 'reply'));
const path = (list: readonly Page[]) => pathFrom(list) ?? expect.fail('a way has a page');
/** What is read of a button that was written with this way. */
const meant = (action: WalkAction, list: readonly Page[]) => ({
  action,
  path: action === 'back' ? pathFrom(list.slice(0, -1)) : list,
  from: action === 'toPage' ? undefined : action === 'openIn' ? null : (list.at(action === 'open' ? -2 : -1) ?? null),
  isMoved: false,
});

describe('walk ids', () => {
  it('return a path of up to 29 pages unchanged', () => {
    fc.assert(
      fc.property(ways(MAX_PATH_LENGTH), actions, (list, action) => {
        const read = readWalkId(writeWalkId(action, path(list), { edition }), edition);
        expect(read).toEqual(meant(action, list));
      }),
    );
    expect(MAX_PATH_LENGTH).toBeGreaterThanOrEqual(29);
  });

  it('leave out a page that another edition does not have', () => {
    const text = writeWalkId('open', path(pages.slice(0, 2)), { edition });
    const next = { ...edition, codes: new Map(pages.slice(1).map((page) => [page.code, page])) };
    expect(readWalkId(text, next)).toMatchObject({ path: pages.slice(1, 2), from: undefined, isMoved: false });
  });

  it('have at most 100 characters, and keep the first page and the last ones', () => {
    fc.assert(
      fc.property(ways(200), actions, (list, action) => {
        const id = writeWalkId(action, path(list), { edition });
        const read = readWalkId(id, edition)?.path ?? [];
        const target = action === 'back' ? list.slice(0, -1) : list;
        expect(id.length).toBeLessThanOrEqual(100);
        expect(read[0]).toBe(target[0]);
        expect(read.slice(1)).toEqual(target.slice(-(read.length - 1) || target.length));
      }),
    );
  });

  it('return the question that the walk began with, and 20 pages of the path', () => {
    const topics = fc.uniqueArray(
      fc.oneof(fc.constantFrom(...pages.map(({ name }) => name)), fc.constant('r:abcd1234')),
      { minLength: 1, maxLength: 3 },
    );
    fc.assert(
      fc.property(ways(20), actions, topics, fc.boolean(), (list, action, offered, isGuess) => {
        const origin = { isGuess, topics: offered };
        const id = writeWalkId(action, list, { edition, origin });
        expect(id.length).toBeLessThanOrEqual(100);
        expect(readWalkId(id, edition)).toEqual({ ...meant(action, list), origin });
        expect(readWalkId(writeReplyId('r:abcd1234', edition, origin), edition)).toMatchObject({
          action: 'reply',
          reply: 'r:abcd1234',
          origin,
        });
      }),
    );
  });

  it('leave out pages that no longer exist, and say whether the last one is missing', () => {
    const [a, b] = pages;
    if (!a || !b) return expect.fail('there are pages');
    expect(readWalkId(`w1:p:${a.code}???${b.code}`, edition)).toMatchObject({
      path: [a, b],
      from: undefined,
      isMoved: false,
    });
    expect(readWalkId(`w1:p:${a.code}${b.code}???`, edition)).toMatchObject({ path: [a, b], from: b, isMoved: true });
    expect(readWalkId(`w1:r:${a.code}${b.code}???`, edition)).toMatchObject({
      path: [a, b],
      from: undefined,
      isMoved: false,
    });
    expect(readWalkId(`w1:r:${a.code}???${b.code}`, edition)).toMatchObject({ path: [a], from: b, isMoved: true });
    for (const id of ['w1:p:??????', `w1:r:???${b.code}`, `w1:r:${b.code}`])
      expect(readWalkId(id, edition)?.path).toBeUndefined();
  });

  it('of version 1.0 still lead to their pages', () => {
    const [a, b] = [pages[0] ?? expect.fail(), pages[1] ?? expect.fail()];
    const codes = `${a.code}${b.code}`;
    for (const letter of ['p', 'b', 's', 'm', 'd', 'y', 'n', 'o'])
      expect(readWalkId(`w1:${letter}:${codes}`, edition)).toMatchObject({ path: [a, b], isMoved: false });
    expect(readWalkId(`w1:b:${codes}`, edition)).toMatchObject({ action: 'toPage', from: undefined });
    expect(readWalkId(`w1:q:~${a.code}.${b.code}~`, edition)).toMatchObject({ action: 'offers', from: null });
  });

  it('have room for 30 pages of a short locale without a question, and for 29 of every other', () => {
    expect(MAX_PATH_LENGTH).toBe(29);
    const [a, b] = [pages[0] ?? expect.fail(), pages[1] ?? expect.fail()];
    const long = [a, ...Array.from({ length: 31 }, () => b)];
    expect(readWalkId(writeWalkId('open', path(long), { edition }), edition)?.path).toEqual(long.slice(0, 30));
    const mexican = { ...edition, locale: 'es-419' };
    expect(readWalkId(writeWalkId('open', path(long), { edition: mexican }), edition)?.path).toHaveLength(29);
    expect(writeWalkId('open', path(long), { edition })).toHaveLength(98);
  });

  it('are known by their beginning', () => {
    expect([isWalkId('w1:anything'), isWalkId('w2:anything'), isWalkId('w1'), isWalkId('xw1:p:abc')]).toEqual([
      true,
      true,
      false,
      false,
    ]);
  });

  it('carry the language of the walk, but for those of 1.0', () => {
    const [page] = [pages[0] ?? expect.fail()];
    const written = writeWalkId('open', [page], { edition: { ...edition, locale: 'pt-BR' } });
    expect([written, 'w1:p:abc', 'c1:cancel'].map(localeOfWalk)).toEqual(['pt-BR', undefined, undefined]);
  });

  it('say whether they open a walk in their own language', () => {
    const [page] = [pages[0] ?? expect.fail()];
    const id = (action: WalkAction) => writeWalkId(action, [page], { edition });
    expect([id('openIn'), id('open'), 'w1:l:abc'].map(isInOwnLanguage)).toEqual([true, false, false]);
    expect(readWalkId(id('openIn'), edition)).toMatchObject({ path: [page], from: null });
  });

  it('name every action by its own letter, which never changes', () => {
    expect(ACTIONS).toEqual({
      open: 'p',
      openIn: 'l',
      back: 'r',
      toPage: 'b',
      startOver: 's',
      plan: 'm',
      sendPlan: 'd',
      helped: 'y',
      notHelped: 'n',
      openGuide: 'o',
      offers: 'q',
      reply: 't',
      none: 'z',
      sources: 'u',
    });
  });

  it('mark a question that was guessed, and leave out topics that no longer exist', () => {
    const [a, b] = [pages[0] ?? expect.fail(), pages[1] ?? expect.fail()];
    const topics = ['gone#gone', b.name, 'r:abcd1234'];
    const write = (isGuess: boolean) => writeWalkId('open', [a], { edition, origin: { isGuess, topics } });
    expect(write(false)).toBe(`w2:en:p:~${b.code}.abcd1234~${a.code}`);
    expect(write(true)).toBe(`w2:en:p:^${b.code}.abcd1234^${a.code}`);
    expect(readWalkId(`w1:p:^???.${b.code}^${a.code}`, edition)).toMatchObject({
      origin: { isGuess: true, topics: [b.name] },
      path: [a],
    });
    expect(readWalkId(`w1:p:~???~${a.code}`, edition)).toEqual({
      action: 'open',
      path: [a],
      from: null,
      isMoved: false,
    });
    expect(writeWalkId('open', [a], { edition, origin: undefined })).toBe(`w2:en:p:${a.code}`);
  });

  it('of a reply have its eight characters', () => {
    const [a] = [pages[0] ?? expect.fail()];
    const origin = { isGuess: false, topics: [a.name] };
    expect(writeReplyId('r:abcd1234', edition, origin)).toBe(`w2:en:t:~${a.code}~abcd1234`);
    expect(readWalkId('w1:t:abcd1234', edition)).toEqual({
      action: 'reply',
      path: undefined,
      from: null,
      isMoved: false,
      reply: 'r:abcd1234',
    });
    expect(readWalkId('w1:t:abcd12345', edition)).toBeUndefined();
    expect(readWalkId('w1:t:abcd123', edition)).toBeUndefined();
  });

  it('may have a question alone', () => {
    const [a] = [pages[0] ?? expect.fail()];
    const origin = { isGuess: false, topics: [a.name] };
    expect(readWalkId(writeWalkId('none', [], { edition, origin }), edition)).toEqual({
      action: 'none',
      origin,
      path: undefined,
      from: null,
      isMoved: false,
    });
  });

  it('are undefined for any other text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        readWalkId(text, edition);
        readWalkId(`w1:${text}`, edition);
      }),
    );
    for (const odd of [
      '',
      'w1:',
      'w1:p',
      'w1:p:',
      'w1:x:abc',
      'w1:t:abc',
      'w1:q:~~',
      'w1:p:ab',
      'w1:p:abc:d',
      'w1:p:~abc',
      'w1:open:abc',
      'w2:p:abc',
      '__proto__',
    ]) {
      expect(readWalkId(odd, edition)).toBeUndefined();
    }
  });
});
