// The side panel: servers with their channels, direct messages, and the people to act as.
import { byId, element } from './dom.js';

/** The channels that a person can write in; the last one is the direct messages with the bot. */
export function channelsOf(world, person) {
  const inGuilds = world.guilds.flatMap(({ channels }) => channels.filter(({ isTextBased }) => isTextBased));
  return [...inGuilds, { id: person?.dm, name: world.bot, isDm: true }];
}

/** A channel's name with the prefix that Discord shows. */
export function channelLabel({ name, isThread, isArchived, isDm, type }) {
  const prefix = isDm ? '@ ' : isThread ? '↳ ' : type === 2 ? 'Voice: ' : '# ';
  return `${prefix}${name}${isArchived ? ' (archived)' : ''}`;
}

/** Draws the list of channels. @param open called with the chosen channel */
export function drawChannels(world, person, current, open) {
  const button = (channel) =>
    element(
      'li',
      {},
      element(
        'button',
        {
          type: 'button',
          'aria-current': channel.id === current.id ? 'true' : undefined,
          onclick: () => open(channel),
        },
        channelLabel(channel),
      ),
    );
  const lists = world.guilds.map(({ name, channels }) => [
    element('h2', {}, name),
    element(
      'ul',
      {},
      channels.map((channel) =>
        channel.isTextBased ? button(channel) : element('li', { class: 'note' }, `Forum: ${channel.name}`),
      ),
    ),
  ]);
  byId('channels').replaceChildren(
    ...lists.flat(),
    element('h2', {}, 'Direct messages'),
    element('ul', {}, button(channelsOf(world, person).at(-1))),
  );
}

/** Draws the people to act as. @param choose called with the chosen person */
export function drawPeople({ people }, current, choose) {
  const choices = people.map((person) =>
    element(
      'label',
      {},
      element('input', {
        type: 'radio',
        name: 'person',
        value: person.id,
        checked: person.id === current.id,
        onchange: () => choose(person),
      }),
      element('span', {}, person.name, ' ', element('small', {}, person.role)),
    ),
  );
  byId('people').replaceChildren(element('legend', {}, 'You are'), ...choices);
}
