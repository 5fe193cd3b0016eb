// Keeps the order of words in a sentence that holds a name written from right to left.

/** Letters that are written from right to left (Unicode, Bidi_Class R and AL). */
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}\p{Script=Adlam}\p{Script=Samaritan}\p{Script=Mandaic}]/u;
/** First Strong Isolate and Pop Directional Isolate (Unicode Standard Annex 9). */
const [ISOLATE, END] = ['\u2068', '\u2069'];

/** A part of a sentence whose direction does not change that of the words around it. */
export function isolate(text: string): string {
  return RIGHT_TO_LEFT.test(text) ? `${ISOLATE}${text}${END}` : text;
}
