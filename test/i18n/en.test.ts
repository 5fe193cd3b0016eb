// The bot's own sentences in English: complete, well formed, and true to the program.
import { describe, expect, it } from 'vitest';
import { definitionsFor } from '../../commands/index.ts';
import { codePoints, EMBED_LIMITS } from '../../src/discord/limits.ts';
import { en } from '../../src/i18n/en.ts';
import { languages } from '../../src/i18n/index.ts';
import { QUESTION_LIMITS } from '../../src/stats/unanswered.ts';
import { content } from '../discord/views/sample-views.ts';
import { linesOf } from './command-lines.ts';
import { sentencesOf } from './sentences.ts';

/** Parameters that show by their marks what they are. */
const MARKED = ['channelId', 'userId', 'seconds', 'title'];
const sentences = sentencesOf(en);
const withParameters = sentences.filter(({ parameters }) => parameters.length > 0);

describe('the sentences', () => {
  it.each([...languages])('are never empty in %s', (_, messages) => {
    for (const { key, text } of sentencesOf(messages)) expect(text.trim(), key).not.toBe('');
  });

  it('have no blanks at their ends, no double blanks, and typographic quotes', () => {
    for (const { key, text } of sentences) {
      expect(text, key).toBe(text.trim());
      expect(text, key).not.toMatch(/ {2}|[a-z]'[a-z]| [.,:?]/);
      expect((text.match(/\*\*/g) ?? []).length % 2, key).toBe(0);
      expect((text.match(/`/g) ?? []).length % 2, key).toBe(0);
    }
  });

  it('begin with a capital letter and end like a sentence, if they are sentences', () => {
    for (const { key, text } of sentences) {
      if (!/[.?!] [A-ZI]/.test(text)) continue;
      if (/\.(state|storesText)/.test(key)) continue;
      expect(text, key).toMatch(/^[*“{]*(?:[A-Z{]|<\/)/u);
      expect(text, key).toMatch(/[.?:}…]$|, "wait, what"$/u);
    }
  });

  it('use each of their parameters, in the order of the parameters unless English has another', () => {
    const otherOrder = ['pin.line', 'pin.reason', 'insights.chart', 'insights.chartOfBars', 'setup.lacks'];
    expect(withParameters.length).toBeGreaterThan(60);
    for (const { key, text, parameters } of withParameters) {
      for (const one of parameters) expect(text, key).toContain(`{${one}}`);
      const places = parameters.filter((one) => !MARKED.includes(one)).map((one) => text.indexOf(`{${one}}`));
      if (!otherOrder.includes(key)) expect(places, key).toEqual([...places].sort((a, b) => a - b));
    }
    expect(en.pin.reason('Ann', '/faq-pin add')).toMatch(/faq-pin add.*Ann/);
    for (const sentence of [en.insights.chart, en.insights.chartOfBars])
      expect(sentence('30', '500', '70', '3 Nov')).toMatch(/30.*500.*3 Nov.*70/);
    expect(en.setup.lacks('<#1>', 'P', 'C.')).toMatch(/P.*<#1>.*C\./);
    expect(en.pin.line('T', '1', 'https://x', 'fine')).toMatch(/T.*1.*fine.*https:\/\/x/);
  });

  it('show channels, members, times and titles as Discord links them or in bold', () => {
    for (const { key, text, parameters } of withParameters) {
      if (parameters.includes('channelId')) expect(text, key).toContain('<#{channelId}>');
      if (parameters.includes('userId')) expect(text, key).toContain('<@{userId}>');
      if (parameters.includes('seconds')) expect(text, key).toMatch(/<t:\{seconds\}:[fR]>/);
      if (parameters.includes('title')) expect(text, key).toMatch(/\*\*\{title\}\*\*|“\{title\}”/);
    }
  });

  it('label each button differently', () => {
    const labels = Object.values(en.button);
    expect(new Set(labels).size).toBe(labels.length);
    for (const label of labels) expect(codePoints(label)).toBeLessThanOrEqual(80);
  });

  it('name buttons as they are labelled', () => {
    const labels = [...Object.values(en.button), en.confirm.editAgain];
    const bold = sentences.flatMap(({ text }) => [...text.matchAll(/(?:press|or) \*\*([A-Z][^*]+)\*\*/gi)]);
    expect(bold.length).toBeGreaterThan(3);
    for (const [whole, name] of bold) expect(labels, whole).toContain(name);
  });

  it('name commands that exist', () => {
    const lines = new Set(
      definitionsFor(content)
        .filter(({ type = 1 }) => type === 1)
        .flatMap(linesOf),
    );
    const named = sentences.flatMap(({ key, text }) =>
      [...text.matchAll(/<\/([^{>]+)>/g)].map(([, line = '']) => [key, line] as const),
    );
    expect(named.length).toBeGreaterThan(20);
    for (const [key, line] of named) expect(lines, key).toContain(line);
  });

  it('name commands as mentions, but where Discord shows none', () => {
    // Pages are cached, and pins are only edited when their text changes: neither follows a registration.
    const withoutMentions =
      /^(button|page|feedback|plan|sources|faq|confirm|command)\.|(title|label|placeholder|hint|footer|chart|history|sent|reason|write)$/i;
    for (const { key, text } of sentences) {
      if (withoutMentions.test(key)) expect(text, key).not.toContain('</');
      else expect(text, key).not.toMatch(/(?<![\w:/<.])\/[a-z]/);
    }
  });

  it('fit into a field of an embed with the longest ids in their mentions', () => {
    const [longestId, given] = ['9'.repeat(20), 'x'.repeat(100)];
    const shown = sentences.filter(({ text }) => text.includes('</'));
    for (const { key, text } of shown) {
      const mentioning = text.replace(/<\/[^>]+/g, `$&:${longestId}`).replace(/\{\w+\}/g, given);
      expect(codePoints(mentioning), key).toBeLessThanOrEqual(EMBED_LIMITS.fieldValue);
    }
  });

  it('describe commands and options within 100 characters', () => {
    for (const text of Object.values(en.command)) expect(codePoints(text)).toBeLessThanOrEqual(100);
  });

  it('say for how long questions are kept', () => {
    for (const text of [en.help.storesText, en.insights.gone, en.insights.footer])
      expect(text).toContain(`${QUESTION_LIMITS.days} days`);
  });
});

describe('the number of', () => {
  it('replies to import is one or several', () => {
    expect(en.confirm.import(2)).toContain('2');
    expect(en.confirm.import(1).replace('1', '2')).not.toBe(en.confirm.import(2));
    expect(en.confirm.import(0).replace('0', '2')).toBe(en.confirm.import(2));
    expect(en.exchange.exported(1)).not.toContain('1');
    expect(en.exchange.exported(2)).toContain('2');
    expect(en.exchange.exported(0)).toContain('0');
    const added = (count: number) => en.exchange.full(count, 9).replace(String(count), 'N');
    expect(added(1)).not.toBe(added(2));
    expect(added(2)).toBe(added(3));
  });

  it.each(['title', 'empty', 'compared', 'nothingRead'] as const)('days in %s is today or several', (key) => {
    const sentence = en.insights[key];
    expect(sentence('1')).not.toContain('1');
    expect(sentence('7')).toContain('7');
    expect(sentence('11')).toBe(sentence('7').replaceAll('7', '11'));
    expect(sentence('1')).not.toBe(sentence('7').replaceAll('7', '1'));
  });

  it('days in a chart’s description is today or several', () => {
    const { chart, chartOfBars, chartOfLine } = en.insights;
    for (const sentence of [chart, chartOfBars, chartOfLine]) {
      expect(sentence('1', '5', '5', '3 Nov')).toContain('today');
      expect(sentence('7', '5', '5', '3 Nov')).toContain('7 days');
    }
  });
});
