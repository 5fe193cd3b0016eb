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

/** Whether a person sees a channel. Before anybody can act, all are shown. */
const sees = (person: PersonView | undefined, { id }: ChannelView) =>
  person === undefined || person.channels.includes(id);

/** The channels that a person can open; the last one is the direct messages with the bot. */
export function channelsOf(world: WorldView, person: PersonView | undefined): Place[] {
  const inGuilds = world.guilds.flatMap(({ channels }) =>
    channels.filter((channel) => sees(person, channel) && (channel.isTextBased || channel.isForum)),
  );
  return person ? [...inGuilds, directMessagesOf(world, person)] : inGuilds;
}

/** A person's direct messages with the bot. */
export const directMessagesOf = ({ bot }: WorldView, { dm }: PersonView): Place => ({ id: dm, name: bot, isDm: true });

/** A channel's name with the prefix that Discord shows. */
export function channelLabel(place: Place): string {
  if (place.isDm) return `@ ${place.name}`;
  const prefix = place.isThread ? '↳ ' : (PREFIXES[place.type] ?? '# ');
  const state = place.isArchived ? ' (archived)' : place.isLocked ? ' (locked)' : '';
  return `${prefix}${place.name}${state}`;
}

/** What is written before a channel's name, by Discord's channel type. */
const PREFIXES: Readonly<Record<number, string>> = { 2: 'Voice: ', 4: 'Category: ', 15: 'Forum: ', 16: 'Media: ' };

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
          class: !channel.isDm && channel.isThread ? 'thread' : undefined,
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
      channels
        .filter((channel) => sees(person, channel))
        .map((channel) =>
          channel.isTextBased || channel.isForum
            ? button(channel)
            : element('li', { class: 'note' }, channelLabel(channel)),
        ),
    ),
  ]);
  byId('channels').replaceChildren(
    ...lists,
    element('h2', {}, 'Direct messages'),
    element('ul', {}, person ? button(directMessagesOf(world, person)) : null),
  );
}

/** Draws the languages of Discord, each by its own name, and selects the one of the person. */
export function drawLanguage({ locales }: WorldView, person: PersonView | undefined): void {
  const options = locales
    .map((locale) => ({ locale, name: new Intl.DisplayNames([locale], { type: 'language' }).of(locale) ?? locale }))
    .sort((a, b) => a.name.localeCompare(b.name))
    .map(({ locale, name }) =>
      element('option', { value: locale, lang: locale, selected: locale === (person?.locale ?? 'en-US') }, name),
    );
  byId('language').replaceChildren(...options);
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
