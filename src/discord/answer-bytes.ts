// A first answer as the bytes that are sent.
import type { Answer } from './answer.ts';

/** The JSON of an answer in UTF-8. */
export function bytesOf(answer: Answer): Buffer {
  return answer.json === undefined ? Buffer.from(JSON.stringify(answer.response)) : Buffer.from(answer.json, 'latin1');
}
