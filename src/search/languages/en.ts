// The rules for English: Porter's stemmer, stop words, amounts of money.
import { stemmer } from 'stemmer';
import { fold } from '../autocomplete.ts';
import type { SearchLanguage } from './language.ts';

/** Negations and numbers are not among them: they change what a question asks. */
const STOP_WORDS = new Set(
  'a an the am is are was were be been being i me my mine myself you your yours we us our he him his she her they them their it its this that these those of to in on at by for with from as so and or but if then than there here do does did doing have has had will would shall can could may might must what which who how when where some any all just also too very really only own such about into over up out off please let get got go going want need like know tell think make made s t'.split(
    ' ',
  ),
);

const CURRENCY_SIGNS = /[$€£₹]/g;
const APOSTROPHES = /['’‘`´]/g;

/** Porter, "An algorithm for suffix stripping", Program 14 (1980), by the package `stemmer`. */
export const english: SearchLanguage = {
  splitWords(text) {
    const folded = fold(text.replace(APOSTROPHES, '').replace(CURRENCY_SIGNS, ' dollar '));
    return folded === '' ? [] : folded.split(' ');
  },
  stem: stemmer,
  isStopWord: (word) => STOP_WORDS.has(word),
  numberWord(word) {
    if (/^(19|20)\d\d$/.test(word)) return 'inyear';
    if (/^\d+(usd|eur|dollars?|euros?|inr|rs)$/.test(word)) return 'dollar';
    return /^\d+[a-z]{2,}$/.test(word) ? word.replace(/^\d+/, '') : 'somenumber';
  },
};
