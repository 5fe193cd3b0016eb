// A reply before it is saved: normalization, validation, and repair of what earlier versions saved.
import { expect, test } from 'vitest';
import { checkDraft, DraftError, normalizeDraft, repairDraft } from '../../src/replies/draft.ts';

const draft = (more: object = {}) => ({ title: 'T', text: 'x', aliases: [], ...more });

test.each([
  ['a title of 256 emoji', { title: '😀'.repeat(256) }, []],
  ['a title of 256 letters', { title: 'a'.repeat(256) }, []],
  ['a title of 257 letters', { title: 'a'.repeat(257) }, [{ field: 'title', kind: 'long', limit: 256 }]],
  [
    'a title of 512 letters and a NUL',
    { title: `${'a'.repeat(510)}\0a` },
    [
      { field: 'title', kind: 'long', limit: 256 },
      { field: 'title', kind: 'character' },
    ],
  ],
  // It may be megabytes, so nothing else is checked.
  [
    'a title of 513 letters and a NUL',
    { title: `${'a'.repeat(511)}\0a` },
    [{ field: 'title', kind: 'long', limit: 256 }],
  ],
  ['a title with a NUL', { title: 'a\0b' }, [{ field: 'title', kind: 'character' }]],
  ['a title with half a pair', { title: 'a\uD83D' }, [{ field: 'title', kind: 'character' }]],
  ['a title of 257', { title: '😀'.repeat(257) }, [{ field: 'title', kind: 'long', limit: 256 }]],
  ['an empty title', { title: ' \n' }, [{ field: 'title', kind: 'empty' }]],
  ['a title of two lines', { title: 'a\nb' }, [{ field: 'title', kind: 'lines' }]],
  ['a text of 4,000 emoji', { text: '😀'.repeat(4000) }, []],
  ['a text of 4,001', { text: 'é'.repeat(4001) }, [{ field: 'text', kind: 'long', limit: 4000 }]],
  ['a text of 4,000 letters', { text: 'a'.repeat(4000) }, []],
  [
    'a text of 8,000 letters and a link',
    { text: `${'a'.repeat(7988)} http://a.io` },
    [
      { field: 'text', kind: 'long', limit: 4000 },
      { field: 'text', kind: 'link', value: 'http://a.io' },
    ],
  ],
  [
    'a text of 8,001 letters and a link',
    { text: `${'a'.repeat(7989)} http://a.io` },
    [{ field: 'text', kind: 'long', limit: 4000 }],
  ],
  ['an empty text', { text: ' \n\t' }, [{ field: 'text', kind: 'empty' }]],
  ['a title of zero-width spaces', { title: '\u200B\u2060\uFEFF' }, [{ field: 'title', kind: 'empty' }]],
  ['a title of filler characters', { title: '\u3164\u2800' }, [{ field: 'title', kind: 'empty' }]],
  ['a text of zero-width spaces', { text: '\u200B\n\u3164' }, [{ field: 'text', kind: 'empty' }]],
  ['a title with a line separator', { title: 'a\u2028b' }, [{ field: 'title', kind: 'lines' }]],
  ['ten aliases and five invisible ones', { aliases: [...'abcdefghij', '\u200B', '\u2800', '\u3164', '', ' '] }, []],
  ['a NUL', { text: 'a\0' }, [{ field: 'text', kind: 'character' }]],
  ['half a pair in a text', { text: '\uDE00a' }, [{ field: 'text', kind: 'character' }]],
  ['an alias of two lines', { aliases: ['a\rb'] }, [{ field: 'aliases', kind: 'lines', value: 'a\rb' }]],
  ['an alias with a NUL', { aliases: ['ok', 'a\0b'] }, [{ field: 'aliases', kind: 'character', value: 'a\0b' }]],
  [
    'problems of each field',
    { title: '', text: '', aliases: ['a\n\0b'] },
    [
      { field: 'title', kind: 'empty' },
      { field: 'text', kind: 'empty' },
      { field: 'aliases', kind: 'lines', value: 'a\n\0b' },
      { field: 'aliases', kind: 'character', value: 'a\n\0b' },
    ],
  ],
  ['ten aliases of 80', { aliases: Array.from({ length: 10 }, (_, i) => `${i}`.repeat(80)) }, []],
  ['eleven aliases', { aliases: [...'abcdefghijk'] }, [{ field: 'aliases', kind: 'many', limit: 10 }]],
  ['eleven aliases with a duplicate', { aliases: [...'abcdefghija'] }, []],
  [
    'a long alias',
    { aliases: ['a'.repeat(81)] },
    [{ field: 'aliases', kind: 'long', limit: 80, value: 'a'.repeat(81) }],
  ],
])('%s', (_, more, problems) => {
  expect(checkDraft(draft(more))).toEqual(problems);
});

