// The side panel: servers with their channels, direct messages, and the people to act as.
import type { ChannelView, PersonView, WorldView } from '../src/page-types.ts';
import { byId, element } from './dom.ts';

/** A channel of a server, or a person's direct messages with the bot. */
export type Place = (ChannelView & { readonly isDm?: false }) | DirectMessages;
interface DirectMessages {
  readonly id: string;
  readonly name: string;
  readonly isDm: true;
}

/** The channels that a person can write in; the last one is the direct messages with the bot. */
export function channelsOf(world: WorldView, person: PersonView | undefined): Place[] {
  const inGuilds = world.guilds.flatMap(({ channels }) => channels.filter(({ isTextBased }) => isTextBased));
  return person ? [...inGuilds, directMessagesOf(world, person)] : inGuilds;
}

/** A person's direct messages with the bot. */
export const directMessagesOf = ({ bot }: WorldView, { dm }: PersonView): Place => ({ id: dm, name: bot, isDm: true });

/** A channel's name with the prefix that Discord shows. */
export function channelLabel(place: Place): string {
  if (place.isDm) return `@ ${place.name}`;
  const prefix = place.isThread ? '↳ ' : place.type === 2 ? 'Voice: ' : '# ';
  return `${prefix}${place.name}${place.isArchived ? ' (archived)' : ''}`;
}

/** What a channel without messages of its own is, by Discord's channel type. */
const kindOf = ({ type }: ChannelView) => ({ 4: 'Category', 15: 'Forum', 16: 'Media' })[type] ?? 'Channel';

/** Draws the list of channels. @param open called with the chosen channel */
export function drawChannels(
  world: WorldView,
  person: PersonView | undefined,
  current: Place | undefined,
  open: (place: Place) => void,
): void {
  const button = (channel: Place) =>
    element(
      'li',
      {},
      element(
        'button',
        {
          type: 'button',
          'aria-current': channel.id === current?.id ? 'true' : undefined,
          onclick: () => open(channel),
        },
        channelLabel(channel),
      ),
    );
  const lists = world.guilds.flatMap(({ name, channels }) => [
    element('h2', {}, name),
    element(
      'ul',
      {},
      channels.map((channel) =>
        channel.isTextBased ? button(channel) : element('li', { class: 'note' }, `${kindOf(channel)}: ${channel.name}`),
      ),
    ),
  ]);
  byId('channels').replaceChildren(
    ...lists,
    element('h2', {}, 'Direct messages'),
    element('ul', {}, person ? button(directMessagesOf(world, person)) : null),
  );
}

/** Draws the people to act as. @param choose called with the chosen person */
export function drawPeople(
  { people }: WorldView,
  current: PersonView | undefined,
  choose: (person: PersonView) => void,
): void {
  const choices = people.map((person) =>
    element(
      'label',
      {},
      element('input', {
        type: 'radio',
        name: 'person',
        value: person.id,
        checked: person.id === current?.id,
        onchange: () => choose(person),
      }),
      element('span', {}, person.name, ' ', element('small', {}, person.role)),
    ),
  );
  byId('people').replaceChildren(element('legend', {}, 'You are'), ...choices);
}
