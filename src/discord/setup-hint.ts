// One line about /setup for somebody who may use it, once in each server that was never set up.
import { type APIInteraction, InteractionResponseType, InteractionType, MessageFlags } from 'discord-api-types/v10';
import QuickLRU from 'quick-lru';
import { type Clock, resultWithin } from '../clock.ts';
import { recordHint } from '../servers/settings.ts';
import type { SettingsCache } from '../servers/settings-cache.ts';
import type { Store } from '../store/store.ts';
import { type Answer, messageBody } from './answer.ts';
import { codePoints, MAX_CONTENT } from './limits.ts';
import { localeOf } from './options.ts';
import { lacking } from './permissions.ts';
import type { ContextSource } from './render-context.ts';
import type { Router } from './router.ts';

/** An answer does not wait longer for the database, in ms. */
const TIMEOUT_MS = 250;
/** Servers; twice as many at most. */
const MAX_TRIED = 5000;

interface HintServices {
  readonly contexts: Pick<ContextSource, 'messagesFor'>;
  readonly settingsCache: Pick<SettingsCache, 'peek'>;
  readonly store: Store;
  readonly clock: Clock;
}

/** A router whose first answer to somebody with Manage Server, in a server that was never set up, ends with the line. */
export function withSetupHint(router: Router, services: HintServices): Router {
  // Servers in which it was tried: of many commands at the same moment one asks the database.
  const tried = new QuickLRU<string, true>({ maxSize: MAX_TRIED });
  return async (interaction) => {
    const answer = await router(interaction);
    const { guild_id: guildId = '' } = interaction;
    if (!isFirstWord(interaction, answer) || tried.has(guildId)) return answer;
    tried.set(guildId, true);
    const hint = await hintFor(interaction, services);
    return hint === undefined ? answer : withLine(answer, hint);
  };
}

/** Whether it answers a command with a message. A form leaves no room for a line: the next command has one. */
function isFirstWord(interaction: APIInteraction, { response, outcome }: Answer): boolean {
  if (interaction.type !== InteractionType.ApplicationCommand || outcome !== undefined) return false;
  if (!interaction.guild_id || interaction.data?.name === 'setup') return false;
  if (lacking(interaction.member?.permissions, ['ManageGuild']).length > 0) return false;
  return (
    response.type === InteractionResponseType.ChannelMessageWithSource ||
    response.type === InteractionResponseType.DeferredChannelMessageWithSource
  );
}

/** Undefined if the server was set up, somebody was told before, or the database does not answer. */
async function hintFor(
  interaction: APIInteraction,
  { contexts, settingsCache, store, clock }: HintServices,
): Promise<string | undefined> {
  const { guild_id: guildId = '' } = interaction;
  // The command has read them; if not, the database is slow, and there will be another command.
  const settings = settingsCache.peek(guildId);
  if (!settings || settings.isSetUp || settings.isHinted) return undefined;
  const recorded = recordHint(store, guildId).catch(() => false);
  const isFirst = await resultWithin(clock, recorded, TIMEOUT_MS);
  return isFirst
    ? `-# ${contexts.messagesFor({ locale: localeOf(interaction), guild_id: guildId }).setup.notSetUp}`
    : undefined;
}

/** At the end of a message that only the person sees; else as a message of its own. */
function withLine(answer: Answer, hint: string): Answer {
  const { response, later, ...rest } = answer;
  const isPrivate =
    'data' in response &&
    Boolean(response.data && 'flags' in response.data && response.data.flags === MessageFlags.Ephemeral);
  if (!isPrivate) return { ...answer, followUp: messageBody({ content: hint }) };
  if (later) return { ...rest, response, later: async (progress) => underLine(await later(progress), hint) };
  if (response.type !== InteractionResponseType.ChannelMessageWithSource) return answer;
  const data = { ...response.data, content: underLine(response.data, hint).content ?? '' };
  return { ...rest, response: { ...response, data } };
}

function underLine<T extends { readonly content?: string | undefined }>(body: T, hint: string): T {
  const content = [body.content, hint].filter(Boolean).join('\n');
  return codePoints(content) > MAX_CONTENT ? body : { ...body, content };
}
