// From whatever somebody typed to the plain words of the question in it.

/** More than Discord lets anybody type in a message; what follows is not looked at. */
const RAW_LENGTH = 4000;
const LENGTH = 600;
const WORDS = 80;
const LAST_QUESTION_LENGTH = 200;

/**
 * The question in a text: no invisible characters, mentions, links or code; one line of at most about 800 characters.
 * Long texts keep their beginning and their last sentence with a question mark, where rants come to the point.
 * Every pattern here is linear: none holds two repetitions that can match the same character.
 * @param text of any length and content
 */
export function questionIn(text: string): string {
  const raw = text
    .slice(0, RAW_LENGTH)
    .normalize('NFKC')
    .slice(0, RAW_LENGTH) // some letters become eighteen
    .replace(/\p{Cf}/gu, '');
  const bare = raw.replace(/<[^<>\s]{1,100}>/g, ' ').replace(/(?:https?:\/\/|www\.)\S+/gi, ' ');
  const prose = bare.replace(/`[^`]*`/g, ' ');
  const line = (/\p{L}/u.test(prose) ? prose : bare).replace(/\s+/g, ' ').trim();
  const beginning = line.slice(0, LENGTH).split(' ').slice(0, WORDS).join(' ');
  if (beginning.length === line.length) return line;
  const question = lastQuestion(line.slice(beginning.length));
  return question === '' ? beginning : `${beginning} ${question}`;
}

function lastQuestion(text: string): string {
  const end = text.lastIndexOf('?');
  if (end < 0) return '';
  const before = text.slice(Math.max(0, end - LAST_QUESTION_LENGTH), end);
  const start = Math.max(before.lastIndexOf('.'), before.lastIndexOf('!'), before.lastIndexOf('?'));
  return before.slice(start + 1).trim();
}
