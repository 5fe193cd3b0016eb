import { expect, test } from 'vitest';
import { checkDraft, normalizeDraft } from '../../src/replies/draft.ts';

const draft = (more: object = {}) => ({ title: 'T', text: 'x', aliases: [], ...more });

test.each([
  ['a title of 256 emoji', { title: '😀'.repeat(256) }, []],
  ['a title of 257', { title: '😀'.repeat(257) }, [{ field: 'title', kind: 'long', limit: 256 }]],
  ['an empty title', { title: ' \n' }, [{ field: 'title', kind: 'empty' }]],
  ['a title of two lines', { title: 'a\nb' }, [{ field: 'title', kind: 'lines' }]],
  ['a text of 4,000 emoji', { text: '😀'.repeat(4000) }, []],
  ['a text of 4,001', { text: 'é'.repeat(4001) }, [{ field: 'text', kind: 'long', limit: 4000 }]],
  ['an empty text', { text: ' \n\t' }, [{ field: 'text', kind: 'empty' }]],
  ['a title of zero-width spaces', { title: '\u200B\u2060\uFEFF' }, [{ field: 'title', kind: 'empty' }]],
  ['a title of filler characters', { title: '\u3164\u2800' }, [{ field: 'title', kind: 'empty' }]],
  ['a text of zero-width spaces', { text: '\u200B\n\u3164' }, [{ field: 'text', kind: 'empty' }]],
  ['a title with a line separator', { title: 'a\u2028b' }, [{ field: 'title', kind: 'lines' }]],
  ['ten aliases and five invisible ones', { aliases: [...'abcdefghij', '\u200B', '\u2800', '\u3164', '', ' '] }, []],
  ['a NUL', { text: 'a\0' }, [{ field: 'text', kind: 'character' }]],
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
])('the links of "%s" that are not https are %j', (text, addresses) => {
  const found = checkDraft(draft({ text })).map(({ kind, value }) => ({ kind, value }));
  expect(found).toEqual(addresses.map((value) => ({ kind: 'link', value })));
});

test('titles and aliases are trimmed and lose direction controls, and texts are unchanged', () => {
  const given = { title: 'Refunds\u200B\u00A0', text: '\u202Ex\u200B', aliases: ['\u202Eab\u202C', 'ab', '\u2800'] };
  expect(normalizeDraft(given)).toEqual({ title: 'Refunds', text: '\u202Ex\u200B', aliases: ['ab'] });
});
