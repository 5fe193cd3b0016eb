// The left side: servers with their channels, direct messages, and who one is.
import { byId, element } from './dom.js';

/** Everywhere a person can write: channels, then their direct messages with the bot. */
export function placesOf(world, person) {
  const inGuilds = world.guilds.flatMap(({ channels }) => channels.filter(({ isTextBased }) => isTextBased));
  return [...inGuilds, { id: person?.dm, name: world.bot, isDm: true }];
}

/** A place's name with Discord's sign before it. */
export function labelOf({ name, isThread, isArchived, isDm, type }) {
  const sign = isDm ? '@ ' : isThread ? '↳ ' : type === 2 ? 'Voice: ' : '# ';
  return `${sign}${name}${isArchived ? ' (archived)' : ''}`;
}

/** Draws the list of places. @param visit is told where to go */
export function drawPlaces(world, person, channel, visit) {
  const button = (place) =>
    element(
      'li',
      {},
      element(
        'button',
        { type: 'button', 'aria-current': place.id === channel.id ? 'true' : undefined, onclick: () => visit(place) },
        labelOf(place),
      ),
    );
  const lists = world.guilds.map(({ name, channels }) => [
    element('h2', {}, name),
    element(
      'ul',
      {},
      channels.map((place) =>
        place.isTextBased ? button(place) : element('li', { class: 'note' }, `Forum: ${place.name}`),
      ),
    ),
  ]);
  byId('places').replaceChildren(
    ...lists.flat(),
    element('h2', {}, 'Direct messages'),
    element('ul', {}, button(placesOf(world, person).at(-1))),
  );
}

/** Draws who one can be. @param become is told whom to play */
export function drawPeople({ people }, person, become) {
  const choices = people.map((each) =>
    element(
      'label',
      {},
      element('input', {
        type: 'radio',
        name: 'person',
        value: each.id,
        checked: each.id === person.id,
        onchange: () => become(each),
      }),
      element('span', {}, each.name, ' ', element('small', {}, each.role)),
    ),
  );
  byId('people').replaceChildren(element('legend', {}, 'You are'), ...choices);
}
