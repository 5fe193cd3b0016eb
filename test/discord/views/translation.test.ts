// What is said of a translation, and the button that leads to one.
import { ButtonStyle } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { localeOfWalk, readWalkId } from '../../../src/discord/custom-id.ts';
import { createContext } from '../../../src/discord/render-context.ts';
import { renderPage } from '../../../src/discord/views/page.ts';
import { footerOf, languageButton, translationNotes } from '../../../src/discord/views/translation.ts';
import type { Edition, Translation } from '../../../src/guide/model.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import { contentInLanguages } from '../../guide/editions.ts';
import { context, front, rear } from './sample-views.ts';

const content = contentInLanguages();
const spanish = createContext(content, 'es');
const es = messagesFor('es');
const { unreviewed, older, missing } = es.page.translation;
const withTranslation = (more: Partial<Translation>): Edition => ({
  ...spanish.edition,
  translation: { isReviewed: true, older: new Set(), missing: new Set(), ...more },
});

describe('the lines about a translation', () => {
  it.each<[string, Partial<Translation>, string[]]>([
    ['none if it is checked and up to date', {}, []],
    ['that nobody has checked it', { isReviewed: false }, [unreviewed]],
    ['that its English page has changed', { older: new Set([rear.name]) }, [older]],
    ['both', { isReviewed: false, older: new Set([rear.name]) }, [older, unreviewed]],
    ['only that it is in English', { isReviewed: false, missing: new Set([rear.name]) }, [missing]],
    ['none for other pages that changed', { older: new Set([front.name]), missing: new Set(['x#x']) }, []],
  ])('are, for a page, %s', (_, translation, lines) => {
    expect(translationNotes(withTranslation(translation), es, rear.name)).toEqual(lines);
  });

  it('are about the check only for what is not a page', () => {
    const all = { isReviewed: false, older: new Set([rear.name]), missing: new Set([front.name]) };
    expect(translationNotes(withTranslation(all), es)).toEqual([unreviewed]);
  });

  it('are none in English', () => {
    expect(translationNotes(context.edition, context.messages, rear.name)).toEqual([]);
    expect(footerOf('Text', context.edition, context.messages, rear.name)).toEqual({ text: 'Text' });
  });

  it('are under the footer', () => {
    const edition = withTranslation({ isReviewed: false, older: new Set([rear.name]) });
    expect(footerOf('Text', edition, es, rear.name)).toEqual({ text: `Text\n${older}\n${unreviewed}` });
  });

  it('are under every page of an edition that nobody has checked, in its language', () => {
    const edition = withTranslation({ isReviewed: false });
    for (const page of edition.pages.values()) {
      const [embed] = renderPage([page], { ...spanish, edition }).embeds ?? [];
      expect(embed?.footer?.text.split('\n'), page.name).toContain(unreviewed);
    }
  });
});

describe('the button to another language', () => {
  const origin = { isGuess: true, topics: [rear.name, front.name] };

  it('has the name of the language, and opens the page there with its question', () => {
    const button = languageButton(spanish.edition, [rear], origin, context);
    expect(button).toMatchObject({ label: 'Español', style: ButtonStyle.Secondary });
    const customId = 'custom_id' in button ? button.custom_id : '';
    expect(localeOfWalk(customId)).toBe('es');
    const id = readWalkId(customId, spanish.edition);
    expect(id).toMatchObject({ action: 'openIn', origin, from: null });
    expect(id?.path).toEqual([spanish.edition.pages.get(rear.name)]);
  });

  it('opens the choice of topics if there is no page', () => {
    const button = languageButton(spanish.edition, [], origin, context);
    const id = readWalkId('custom_id' in button ? button.custom_id : '', spanish.edition);
    expect(id).toMatchObject({ action: 'openIn', path: undefined, origin });
  });
});
