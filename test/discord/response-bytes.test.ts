import { type APIEmbed, InteractionResponseType } from 'discord-api-types/v10';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { messageBody, replyPrivately, replyPublicly, say, updateMessage } from '../../src/discord/answer.ts';
import { bytesOf, shared } from '../../src/discord/response-bytes.ts';

const text = fc.string({ unit: 'grapheme' });
const embed: fc.Arbitrary<APIEmbed> = fc.record({
  title: text,
  description: text,
  fields: fc.array(fc.record({ name: text, value: text })),
});
const read = (bytes: Buffer) => JSON.parse(bytes.toString());

describe('the bytes of a first answer', () => {
  it('say the same as the answer, whether its embed was made ahead or not', () => {
    fc.assert(
      fc.property(text, fc.array(embed, { maxLength: 2 }), fc.boolean(), (content, embeds, isAhead) => {
        const body = messageBody({ content, embeds: isAhead ? embeds.map(shared) : embeds });
        for (const make of [replyPrivately, replyPublicly, updateMessage]) {
          const { response } = make(body);
          expect(read(bytesOf(response))).toEqual(JSON.parse(JSON.stringify(response)));
        }
      }),
    );
  });

  it('are the same for one embed as often as it is sent', () => {
    const { response } = replyPrivately(messageBody({ embeds: [shared({ title: 'Grüße ☐' })] }));
    expect(bytesOf(response)).toEqual(bytesOf(response));
    expect(read(bytesOf(response)).data.embeds).toEqual([{ title: 'Grüße ☐' }]);
  });

  it('say the same for answers without a message', () => {
    const deferred = { type: InteractionResponseType.DeferredMessageUpdate } as const;
    expect(read(bytesOf(deferred))).toEqual(deferred);
    const { response } = say('hello');
    expect(read(bytesOf(response))).toEqual(response);
  });
});
