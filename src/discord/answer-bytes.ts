// A first answer as what is sent.
import type { Answer } from './answer.ts';

/** The JSON of an answer: as it was made ahead, or made now. */
export function jsonOf(answer: Answer): string {
  return answer.json ?? JSON.stringify(answer.response);
}

/** The same in UTF-8. What was made ahead is ASCII. */
export function bytesOf(answer: Answer): Buffer {
  return Buffer.from(jsonOf(answer), answer.json === undefined ? 'utf8' : 'latin1');
}
