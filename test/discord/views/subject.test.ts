// The sentences of subject.yaml: where members read them, and that the longest still fit.
import { describe, expect, it } from 'vitest';
import type { RenderContext } from '../../../src/discord/render-context.ts';
import { createContext } from '../../../src/discord/render-context.ts';
import { renderCourtesy, renderOffers, renderUnknown } from '../../../src/discord/views/ask.ts';
import { renderHelp } from '../../../src/discord/views/help.ts';
import { renderFeedback, renderPage } from '../../../src/discord/views/page.ts';
import { renderPlan } from '../../../src/discord/views/plan.ts';
import type { Subject } from '../../../src/guide/model.ts';
import { SUBJECT_LIMITS } from '../../../src/guide/subject.ts';
import { mustBeTaken } from '../../fuzz/judge.ts';
import { load } from '../../guide/sample.ts';

const { content = expect.fail('the sample has errors') } = load();
const context = createContext(content, 'en');
const page = context.edition.pages.get('open-door#front') ?? expect.fail();

function everyMessage(subject: Subject) {
  const own: RenderContext = { ...context, edition: { ...context.edition, subject } };
  return {
    help: renderHelp(content, own),
    page: renderPage([page], own),
    unconfirmed: renderPage([{ ...page, isOnlyClaimed: true }], own),
    helped: renderFeedback([page], own, true),
    notHelped: renderFeedback([page], own, false),
    plan: renderPlan([page], own),
    offers: renderOffers({ isGuess: false, topics: [page.name] }, own),
    unknown: renderUnknown(own),
    otherLanguage: renderUnknown(own, { isOtherLanguage: true }),
    courtesy: renderCourtesy(own),
  };
}

describe('the sentences about the subject', () => {
  it('are shown where content/README.md says', () => {
    const { subject } = context.edition;
    const shown = Object.entries(everyMessage(subject)).map(([name, message]) => {
      const text = JSON.stringify(message);
      return [
        name,
        Object.keys(subject).filter((key) => text.includes(JSON.stringify(subject[key as keyof Subject]).slice(1, -1))),
      ];
    });
    expect(Object.fromEntries(shown)).toEqual({
      help: ['title', 'intro', 'sources', 'limits'],
      page: ['disclaimer'],
      unconfirmed: ['unconfirmed'],
      helped: ['disclaimer'],
      notHelped: ['support', 'disclaimer'],
      plan: ['disclaimer'],
      offers: ['disclaimer'],
      unknown: ['scope', 'support', 'disclaimer'],
      otherLanguage: ['support', 'disclaimer'],
      courtesy: ['scope'],
    });
  });

  it('fit into every message when they are as long as they may be', () => {
    const longest = Object.fromEntries(Object.entries(SUBJECT_LIMITS).map(([key, limit]) => [key, '😀'.repeat(limit)]));
    const messages = everyMessage({ ...context.edition.subject, ...longest });
    for (const message of Object.values(messages)) mustBeTaken(message, 'channel');
  });
});