test.each([
  ['https://example.org', []],
  ['[a](https://example.org) and <https://example.org>', []],
  ['the word http: alone, data: and 10:30', []],
  ['see http://example.org/x?y', ['http://example.org/x?y']],
  ['[a](http://example.org)', ['http://example.org']],
  ['[a](<JavaScript:alert(1)>)', ['JavaScript:alert(1']],
  ['![a](data:text/html;base64,x)', ['data:text/html;base64,x']],
  ['[a]( \nvbscript:x)', ['vbscript:x']],
  ['[a][b]\n\n[b]: ftp://example.org', ['ftp://example.org']],
  ['[a](discord://x)', ['discord://x']],
  ['[a](HTTPS://example.org)', []],
  ['[a](httpsx://example.org)', ['httpsx://example.org']],
  ['FTP://example.org and xhttp://example.org', ['FTP://example.org']],
  ['<http://a.io> (http://b.io) [http://c.io]', ['http://a.io', 'http://b.io', 'http://c.io']],
  ['http://a.io http://a.io', ['http://a.io']],
  ['[a](a+b.c-1:x) and [b](data:y)', ['a+b.c-1:x', 'data:y']],
  ['[a](1a:x) and [b](/path) and [c](#part)', []],
  ['   [b]: <data:x>\n[c]:mailto:y', ['data:x', 'mailto:y']],
  ['    [b]: data:x', []],
  ['x [b]: data:x', []],
  ['[b\nc]: data:x', []],
  ['`[a](data:x)`', ['data:x']],
])('the links of "%s" that are not https are %j', (text, addresses) => {
  const found = checkDraft(draft({ text })).map(({ kind, value }) => ({ kind, value }));
  expect(found).toEqual(addresses.map((value) => ({ kind: 'link', value })));
});

test('titles and aliases are trimmed and lose direction controls, and texts are unchanged', () => {
  const given = { title: 'Refunds\u200B\u00A0', text: '\u202Ex\u200B', aliases: ['\u202Eab\u202C', 'ab', '\u2800'] };
  expect(normalizeDraft(given)).toEqual({ title: 'Refunds', text: '\u202Ex\u200B', aliases: ['ab'] });
});

test('an invalid draft has an error that names its problems', () => {
  const problems = checkDraft(draft({ title: '', text: 'a\0' }));
  expect(new DraftError(problems)).toMatchObject({
    name: 'DraftError',
    message: 'the draft has problems: title empty, text character',
    problems,
  });
});

test.each([
  ['a valid draft', { title: 'T', text: ' x ', aliases: ['a'] }, { title: 'T', text: ' x ', aliases: ['a'] }],
  ['lines', { title: 'a\r\nb\u2028c', aliases: ['d\ve', '\n'] }, { title: 'a b c', aliases: ['d e'] }],
  ['an empty title', { title: '\n' }, { title: 'name', text: 'x' }],
  ['an empty text', { text: '\u200B' }, { text: 'T' }],
  ['neither title nor text', { title: '', text: '' }, { title: 'name', text: 'name' }],
  ['equal aliases', { aliases: ['a\nb', 'a b'] }, { aliases: ['a b'] }],
])('%s of an earlier version can be saved', (_, saved, repaired) => {
  const result = repairDraft(draft(saved), 'name');
  expect(result).toEqual({ ...draft(), ...repaired });
  expect(checkDraft(result)).toEqual([]);
});
