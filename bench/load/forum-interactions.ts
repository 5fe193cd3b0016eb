// What members do beside their posts: walks, questions and topics, and buttons whose answers are deferred.
import { ComponentType } from 'discord-api-types/v10';
import { writeWalkId } from '../../src/discord/custom-id.ts';
import { isNotThisId, renderPostAnswer } from '../../src/discord/views/forum.ts';
import type { Edition, Page } from '../../src/guide/model.ts';
import { startOf } from '../../src/guide/walk.ts';
import { messagesFor } from '../../src/i18n/index.ts';
import { NO_REPLIES, topicsOf } from '../../src/replies/topics.ts';
import { NO_SETTINGS } from '../../src/servers/settings.ts';
import { type CreateInteraction, click, commonFields, mixedInteractions } from './interactions.ts';

/** One of so many interactions is deferred. */
const DEFERRED_EVERY = 5;

interface MemberInteraction {
  readonly id: string;
  readonly json: string;
  /** By which the result of a deferred answer is recognized; undefined if the first answer is all. */
  readonly deferredToken: string | undefined;
}

/**
 * The interactions of `mixedInteractions`, and every fifth is deferred: in turns **Send to my DMs** (three requests to
 * Discord) and **Not this** (two, and the database).
 */
export function memberInteractions(edition: Edition): () => MemberInteraction {
  const create: CreateInteraction = mixedInteractions(edition);
  const [page] = edition.guides.flatMap(({ command }) => (command && startOf(edition, command)) ?? []);
  if (!page) throw new Error('no guide has a command');
  const sendPlan = writeWalkId('sendPlan', [page], { edition });
  const notThis = notThisId(page, edition);
  let number = 0;
  return () => {
    number += 1;
    if (number % DEFERRED_EVERY !== 0) return { ...create(), deferredToken: undefined };
    const id = String(970_000_000_000_000_000n + BigInt(number));
    const common = commonFields(id, number);
    // As long as Discord's.
    const token = Buffer.from(`interaction:${id}:${'x'.repeat(120)}`).toString('base64url');
    const channel = { ...common.channel, owner_id: common.member.user.id };
    const isPublic = number % (2 * DEFERRED_EVERY) === 0;
    const json = click({ ...common, token, channel }, page, isPublic ? notThis : sendPlan, isPublic);
    return { id, json, deferredToken: token };
  };
}

/** The custom_id of **Not this** under an answer to a post that shows this page. */
function notThisId({ name }: Page, edition: Edition): string {
  const topics = topicsOf(edition, NO_REPLIES);
  const topic = topics.find(name);
  if (!topic) throw new Error(`${name} is not a topic`);
  const context = { edition, original: edition, messages: messagesFor('en'), topics, settings: NO_SETTINGS };
  const { components = [] } = renderPostAnswer([topic], context);
  const buttons = components.flatMap((row) => (row.type === ComponentType.ActionRow ? row.components : []));
  const ids = buttons.flatMap((button) => ('custom_id' in button ? button.custom_id : []));
  const id = ids.find(isNotThisId);
  if (id === undefined) throw new Error('the answer to a post has no button Not this');
  return id;
}
