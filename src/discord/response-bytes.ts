// A first answer as the bytes that are sent. Of what many answers share, the embeds of pages, the bytes are made once.
import { type APIEmbed, type APIInteractionResponse, InteractionResponseType } from 'discord-api-types/v10';

const made = new WeakMap<APIEmbed, Buffer>();

/**
 * Marks an embed that will be sent many times: its bytes are made now and used from then on.
 * @returns the same embed; it must not be changed any more
 */
export function shared(embed: APIEmbed): APIEmbed {
  made.set(embed, Buffer.from(JSON.stringify(embed)));
  return embed;
}

/** The JSON of a first answer in UTF-8: the same as `JSON.stringify` gives, but for the order of keys. */
export function bytesOf(response: APIInteractionResponse): Buffer {
  const { type } = response;
  if (type !== InteractionResponseType.ChannelMessageWithSource && type !== InteractionResponseType.UpdateMessage)
    return Buffer.from(JSON.stringify(response));
  const { embeds = [], ...others } = response.data ?? {};
  const [embed] = embeds;
  const bytes = embed && embeds.length === 1 ? made.get(embed) : undefined;
  if (!bytes) return Buffer.from(JSON.stringify(response));
  const rest = JSON.stringify(others);
  const tail = `]${rest === '{}' ? '' : ','}${rest.slice(1)}}`;
  return Buffer.concat([Buffer.from(`{"type":${type},"data":{"embeds":[`), bytes, Buffer.from(tail)]);
}
