// What /faq-pin list shows: all pins and their state, ten to a page.
import { type MessageBody, messageBody } from '../../src/discord/answer.ts';
import { failureReason } from '../../src/discord/errors.ts';
import { messageUrl } from '../../src/discord/links.ts';
import { digestOf } from '../../src/discord/pin-updater.ts';
import type { RenderContext } from '../../src/discord/render-context.ts';
import { getMessage } from '../../src/discord/requests.ts';
import { plainButton, rowsOf } from '../../src/discord/views/buttons.ts';
import { COLOR } from '../../src/discord/views/colors.ts';
import { pinnedTitle } from '../../src/discord/views/guides.ts';
import { plainTextWithin } from '../../src/discord/views/plain-text.ts';
import type { Messages } from '../../src/i18n/index.ts';
import { AlreadyPinnedError, markPinGone, type Pin, pinsOf, restorePin } from '../../src/pins/repository.ts';
import type { PinServices } from './services.ts';

const PREFIX = 'n1:list:';
const PER_PAGE = 10;
type State = keyof Messages['pin']['state'];
/** Why the last edit of a pin failed, if a moderator can do something about it. */
const PROBLEMS: Readonly<Record<string, State>> = {
  archived: 'archived',
  blocked: 'blocked',
  permission: 'forbidden',
};

/** Whether a custom_id turns the pages of the list. */
export function isPinListId(customId: string): boolean {
  return customId.startsWith(PREFIX);
}

/** The page, from 0, that a custom_id opens. */
export function pageOfPinListId(customId: string): number {
  const page = Number(customId.slice(PREFIX.length));
  return Number.isInteger(page) ? page : 0;
}

/** A page of the list; each pin on it is looked up in Discord. @param page from 0; past the end it is the last one */
export async function pinListPage(
  guildId: string,
  page: number,
  context: RenderContext,
  services: PinServices,
): Promise<MessageBody> {
  const { messages } = context;
  const pins = await pinsOf(services.store, guildId);
  if (pins.length === 0) return messageBody({ content: messages.pin.none });
  const last = Math.floor((pins.length - 1) / PER_PAGE);
  const at = Math.min(Math.max(page, 0), last);
  const shown = pins.slice(at * PER_PAGE, (at + 1) * PER_PAGE);
  const lines = await Promise.all(
    shown.map(async (pin) => {
      const title = plainTextWithin(pinnedTitle(pin.topic, context) ?? messages.pin.unknownTopic, 100);
      return messages.pin.line(
        title,
        pin.channelId,
        messageUrl(pin),
        messages.pin.state[await checkPin(pin, services)],
      );
    }),
  );
  const turns = [
    ...(at > 0 ? [plainButton(messages.page.previous, `${PREFIX}${at - 1}`)] : []),
    ...(at < last ? [plainButton(messages.page.next, `${PREFIX}${at + 1}`)] : []),
  ];
  const embed = { color: COLOR.information, title: messages.pin.list, description: lines.join('\n\n') };
  return messageBody({ embeds: [embed], components: rowsOf(turns) });
}

/** Checks a pin at Discord and saves the result. */
async function checkPin(pin: Pin, { rest, store, pins }: PinServices): Promise<State> {
  try {
    const message = await getMessage(rest, pin.channelId, pin.messageId);
    if (pin.state === 'gone') {
      await restorePin(store, pin);
      pins.follow(pin.guildId);
    }
    const body = await pins.bodyOf(pin);
    if (!message.pinned) return 'unpinned';
    if (!body) return 'topic';
    if (digestOf(body) === pin.shownDigest) return 'alive';
    pins.follow(pin.guildId);
    return pin.problem === undefined ? 'due' : (PROBLEMS[pin.problem] ?? 'failing');
  } catch (error) {
    if (error instanceof AlreadyPinnedError) return 'message';
    const reason = failureReason(error);
    if (reason === 'permission') return reason;
    if (reason !== 'message' && reason !== 'channel' && reason !== 'access') return 'unknown';
    if (pin.state === 'alive') await markPinGone(store, pin, reason);
    return reason;
  }
}
