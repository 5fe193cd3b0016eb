// Ask a person on a database of its own, for the tests of person.ts.
import { ChannelType, PermissionFlagsBits } from 'discord-api-types/v10';
import { expect } from 'vitest';
import type { Answer } from '../../src/discord/answer.ts';
import type { ModalInteraction } from '../../src/discord/command.ts';
import { createPersonComponents } from '../../src/discord/person.ts';
import { ContextSource } from '../../src/discord/render-context.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { NO_SETTINGS, type Settings } from '../../src/servers/settings.ts';
import { StoreError } from '../../src/store/errors.ts';
import type { Store } from '../../src/store/store.ts';
import { messageOf } from '../commands/world.ts';
import { componentInteraction, type InteractionContext, MESSAGE_ID, modalInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { openInMemory } from '../replies/stores.ts';
import { sqlite } from '../store/databases.ts';
import { createVirtualClock } from '../virtual-clock.ts';
import { content, recordingLog } from './parts.ts';
import { type Respond, type RestStub, refusal, stubRest } from './rest-stub.ts';

const en = messagesFor('en');
/** The channel of the helpers, their role, and the channel in which is asked. */
export const HELPERS = '6';
export const ROLE = '31';
export const WHERE = '900000000000000002';
export const MODERATOR = String(PermissionFlagsBits.ManageMessages);
/** What a member may do in a channel, and in a thread, to ask there. */
export const SENDING = String(PermissionFlagsBits.SendMessages);
export const SENDING_IN_THREADS = String(PermissionFlagsBits.SendMessagesInThreads);

export const CHANNEL = { id: WHERE, type: ChannelType.GuildText };
export const THREAD = { id: '5', type: ChannelType.PublicThread };
/** A public answer of the bot; and one that replies to a message. */
export const PUBLIC = { id: MESSAGE_ID, channel_id: WHERE, flags: 0, embeds: [{ title: 'The front door' }] };
export const REPLYING = { ...PUBLIC, message_reference: { message_id: '77', channel_id: WHERE } };
/** Returns this message to each look-up. */
export const answerWith =
  (body: object): Respond =>
  ({ method }) =>
    method === 'GET' ? { body } : undefined;

/** A row with one button. */
export const button = (customId: string) => [{ type: 1, components: [{ type: 2, custom_id: customId }] }];

interface Options {
  readonly respond?: Respond;
  readonly on?: Store;
  readonly settings?: Partial<Settings>;
  /** The settings can't be read. */
  readonly isDown?: boolean;
}

/** A database for the tests of one file; each `open` is in a server of its own. */
export async function usePerson() {
  const { store } = await openInMemory(sqlite, createVirtualClock(Date.UTC(2026, 10, 26)));
  return { store, open: (options: Options = {}) => openPerson(store, options) };
}

/** Discord, which keeps the messages that the bot posts. */
function stubMessages(respond: Respond | undefined): RestStub {
  let posts = 0;
  /** The messages that the bot has posted, by path, as they are after its edits. */
  const posted = new Map<string, object>();
  return stubRest(async (request) => {
    const given = await respond?.(request);
    if (given) return given;
    const { method, path, body } = request;
    if (method === 'GET') return posted.has(path) ? { body: posted.get(path) } : refusal(404, 10_008);
    const id = method === 'POST' ? String(8000 + ++posts) : path.split('/').at(-1);
    const message = { ...posted.get(path), ...(body as object), id };
    posted.set(method === 'POST' ? `${path}/${id}` : path, message);
    return { body: message };
  });
}

function openPerson(store: Store, { respond, on = store, settings, isDown = false }: Options) {
  const guildId = newId();
  const clock = createVirtualClock(0);
  const { log, lines: logged } = recordingLog();
  const stub = stubMessages(respond);
  const all = { ...NO_SETTINGS, helpersChannel: HELPERS, helperRoles: [ROLE], ...settings };
  const failing = () => Promise.reject(new StoreError('unavailable', 'down'));
  const settingsCache = {
    peek: () => (isDown ? undefined : all),
    settingsOf: isDown ? failing : async () => all,
  };
  const replyCache = { peek: () => [], repliesOf: async () => [] };
  const contexts = new ContextSource(content, { replyCache, settingsCache, log, clock });
  const handler = createPersonComponents({ contexts, store: on, rest: stub.rest, log, clock });
  const press = async (customId: string, more: InteractionContext = {}): Promise<Answer> =>
    (await handler.onComponent?.(componentInteraction(customId, { guildId, permissions: SENDING, ...more }))) ??
    expect.fail('no answer');
  const submit = async (interaction: ModalInteraction): Promise<Answer> =>
    (await handler.onModal?.(interaction)) ?? expect.fail('no answer');
  const asking = (question: string, more: InteractionContext = {}) =>
    modalInteraction('h1:send', { question }, { guildId, permissions: SENDING, ...more });
  /** A person's question, to the end. */
  const ask = async (userId = newId(), question = 'Who has the key?') =>
    messageOf(submit(asking(question, { userId })));
  /** The question in the helpers' channel. */
  const asked = (userId: string) => ({
    id: '8001',
    flags: 0,
    embeds: [],
    content: [en.person.post(userId, WHERE, 'Who has the key?'), `-# ${en.person.postHint}`].join('\n'),
    components: button(`h1:answered:${userId}:${WHERE}`),
  });
  const answering = (userId: string, answer: string, more: InteractionContext = {}) =>
    modalInteraction(
      `h1:answer:${userId}:${WHERE}`,
      { answer },
      {
        guildId,
        channel: { id: HELPERS, type: 0 },
        permissions: MODERATOR,
        message: asked(userId),
        ...more,
      },
    );
  const sent = () => stub.requests.filter(({ method }) => method === 'POST');
  /** The bodies of what was posted. */
  const bodies = () => sent().map(({ body }) => body as { content: string; [field: string]: unknown });
  return { ...stub, guildId, clock, logged, handler, press, submit, asking, ask, answering, asked, sent, bodies };
}
