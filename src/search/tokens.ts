// A question as words: small letters, short forms written out, numbers by their kind, phrases as one word.
import { fold } from './autocomplete.ts';
import { BORROWED, PHRASES, SLANG } from './slang.ts';

/** Words too common to say anything; negations and numbers are not among them. */
const STOP = new Set(
  'a an the am is are was were be been being i me my mine myself you your yours we us our he him his she her they them their it its this that these those of to in on at by for with from as so and or but if then than there here do does did doing have has had will would shall can could may might must what which who how when where some any all just also too very really only own such about into over up out off please let get got go going want need like know tell think make made s t'.split(
    ' ',
  ),
);

const MONEY = /[$€£₹]/g;
const APOSTROPHES = /['’‘`´]/g;

/** The words of a text, folded, with slang written out. @param text as `questionIn` gives it, or from the content */
export function wordsOf(text: string): string[] {
  const folded = fold(text.replace(APOSTROPHES, '').replace(MONEY, ' dollar '));
  return joinPhrases(splitWords(folded).flatMap(writeOut));
}

/** The words of a text as they were typed. */
export function typedWords(text: string): string[] {
  return splitWords(fold(text.replace(APOSTROPHES, '')));
}

/** Whether a word is left out of the word views. */
export function isStop(word: string): boolean {
  return STOP.has(word);
}

function splitWords(folded: string): string[] {
  return folded === '' ? [] : folded.split(' ');
}

function writeOut(typed: string): string[] {
  const word = shorten(typed);
  const long = own(SLANG, word) ?? own(BORROWED, word);
  if (long !== undefined) return splitWords(long);
  return [/^\d/.test(word) ? numberKind(word) : word];
}

/** Three and more of the same letter are one: "heeelp". */
function shorten(word: string): string {
  return word.length > 40 ? word.slice(0, 40) : word.replace(/([a-z])\1{2,}/g, '$1');
}

/** What a number is says more than the number: a year, or just some number. */
function numberKind(word: string): string {
  if (/^(19|20)\d\d$/.test(word)) return 'inyear';
  if (/^\d+(usd|eur|dollars?|euros?|inr|rs)$/.test(word)) return 'dollar';
  return /^\d+[a-z]{2,}$/.test(word) ? word.replace(/^\d+/, '') : 'somenumber';
}

const PHRASE_STARTS = new Set(Object.keys(PHRASES).map((phrase) => phrase.slice(0, phrase.indexOf(' '))));

function joinPhrases(words: readonly string[]): string[] {
  const joined: string[] = [];
  for (let i = 0; i < words.length; i++) {
    const word = words[i] ?? '';
    const phrase = PHRASE_STARTS.has(word) ? own(PHRASES, `${word} ${words[i + 1] ?? ''}`) : undefined;
    joined.push(phrase ?? word);
    if (phrase !== undefined) i++;
  }
  return joined;
}

/** Members type words such as "constructor", too. */
function own(table: Readonly<Record<string, string>>, key: string): string | undefined {
  return Object.hasOwn(table, key) ? table[key] : undefined;
}
