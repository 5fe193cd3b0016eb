// One line about /setup for somebody who may use it, once in each server that was never set up.
import { type APIInteraction, InteractionResponseType, InteractionType, MessageFlags } from 'discord-api-types/v10';
import type { Logger } from 'pino';
import QuickLRU from 'quick-lru';
import { type Clock, resultWithin } from '../clock.ts';
import { recordHint } from '../servers/settings.ts';
import type { SettingsCache } from '../servers/settings-cache.ts';
import type { Store } from '../store/store.ts';
import { type Answer, messageBody } from './answer.ts';
import { codePoints, MAX_CONTENT } from './limits.ts';
import { localeOf, serverOf } from './options.ts';
import { lacking } from './permissions.ts';
import type { ContextSource } from './render-context.ts';
import type { Router } from './router.ts';
import { subtext } from './views/plain-text.ts';

/** An answer does not wait longer for the database, in ms. */
const TIMEOUT_MS = 250;
/** Servers; twice as many at most. */
const MAX_TRIED = 5000;

interface HintServices {
  readonly contexts: Pick<ContextSource, 'messagesFor'>;
  readonly settingsCache: Pick<SettingsCache, 'peek'>;
  readonly store: Store;
  readonly log: Logger;
  readonly clock: Clock;
}

/** A router whose first answer to somebody with Manage Server, in a server that was never set up, ends with the line. */
export function withSetupHint(router: Router, services: HintServices): Router {
  const hints = new SetupHints(services);
  return async (interaction) => {
    const answer = await router(interaction);
    // The router never rejects, and the answer matters more than the line.
    return hints.addTo(answer, interaction).catch((error) => {
      services.log.error({ err: error }, 'line about /setup not added');
      return answer;
    });
  };
}

class SetupHints {
  readonly #services: HintServices;
  /** Servers in which it was tried: of many commands at the same moment one asks the database. */
  readonly #tried = new QuickLRU<string, true>({ maxSize: MAX_TRIED });

  constructor(services: HintServices) {
    this.#services = services;
  }

  async addTo(answer: Answer, interaction: APIInteraction): Promise<Answer> {
    const { guild_id: guildId = '' } = interaction;
    if (!canCarryHint(interaction, answer) || !(await this.#isFirst(guildId))) return answer;
    const { setup } = this.#services.contexts.messagesFor({
      locale: localeOf(interaction),
      ...serverOf(interaction, guildId),
    });
    return withLine(answer, subtext(setup.notSetUp));
  }

  /** Whether the server was never set up, and this is the first line there. */
  async #isFirst(guildId: string): Promise<boolean> {
    const { settingsCache, store, clock } = this.#services;
    // The command has read them. If not, the database is slow: a later command has the line.
    const settings = settingsCache.peek(guildId);
    if (!settings || settings.isSetUp || settings.isHinted || this.#tried.has(guildId)) return false;
    this.#tried.set(guildId, true);
    const recorded = recordHint(store, guildId).catch(() => {
      this.#tried.delete(guildId);
      return false;
    });
    return (await resultWithin(clock, recorded, TIMEOUT_MS)) ?? false;
  }
}

/** Whether an answer is a message to a command of somebody with Manage Server. A form has no room: the next command has. */
function canCarryHint(interaction: APIInteraction, { response, outcome }: Answer): boolean {
  if (interaction.type !== InteractionType.ApplicationCommand || outcome !== undefined) return false;
  if (!interaction.guild_id || interaction.data?.name === 'setup') return false;
  if (lacking(interaction.member?.permissions, ['ManageGuild']).length > 0) return false;
  return (
    response.type === InteractionResponseType.ChannelMessageWithSource ||
    response.type === InteractionResponseType.DeferredChannelMessageWithSource
  );
}

/** At the end of a message that only the person sees; else as a message of its own. */
function withLine(answer: Answer, hint: string): Answer {
  // Without the JSON of a cached answer, which has no line.
  const { response, later, outcome } = answer;
  const rest = { response, ...(outcome ? { outcome } : {}), ...(later ? { later } : {}) };
  const isPrivate =
    'data' in response &&
    Boolean(response.data && 'flags' in response.data && response.data.flags === MessageFlags.Ephemeral);
  if (!isPrivate) return { ...rest, followUp: messageBody({ content: hint }) };
  if (later) return { ...rest, later: async (progress) => underLine(await later(progress), hint) };
  if (response.type !== InteractionResponseType.ChannelMessageWithSource) return answer;
  const data = { ...response.data, content: underLine(response.data, hint).content ?? '' };
  return { ...rest, response: { ...response, data } };
}

function underLine<T extends { readonly content?: string | undefined }>(body: T, hint: string): T {
  const content = [body.content, hint].filter(Boolean).join('\n');
  return codePoints(content) > MAX_CONTENT ? body : { ...body, content };
}
