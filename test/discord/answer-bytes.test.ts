import { InteractionResponseType } from 'discord-api-types/v10';
import { describe, expect, it } from 'vitest';
import { say } from '../../src/discord/answer.ts';
import { bytesOf } from '../../src/discord/answer-bytes.ts';

const read = (bytes: Buffer) => JSON.parse(bytes.toString());

describe('the bytes of a first answer', () => {
  it('say the same as the answer', () => {
    const deferred = { type: InteractionResponseType.DeferredMessageUpdate } as const;
    expect(read(bytesOf({ response: deferred }))).toEqual(deferred);
    const answer = say('Grüße ☐ 👍');
    expect(read(bytesOf(answer))).toEqual(answer.response);
  });

  it('are the JSON that was made ahead, where there is one', () => {
    const { response } = say('made at the click');
    expect(bytesOf({ response, json: '{"type":6}' }).toString()).toBe('{"type":6}');
  });
});
