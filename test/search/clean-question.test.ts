// Reducing the text of a message to the question in it.
import { describe, expect, it } from 'vitest';
import { cleanQuestion } from '../../src/search/clean-question.ts';

const words = (count: number, word = 'w') => Array.from({ length: count }, () => word).join(' ');

describe('a cleaned question', () => {
  it.each([
    ['white space becomes single spaces', '  how \t do  I\rride ', 'how do I ride'],
    ['lines stay, without empty ones', 'how \n\t do I\r\n\n ride\n', 'how\ndo I\nride'],
    ['invisible characters disappear', 'ti\u200bck\u202eet\u00ad', 'ticket'],
    ['compatible characters become plain ones', 'ｔｉｃｋｅｔ ①', 'ticket 1'],
    ['mentions, emoji and tags become a space', 'hi<@123>there <:wave:45> you</b>', 'hi there you'],
    [
      'a link disappears',
      'see HTTPS://example.org/a?b=c and http://x.org then www.example.org/d now',
      'see and then now',
    ],
    ['code disappears', 'why does `npm start` fail', 'why does fail'],
    ['an open back quote stays', 'why does `npm start fail', 'why does `npm start fail'],
    ['comparisons stay', 'is 1 < 2 and 3 > 2', 'is 1 < 2 and 3 > 2'],
    ['empty brackets stay', 'what is <>', 'what is <>'],
    ['brackets within brackets disappear from the inside', '<<a> b', '< b'],
    ['text without letters stays', '12?', '12?'],
  ])('%s', (_, text, expected) => {
    expect(cleanQuestion(text)).toBe(expected);
  });

  it('keeps code if there are no letters besides it', () => {
    expect(cleanQuestion('`how do I ride` ?!')).toBe('`how do I ride` ?!');
  });

  it('drops tags of up to 100 characters', () => {
    expect(cleanQuestion(`a <${'x'.repeat(100)}> b`)).toBe('a b');
    expect(cleanQuestion(`a <${'x'.repeat(101)}> b`)).toBe(`a <${'x'.repeat(101)}> b`);
  });

  it('keeps 80 words as they are', () => {
    expect(cleanQuestion(words(80))).toBe(words(80));
    expect(cleanQuestion(words(81))).toBe(words(80));
    expect(cleanQuestion(`w\n${words(80)}`)).toBe(`w\n${words(79)}`);
  });

  it('keeps 600 characters as they are', () => {
    expect(cleanQuestion('x'.repeat(600))).toHaveLength(600);
    expect(cleanQuestion('x'.repeat(601))).toHaveLength(600);
  });

  it.each(['.', '!', '?'])('adds the last sentence with a question mark, after %j', (mark) => {
    const text = `${words(80)} more${mark} May I ride? Thank you.`;
    expect(cleanQuestion(text)).toBe(`${words(80)}\nMay I ride`);
  });

  it('adds the last one of several questions', () => {
    expect(cleanQuestion(`${words(80)} First? Second! Third? Bye!`)).toBe(`${words(80)}\nThird`);
  });

  it('does not repeat a question that is in the beginning', () => {
    expect(cleanQuestion(`may I ride? ${words(90)}`)).toBe(`may I ride? ${words(77)}`);
  });

  it('adds nothing for a question mark alone', () => {
    expect(cleanQuestion(`${words(80)} end. ?`)).toBe(words(80));
  });

  it('keeps at most the last 200 characters before the question mark', () => {
    expect(cleanQuestion(`${words(80)} ${'a'.repeat(50)}${'b'.repeat(200)}?`)).toBe(`${words(80)}\n${'b'.repeat(200)}`);
    expect(cleanQuestion(`${words(80)} ${'b'.repeat(20)}?`)).toBe(`${words(80)}\n${'b'.repeat(20)}`);
  });

  it('reads the first 4000 characters', () => {
    const filler = `${words(80)}. `;
    const question = 'May I ride?';
    const end = (length: number) => `${filler}${'.'.repeat(length - filler.length - question.length)}${question}`;
    expect(cleanQuestion(end(4000))).toBe(`${words(80)}.\nMay I ride`);
    expect(cleanQuestion(end(4001))).toBe(`${words(80)}.`);
  });

  it('reads 4000 characters of a text that grows when it is normalized', () => {
    // One character becomes eighteen.
    expect(cleanQuestion(`${'\ufdfa'.repeat(300)} may I ride?`)).not.toContain('ride');
  });
});
