// Merging a server's own replies into the answer of the guides.
import { describe, expect, it } from 'vitest';
import { mergeReplies } from '../../src/search/merge.ts';
import type { Hit } from '../../src/search/reply-index.ts';
import type { Verdict } from '../../src/search/verdict.ts';

const NUMBERS = { confidence: 1, margin: 0.5, wordCount: 3, language: 'en' } as const;
const [one, two, three] = [
  { page: 'a#1', score: 0.5 },
  { page: 'a#2', score: 0.3 },
  { page: 'a#3', score: 0.1 },
];
const SURE: Verdict = { kind: 'sure', page: one, others: [two, three], ...NUMBERS };
const UNSURE: Verdict = { kind: 'unsure', pages: [one, two, three], ...NUMBERS };
const DECLINED: Verdict = { kind: 'declined', ...NUMBERS };
const COURTESY: Verdict = { kind: 'courtesy', ...NUMBERS };
const POINTER: Verdict = { kind: 'pointer', pointer: 'zoo', ...NUMBERS };

const named = (topic: string): Hit => ({ topic, score: 1, hasName: true, isNamed: true });
const similar = (topic: string, score: number, hasName = false): Hit => ({ topic, score, hasName, isNamed: false });
const page = (candidate: { page: string; score: number }) => ({ kind: 'page', ...candidate });
const reply = (topic: string, score: number) => ({ kind: 'reply', topic, score });

describe('without replies', () => {
  it('the answer of the guides stays', () => {
    expect(mergeReplies(SURE, [])).toEqual({ kind: 'sure', choice: page(one), others: [page(two), page(three)] });
    expect(mergeReplies(UNSURE, [])).toEqual({ kind: 'unsure', choices: [page(one), page(two), page(three)] });
    expect(mergeReplies(DECLINED, [])).toEqual({ kind: 'declined' });
    expect(mergeReplies(COURTESY, [])).toEqual({ kind: 'courtesy' });
    expect(mergeReplies(POINTER, [])).toEqual({ kind: 'pointer', pointer: 'zoo' });
  });
});

describe('a reply that the question names', () => {
  it.each([
    ['sure', SURE],
    ['unsure', UNSURE],
  ])('comes before the pages when the guides are %s', (_, verdict) => {
    expect(mergeReplies(verdict, [named('rules'), similar('other', 0.9)])).toEqual({
      kind: 'sure',
      choice: reply('rules', 1),
      others: [page(one), page(two)],
    });
  });

  it('comes before similar replies when the guides decline', () => {
    const hits = [similar('a', 0.6), named('rules'), similar('b', 0.7), similar('c', 0.8), similar('d', 0.5)];
    expect(mergeReplies(DECLINED, hits)).toEqual({
      kind: 'sure',
      choice: reply('rules', 1),
      others: [reply('a', 0.6), reply('b', 0.7)],
    });
    expect(mergeReplies(DECLINED, [named('rules'), similar('d', 0.59)])).toMatchObject({ others: [] });
  });

  it.each([COURTESY, POINTER])('is the answer to a $kind', (verdict) => {
    expect(mergeReplies(verdict, [named('welcome'), similar('near', 0.6)])).toEqual({
      kind: 'sure',
      choice: reply('welcome', 1),
      others: [reply('near', 0.6)],
    });
  });

  it('is offered together with others of the same name, before pages', () => {
    expect(mergeReplies(SURE, [named('rules'), named('rules-2'), similar('other', 0.9)])).toEqual({
      kind: 'unsure',
      choices: [reply('rules', 1), reply('rules-2', 1), page(one)],
    });
  });
});

describe('a similar reply', () => {
  it('with a score of 0.6 comes second to a page; others are left out', () => {
    const hits = [similar('near', 0.6), similar('also', 0.6)];
    expect(mergeReplies(UNSURE, hits)).toEqual({
      kind: 'unsure',
      choices: [page(one), reply('near', 0.6), page(two)],
    });
    expect(mergeReplies(SURE, hits)).toEqual({
      kind: 'sure',
      choice: page(one),
      others: [reply('near', 0.6), page(two)],
    });
  });

  it('with a lower score is not offered together with pages', () => {
    expect(mergeReplies(UNSURE, [similar('far', 0.59)])).toEqual(mergeReplies(UNSURE, []));
  });

  it('with a score of 0.55 is offered when the guides decline', () => {
    expect(mergeReplies(DECLINED, [similar('near', 0.55), similar('far', 0.54)])).toEqual({
      kind: 'unsure',
      choices: [reply('near', 0.55)],
    });
    expect(mergeReplies(DECLINED, [similar('far', 0.54)])).toEqual({ kind: 'declined' });
  });

  it('with a score of 0.3 is enough if the question has its name', () => {
    const [near, far] = [similar('near', 0.3, true), similar('far', 0.29, true)];
    expect(mergeReplies(UNSURE, [far, near])).toEqual({
      kind: 'unsure',
      choices: [page(one), reply('near', 0.3), page(two)],
    });
    expect(mergeReplies(DECLINED, [far, near])).toEqual({ kind: 'unsure', choices: [reply('near', 0.3)] });
    expect(mergeReplies(SURE, [far])).toEqual(mergeReplies(SURE, []));
    expect(mergeReplies(DECLINED, [far])).toEqual({ kind: 'declined' });
  });

  it('is offered in place of a pointer', () => {
    expect(mergeReplies(POINTER, [similar('near', 0.55)])).toEqual({
      kind: 'unsure',
      choices: [reply('near', 0.55)],
    });
  });

  it('is not offered to somebody who only greets or thanks', () => {
    expect(mergeReplies(COURTESY, [similar('near', 1)])).toEqual({ kind: 'courtesy' });
  });

  it('is one of at most three', () => {
    const hits = ['a', 'b', 'c', 'd'].map((topic) => similar(topic, 0.9));
    expect(mergeReplies(DECLINED, hits)).toEqual({
      kind: 'unsure',
      choices: ['a', 'b', 'c'].map((topic) => reply(topic, 0.9)),
    });
  });
});
