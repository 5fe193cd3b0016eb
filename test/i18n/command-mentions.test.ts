// Commands in sentences: mentions with the ids of registered commands, plain text without.
import { describe, expect, it } from 'vitest';
import { plainText } from '../../src/discord/views/plain-text.ts';
import { NO_COMMAND_IDS, withCommandMentions } from '../../src/i18n/command-mentions.ts';
import { languagesWith, messagesFor } from '../../src/i18n/index.ts';

const ids = new Map([
  ['faq', '1234567890123456789'],
  ['faq-edit', '22'],
]);
const sentences = {
  use: 'Use </faq>, </faq-edit add> or </gone>.',
  deep: { removed: (title: string, count: number) => `${count}: **${title}**. </faq-edit undo> brings it back.` },
  guide: (name: string) => `</${name}> opens it.`,
  group: '</faq-edit all replies>',
  other: '<@1> <#2> <t:3:f> </faq > </ faq> </> a < b/c > d',
};

describe('a command in a sentence', () => {
  it('is a mention if its id is known, and plain text otherwise', () => {
    const shown = withCommandMentions(sentences, ids);
    expect(shown.use).toBe('Use </faq:1234567890123456789>, </faq-edit add:22> or /gone.');
    expect(shown.deep.removed('Keys', 2)).toBe('2: **Keys**. </faq-edit undo:22> brings it back.');
    expect(shown.guide('faq')).toBe('</faq:1234567890123456789> opens it.');
    expect(shown.group).toBe('</faq-edit all replies:22>');
  });

  it('is plain text as long as no command is registered', () => {
    const shown = withCommandMentions(sentences, NO_COMMAND_IDS);
    expect(shown.use).toBe('Use /faq, /faq-edit add or /gone.');
    expect(shown.deep.removed('Keys', 2)).toBe('2: **Keys**. /faq-edit undo brings it back.');
    expect(shown.guide('faq')).toBe('/faq opens it.');
  });

  it('is recognized only in its notation', () => {
    expect(withCommandMentions(sentences, ids).other).toBe(sentences.other);
  });

  it('is left alone in what a sentence is given, such as a title or another sentence', () => {
    const { removed } = withCommandMentions(sentences.deep, ids);
    for (const given of ['</faq>', '</faq:5>', 'a < b', '<', '<\0/faq>', '\0'])
      expect(removed(given, 1)).toBe(`1: **${given}**. </faq-edit undo:22> brings it back.`);
  });

  it.each(['</faq>', '</faq:1234567890123456789>', '<</faq>', '\\</faq>', '</faq-edit add>'])(
    'is not made of what a member typed: %s',
    (typed) => {
      for (const known of [ids, NO_COMMAND_IDS]) {
        const { faq, edit } = messagesFor('en', languagesWith(known));
        for (const shown of [faq.noTopic(plainText(typed)), edit.saved(plainText(typed))]) {
          expect(shown).toContain(plainText(typed));
          expect(shown).not.toMatch(/(?<!\\)(?:\\\\)*<\//);
        }
      }
    },
  );
});
