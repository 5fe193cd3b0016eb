// Answers: what a message has, who sees it, and whom it notifies.
import { describe, expect, it } from 'vitest';
import { messageBody, Refusal, replyPrivately, replyPublicly, say, updateMessage } from '../../src/discord/answer.ts';

const EMPTY = { content: '', embeds: [], components: [], allowed_mentions: { parse: [] } };

describe('a message', () => {
  it('has every part, so that an edit removes what it does not mention, and notifies nobody', () => {
    expect(messageBody({})).toEqual(EMPTY);
  });

  it('keeps the parts that are given', () => {
    const embeds = [{ title: 'a' }];
    const components = [{ type: 1 as const, components: [] }];
    expect(messageBody({ content: 'text', embeds, components })).toEqual({
      ...EMPTY,
      content: 'text',
      embeds,
      components,
    });
  });

  it('notifies the one member who is named', () => {
    expect(messageBody({}, '77').allowed_mentions).toEqual({ parse: [], users: ['77'] });
  });
});

describe('an answer', () => {
  const body = messageBody({ content: 'text' });

  it('in private is a new message that only one person sees', () => {
    expect(replyPrivately(body)).toEqual({ response: { type: 4, data: { ...body, flags: 64 } } });
    expect(say('text')).toEqual(replyPrivately(body));
  });

  it('in public is a new message for everyone', () => {
    expect(replyPublicly(body)).toEqual({ response: { type: 4, data: body } });
  });

  it('to a button replaces its message', () => {
    expect(updateMessage(body)).toEqual({ response: { type: 7, data: body } });
  });

  it('may be a refusal, with a message for the person', () => {
    const refusal = new Refusal('not here');
    expect(refusal).toBeInstanceOf(Error);
    expect([refusal.name, refusal.message]).toEqual(['Refusal', 'not here']);
  });
});
