// The preview page: who one is, where one looks, and what happens there.
import { setUpBox } from './box.js';
import { ask, byId, element } from './dom.js';
import { messageItem } from './messages.js';
import { openModal } from './modal.js';

const KEPT_REFUSALS = 20;

let world;
let person;
let channel;
let view = { names: {}, channels: {}, menu: [], messages: [], pins: [] };
/** Message id → the JSON that its element shows, so that what has not changed stays in place. */
const drawn = new Map();

const acting = () => ({ as: person.id, channel: channel.id });

async function act(path, body) {
  byId('notice').textContent = '';
  try {
    const answer = await ask(path, { ...acting(), ...body });
    if (answer.modal) openModal(answer.modal, view, (values) => submit(answer.interaction, values));
    return true;
  } catch (error) {
    fail(error);
    return false;
  }
}

async function submit(interaction, values) {
  const answer = await ask('submit', { ...acting(), interaction, values });
  if (answer.modal) openModal(answer.modal, view, (next) => submit(answer.interaction, next));
}

function fail(error) {
  byId('notice').textContent = error.message;
}

const acts = {
  press: (message, customId) => act('press', { message: message.id, customId }),
  choose: (message, customId, values) => act('choose', { message: message.id, customId, values }),
  menu: (message, name) => act('menu', { message: message.id, name }),
};

// ---- where and who

async function loadWorld() {
  world = await ask('state');
  document.title = `${world.bot} – local preview`;
  document.querySelector('h1').textContent = document.title;
  showConnection(world.isConnected);
  person = world.people.find(({ id }) => id === person?.id) ?? world.people[0];
  const places = placesOf();
  channel = places.find(({ id }) => id === channel?.id) ?? places[0];
  drawPeople();
  drawPlaces();
  byId('refusals').replaceChildren(...world.refusals.map(refusalItem));
  byId('refused').hidden = world.refusals.length === 0;
}

function placesOf() {
  const inGuilds = world.guilds.flatMap(({ channels }) => channels.filter(({ holdsMessages }) => holdsMessages));
  return [...inGuilds, { id: person?.dm, name: world.bot, isDm: true }];
}

function drawPeople() {
  const choices = world.people.map((each) => {
    const radio = element('input', {
      type: 'radio',
      name: 'person',
      value: each.id,
      checked: each.id === person.id,
      onchange: () => become(each),
    });
    return element('label', {}, radio, ` ${each.name} (${each.role})`);
  });
  byId('people').replaceChildren(element('legend', {}, 'You are'), ...choices);
}

function drawPlaces() {
  const button = (place, label) =>
    element(
      'li',
      {},
      element(
        'button',
        { type: 'button', 'aria-current': place.id === channel.id ? 'true' : undefined, onclick: () => visit(place) },
        label,
      ),
    );
  const lists = world.guilds.map(({ name, channels }) => [
    element('h3', {}, name),
    element(
      'ul',
      {},
      channels.map((place) =>
        place.holdsMessages ? button(place, labelOf(place)) : element('li', { class: 'meta' }, `Forum: ${place.name}`),
      ),
    ),
  ]);
  const dm = placesOf().at(-1);
  byId('places').replaceChildren(
    ...lists.flat(),
    element('h3', {}, 'Direct messages'),
    element('ul', {}, button(dm, labelOf(dm))),
  );
}

function labelOf({ name, isThread, isArchived, isDm, type }) {
  const sign = isDm ? '@ ' : isThread ? '↳ ' : type === 2 ? 'Voice: ' : '# ';
  return `${sign}${name}${isArchived ? ' (archived)' : ''}`;
}

function become(next) {
  const wasDm = channel.id === person.dm;
  person = next;
  if (wasDm) channel = placesOf().at(-1);
  drawPlaces();
  return lookAnew();
}

function visit(place) {
  channel = place;
  drawPlaces();
  return lookAnew();
}

// ---- what is there

