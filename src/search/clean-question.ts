// Reduces the text of a message to the question in it, in plain words.

/** More than Discord allows in a message; the rest is ignored. */
const MAX_RAW_LENGTH = 4000;
const MAX_LENGTH = 600;
const MAX_WORDS = 80;
const MAX_LAST_QUESTION_LENGTH = 200;

/**
 * The question in a text: no invisible characters, mentions, links or code; at most about 800 characters. Lines stay.
 * Of a long text, the beginning and the last sentence with a question mark are kept: long messages often ask there.
 * Every pattern takes linear time: none has two repetitions that can match the same character.
 * @param text of any length and content
 */
export function cleanQuestion(text: string): string {
  const raw = text
    .slice(0, MAX_RAW_LENGTH)
    .normalize('NFKC')
    .slice(0, MAX_RAW_LENGTH) // one character can become eighteen
    .replace(/\p{Cf}/gu, '');
  const bare = raw.replace(/<[^<>\s]{1,100}>/g, ' ').replace(/(?:https?:\/\/|www\.)\S+/gi, ' ');
  const prose = bare.replace(/`[^`]*`/g, ' ');
  const line = (/\p{L}/u.test(prose) ? prose : bare)
    .replace(/\s+/g, (space) => (space.includes('\n') ? '\n' : ' '))
    .trim();
  const beginning = firstWords(line.slice(0, MAX_LENGTH));
  if (beginning.length === line.length) return line;
  const question = lastQuestion(line.slice(beginning.length));
  return question === '' ? beginning : `${beginning}\n${question}`;
}

function firstWords(text: string): string {
  const [last] = [...text.matchAll(/\s/g)].slice(MAX_WORDS - 1);
  return last ? text.slice(0, last.index) : text;
}

function lastQuestion(text: string): string {
  const end = text.lastIndexOf('?');
  if (end < 0) return '';
  const before = text.slice(Math.max(0, end - MAX_LAST_QUESTION_LENGTH), end);
  const start = Math.max(before.lastIndexOf('.'), before.lastIndexOf('!'), before.lastIndexOf('?'));
  return before.slice(start + 1).trim();
}
