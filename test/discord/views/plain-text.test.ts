// Text that people typed, shown in the bot's sentences: what Discord's Markdown makes of it.
import { rulesExtended, SimpleMarkdown } from 'discord-markdown-parser';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codePoints } from '../../../src/discord/limits.ts';
import { plainCode, plainText, plainTextWithin, visibleText } from '../../../src/discord/views/plain-text.ts';

const parser = SimpleMarkdown.parserFor(rulesExtended);

/** The parser types its nodes as any. An emoji's name is the emoji itself. */
function parse(markdown: string): { type: string; content?: unknown; name?: string }[] {
  return parser(markdown, { inline: true });
}

/** What Discord shows: the text, or in brackets the kind of anything that isn't text. */
function shown(markdown: string): string {
  const nodes = parse(markdown);
  return nodes.map(({ type, content, name }) => (type === 'text' ? content : (name ?? `(${type})`))).join('');
}

describe('plain text', () => {
  it.each([
    ['a masked link', '[Official support](https://evil.example/x)'],
    ['a bare link', 'see https://evil.example/a_b?c=d#e and http://x.y'],
    ['a link in brackets', '<https://evil.example>'],
    ['links with other schemes', 'steam://run/1 discord://-/channels/1'],
    ['an invitation', 'discord.gg/abcdef and discord.com/invite/abcdef'],
    ['bold, italics, underline, strike, spoiler', '**b** *i* _i_ __u__ ~~s~~ ||s|| ***bi***'],
    ['code', '`code` ``c`c`` ```js\nx```'],
    ['mentions', '<@123456789012345678> <@!123456789012345678> <@&1234567890123456> <#1234567890123456>'],
    ['everyone', '@everyone @here'],
    ['a command, an emoji, a timestamp', '</ask:123456789012345678> <:a:123456789012345678> <t:1700000000:R>'],
    ['a heading', '# heading'],
    ['a small line', '-# small'],
    ['a quote', '> quote'],
    ['a long quote', '>>> quote'],
    ['lists', '- one'],
    ['a numbered list', '1. one'],
    ['backslashes', '\\*not bold\\* \\\\ \\'],
    ['marks without a partner', 'a ** b, my_tag_, `x, ||y'],
  ])('shows %s as it was typed', (_, text) => {
    for (const place of [(one: string) => one, (one: string) => `Asked: ${one}`])
      expect(shown(place(plainText(text)))).toBe(place(text.replace(/\s+/g, ' ')));
  });

  it('shows any text as it was typed, in any sentence', () => {
    const marks = fc.constantFrom(
      ...'\\*_~`|[]()<>#-+:@.!1 \n',
      '**',
      '__',
      '||',
      '](https://a.b)',
      'https://',
      '<@1>',
    );
    const texts = fc.array(fc.oneof(marks, fc.string({ unit: 'grapheme', maxLength: 3 })), { maxLength: 20 });
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join('');
        expect(shown(`x ${plainText(text)}`)).toBe(`x ${visibleText(text)}`);
      }),
      { numRuns: 150 },
    );
  });

  it('stays inside the bold text or the quote of a sentence', () => {
    for (const title of ['a ** b', 'use `x` here', '\\', '||secret|| fees', '[x](https://a.b)'])
      expect(parse(`**${plainText(title)}**: 3`).map(({ type }) => type)).toEqual(['strong', 'text']);
  });

  it('is one line without direction controls and invisible characters', () => {
    const controls = ['\u202e', '\u2066', '\u200b', '\ufeff', '\u00ad', '\u2060', '\u{e0041}', '\0', '\x1b', '\u3164'];
    for (const control of controls) expect(plainText(`a${control}b`)).toBe('ab');
    expect(plainText(' a\r\n\n# b\u2028c ')).toBe('a # b c');
    expect(plainText('\u200b\u200d\ufeff')).toBe('');
  });

  it('keeps what emoji and scripts need', () => {
    for (const text of ['👩‍👩‍👧', '❤️', 'क्‍ष', 'می‌خواهم', 'שלום مرحبا', 'é', '👍🏽', '1️⃣'])
      expect(plainText(text)).toBe(text);
    expect(plainText('pay\u200dpal')).toBe('paypal');
  });

  it('fits into a limit without half an escape', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('*', 'a', '\\', '🙂', '['), maxLength: 60 }), (text) => {
        const plain = plainTextWithin(text, 20);
        expect(codePoints(plain)).toBeLessThanOrEqual(20);
        expect(shown(`x ${plain}`)).not.toMatch(/\(\w+\)/);
        if (plainText(text).length <= 20) expect(plain).toBe(plainText(text));
      }),
    );
  });

  it('keeps its marks in code and can’t end the code', () => {
    expect(plainCode('http://a_b`**\nc', 100)).toBe('http://a_bˋ** c');
    expect(plainCode('abcdef', 3)).toBe('ab…');
  });

  it.each([
    ['a*b_c~d`e|f[g<h\\i', 'a\\*b\\_c\\~d\\`e\\|f\\[g\\<h\\\\i'],
    ['plain (text) {x} ] > ! "q" #1 + - $ % &', 'plain (text) {x} ] > ! "q" #1 + - $ % &'],
    ['12. a', '12\\. a'],
    ['1) a', '1\\) a'],
    ['in 1. a', 'in 1. a'],
    ['1 a', '1 a'],
    ['# a', '\\# a'],
    ['> a', '\\> a'],
    ['+ a', '\\+ a'],
    ['- a', '\\- a'],
    ['@everyone @here @mina', '\\@everyone \\@here @mina'],
    ['https://a.b: x', 'https\\://a.b: x'],
    ['Discord.gg/x discordapp.com', 'Discord\\.gg/x discordapp\\.com'],
    ['on discord. And mydiscord.gg', 'on discord. And mydiscord.gg'],
  ])('escapes only what Discord would take for more: %j', (text, plain) => {
    expect(plainText(text)).toBe(plain);
  });

  it.each([
    ['a\u200cb', 'ab'],
    ['\u200da', 'a'],
    ['é\u200dß', 'éß'],
    ['क\u200dष', 'क\u200dष'],
    ['a\ufe0fb', 'ab'],
    ['1\ufe0f', '1\ufe0f'],
    ['a\u2800\u2800b', 'a b'],
    ['a\tb\u00a0c', 'a b c'],
    ['  a  ', 'a'],
    ['a\u0007b', 'ab'],
    ['a\ud800b', 'ab'],
    ['**a** [b](c)', '**a** [b](c)'],
  ])('shows of %j what is visible', (text, visible) => {
    expect(visibleText(text)).toBe(visible);
  });

  it.each([
    ['abcde', 5, 'abcde'],
    ['abcdef', 5, 'abcd…'],
    ['**', 4, '\\*\\*'],
    ['***', 4, '\\*…'],
    ['**********', 5, '\\*\\*…'],
    ['a*b*c', 6, 'a\\*b…'],
    ['🙂🙂🙂', 3, '🙂🙂🙂'],
  ])('cuts %j to %i code points with its escapes', (text, limit, plain) => {
    expect(plainTextWithin(text, limit)).toBe(plain);
  });

  it('in code is cut to the limit, without line breaks', () => {
    expect([plainCode('abc', 3), plainCode('abcd', 3), plainCode('a`b`c', 9)]).toEqual(['abc', 'ab…', 'aˋbˋc']);
    expect(plainCode(' a\nb ', 9)).toBe('a b');
  });
});