function lookAnew() {
  drawn.clear();
  byId('messages').replaceChildren();
  byId('notice').textContent = '';
  return look();
}

let isLooking = false;
let isStale = false;

/** Draws the channel; while that is under way, further calls make for one more round. */
async function look() {
  isStale = true;
  if (isLooking) return;
  isLooking = true;
  try {
    while (isStale) {
      isStale = false;
      const { as, channel: id } = acting();
      const next = await ask(`channel?as=${as}&channel=${id}`);
      if (as === person.id && id === channel.id) draw(next);
    }
  } catch (error) {
    fail(error);
  } finally {
    isLooking = false;
  }
}

function draw(next) {
  view = next;
  byId('place').textContent = labelOf(channel);
  byId('dms').hidden = channel.id !== person.dm;
  byId('dms-open').checked = !person.dmsClosed;
  const list = byId('messages');
  const isAtEnd = list.scrollHeight - list.scrollTop - list.clientHeight < 80;
  const focused = document.activeElement?.closest('[data-message]')?.dataset.message;
  const control = document.activeElement?.dataset.control;
  const items = view.messages.map((message) => {
    const known = drawn.get(message.id);
    const json = JSON.stringify([message, view.menu]);
    if (known?.json === json) return known.item;
    const item = messageItem(message, view, acts);
    drawn.set(message.id, { json, item });
    return item;
  });
  list.replaceChildren(...items);
  if (isAtEnd) list.scrollTop = list.scrollHeight;
  restoreFocus(focused, control);
  byId('pinned').hidden = view.pins.length === 0;
  byId('pins').replaceChildren(...view.pins.map((message) => messageItem(message, { ...view, menu: [] }, acts)));
}

/** A message that was updated in place keeps the focus: on the same control, else on the message. */
function restoreFocus(messageId, controlId) {
  if (messageId === undefined) return;
  const item = drawn.get(messageId)?.item;
  const same = [...(item?.querySelectorAll('[data-control]') ?? [])].find(
    ({ dataset }) => dataset.control === controlId,
  );
  (same ?? item)?.focus();
}

// ---- what goes wrong

function refusalItem({ method, route, status, code, message, errors }) {
  const paths = flatten(errors ?? {}).map(({ path, error }) =>
    element('li', {}, element('code', {}, path), ` ${error.message} (${error.code})`),
  );
  return element('li', {}, `${method} ${route} – ${status}, code ${code}: ${message}`, element('ul', {}, paths));
}

function flatten(tree, path = []) {
  return Object.entries(tree).flatMap(([key, inner]) =>
    key === '_errors' ? inner.map((error) => ({ path: path.join('.'), error })) : flatten(inner, [...path, key]),
  );
}

function showRefusal(refusal) {
  const list = byId('refusals');
  byId('refused').hidden = false;
  list.prepend(refusalItem(refusal));
  while (list.children.length > KEPT_REFUSALS) list.lastChild.remove();
}

function showConnection(isConnected) {
  byId('connection').textContent = isConnected ? 'The bot is connected.' : 'The bot is not connected.';
}

// ---- start

function listen() {
  const source = new EventSource('/preview/events');
  source.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.name === 'connection') showConnection(event.connected);
    else if (event.name === 'refusal') showRefusal(event.refusal);
    else if (/^(guild|channel)/.test(event.name)) loadWorld().then(look, fail);
    else if (event.name !== 'interaction' && (event.channel === undefined || event.channel === channel.id)) look();
  };
  source.onerror = () => {
    byId('connection').textContent = 'The preview has stopped, or is starting anew …';
  };
  // After a break, whatever was missed is looked up.
  source.onopen = () => loadWorld().then(look, fail);
}

byId('dms-open').addEventListener('change', async ({ target }) => {
  person.dmsClosed = !target.checked;
  await ask('dms', { as: person.id, isClosed: person.dmsClosed }).catch(fail);
});
setUpBox(acting, (text, files) => act('run', { text, files }), fail);
await loadWorld();
await look();
listen();
