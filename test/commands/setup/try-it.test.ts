// Try it: an example question with what members would see.
import { expect, it } from 'vitest';
import { sampleAnswer } from '../../../commands/setup/try-it.ts';
import type { QuestionAnswering, QuestionResult } from '../../../src/discord/question-answering.ts';
import { createContext } from '../../../src/discord/render-context.ts';
import { renderResultPublicly } from '../../../src/discord/views/ask.ts';
import { renderPostAnswer } from '../../../src/discord/views/forum.ts';
import { en } from '../../../src/i18n/en.ts';
import { POST_THRESHOLDS } from '../../../src/search/thresholds.ts';
import { NO_SETTINGS } from '../../../src/servers/settings.ts';
import { content, front, replyOf } from '../../discord/parts.ts';

const forums = { ...NO_SETTINGS, forums: ['5'] };
const topicIn = ({ topics }: ReturnType<typeof createContext>, name = front.name) =>
  topics.find(name) ?? expect.fail('it is a topic');

/** @param found by question; undefined for what is declined */
function open(settings = NO_SETTINGS, found: (question: string) => boolean = () => true, name = front.name) {
  const replies = [replyOf('r:abcd1234', { title: 'T'.repeat(256), text: '*'.repeat(4000) })];
  const context = createContext(content, 'en', { settings, replies });
  const asked: { question: string; isPost: boolean }[] = [];
  const answering: QuestionAnswering = {
    async ask(question, _, __, options): Promise<QuestionResult> {
      asked.push({ question, isPost: options?.thresholds === POST_THRESHOLDS });
      if (!found(question)) return { kind: 'declined', isOtherLanguage: false };
      return { kind: 'sure', topics: [topicIn(context, name)] };
    },
    prepare: () => undefined,
  };
  const sample = (hasGateway = true) => sampleAnswer(context.messages, context, { answering, hasGateway });
  return { context, asked, sample };
}

it('shows an answer in a channel if no forum is chosen', async () => {
  const { context, asked, sample } = open();
  const shown = await sample();
  const body = renderResultPublicly({ kind: 'sure', topics: [topicIn(context)] }, context);
  expect(shown).toEqual({ ...body, content: `${en.setup.sample('how do i open the door')}\n\n${body.content}` });
  expect(asked).toEqual([{ question: 'how do i open the door', isPost: false }]);
});

it('shows the answer to a post if a forum is chosen, and posts are answered', async () => {
  const { context, asked, sample } = open(forums);
  const body = renderPostAnswer([topicIn(context)], context);
  expect((await sample()).content).toBe(`${en.setup.sample('how do i open the door')}\n\n${body.content}`);
  await sample(false);
  expect(asked.map(({ isPost }) => isPost)).toEqual([true, false]);
});

it('tries another question if one is not answered', async () => {
  const { asked, sample } = open(NO_SETTINGS, (question) => question.startsWith('rear'));
  expect((await sample()).content).toContain(en.setup.sample('rear door'));
  expect(asked.map(({ question }) => question)).toEqual(['how do i open the door', 'front door stuck', 'rear door']);
});

it('says so if no question is answered, as while the search starts', async () => {
  const { sample } = open(NO_SETTINGS, () => false);
  expect(await sample()).toMatchObject({ content: en.setup.noSample, components: [] });
});

it('fits into a message with the longest reply', async () => {
  const { sample } = open(forums, () => true, 'r:abcd1234');
  expect([...((await sample()).content ?? '')].length).toBeLessThanOrEqual(2000);
});
