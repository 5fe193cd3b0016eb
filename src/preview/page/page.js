// The preview page: who one is, where one looks, and what happens there.
import { setUpBox } from './box.js';
import { ask, byId } from './dom.js';
import { openMessageMenu } from './message-menu.js';
import { messageItem } from './messages.js';
import { openModal } from './modal.js';
import { setUpPanels, showConnection, showPins, showSide } from './panels.js';
import { drawPeople, drawPlaces, labelOf, placesOf } from './places.js';
import { addRefusal, drawRefusals } from './refusals.js';
import { setUpScroller } from './scroller.js';
import { setUpTheme } from './theme.js';

let world;
let person;
let channel;
let view = { names: {}, channels: {}, menu: [], messages: [], pins: [] };
/** Message id → the JSON that its element shows, so that what has not changed stays in place. */
const drawn = new Map();
/** Ephemeral messages that their viewer no longer wants to see. */
const dismissed = new Set();

const acting = () => ({ as: person.id, channel: channel.id });

/** Sends what somebody did. @returns the answer; undefined where it failed, which the notice then says */
async function act(path, body) {
  fail(null);
  try {
    return await send(path, body);
  } catch (error) {
    fail(error);
    return undefined;
  }
}

/** A modal is opened; a new message of one's own doing is brought into sight, wherever one was reading. */
async function send(path, body) {
  const known = new Set(drawn.keys());
  const answer = await ask(path, { ...acting(), ...body });
  const { modal, interaction, message } = answer;
  if (modal) openModal(modal, view, (values) => send('submit', { interaction, values }));
  else if (message && !known.has(message)) {
    scroller.toEnd();
    look();
  }
  return answer;
}

/** Says what went wrong; null takes that away again. */
function fail(error) {
  byId('notice').textContent = error?.message ?? '';
}

const acts = {
  press: (message, customId) => act('press', { message: message.id, customId }),
  choose: (message, customId, values) => act('choose', { message: message.id, customId, values }),
  dismiss(message) {
    dismissed.add(message.id);
    draw(view);
    byId('text').focus();
  },
  more(message, from, at) {
    const name = message.author.global_name ?? message.author.username;
    const commands = view.menu.map((label) => ({
      label: `Apps: ${label}`,
      act: async () => {
        const answer = await act('menu', { message: message.id, name: label });
        if (!answer?.message) return;
        // The answer stands at the end of the channel, which may be far from the message.
        await look();
        show(answer.message);
      },
    }));
    const own = [
      ...(message.isEphemeral ? [] : [{ label: 'Reply', act: () => box.reply(message.id, name) }]),
      { label: `Mention ${name}`, act: () => box.mention(name) },
      { label: 'Copy text', act: () => navigator.clipboard.writeText(textOf(message)).catch(fail) },
    ];
    openMessageMenu([...own, ...(message.isEphemeral ? [] : commands)], from, at);
  },
};

const textOf = ({ content, embeds }) =>
  [content, ...embeds.flatMap(({ title, description }) => [title, description])].filter(Boolean).join('\n\n');

// ---- where and who

async function loadWorld() {
  world = await ask('state');
  document.title = `${world.bot} – local preview`;
  document.querySelector('h1').textContent = document.title;
  showConnection(world.isConnected);
  person = world.people.find(({ id }) => id === person?.id) ?? world.people[0];
  const places = placesOf(world, person);
  channel = places.find(({ id }) => id === channel?.id) ?? places[0];
  byId('to-map').hidden = !world.hasMap;
  drawPeople(world, person, become);
  drawPlaces(world, person, channel, visit);
  drawRefusals(world.refusals);
}

function become(next) {
  const wasDm = channel.id === person.dm;
  person = next;
  if (wasDm) channel = placesOf(world, person).at(-1);
  drawPlaces(world, person, channel, visit);
  return lookAnew();
}

function visit(place) {
  channel = place;
  drawPlaces(world, person, channel, visit);
  showSide(false);
  showPins(false);
  byId('text').focus();
  return lookAnew();
}

// ---- what is there

function lookAnew() {
  drawn.clear();
  byId('messages').replaceChildren();
  fail(null);
  box.reply(null);
  scroller.toEnd();
  return look();
}

let looking = null;
let isStale = false;

/** Draws the channel; while that is under way, further calls make for one more round. */
function look() {
  isStale = true;
  looking ??= lookOnce();
  return looking;
}

async function lookOnce() {
  try {
    while (isStale) {
      isStale = false;
      const { as, channel: id } = acting();
      const next = await ask(`channel?as=${as}&channel=${id}`);
      if (as === person.id && id === channel.id) draw({ ...next, viewer: as });
    }
  } catch (error) {
    fail(error);
  } finally {
    looking = null;
  }
}

/** Brings a message of this channel into sight. */
function show(messageId) {
  const item = drawn.get(messageId)?.item;
  if (item?.isConnected) scroller.show(item);
  else fail(new Error('This message is no longer there'));
}

function draw(next) {
  view = next;
  byId('place').textContent = labelOf(channel);
  byId('dms').hidden = channel.id !== person.dm;
  byId('dms-open').checked = !person.dmsClosed;
  const focused = document.activeElement?.closest('[data-message]')?.dataset.message;
  const control = document.activeElement?.dataset.control;
  const items = view.messages
    .filter(({ id }) => !dismissed.has(id))
    .map((message) => {
      const known = drawn.get(message.id);
      const json = JSON.stringify(message);
      if (known?.json === json) return known.item;
      const item = messageItem(message, view, acts);
      drawn.set(message.id, { json, item });
      return item;
    });
  arrange(byId('messages'), items);
  byId('welcome').hidden = items.length > 0;
  restoreFocus(focused, control);
  const { press, choose, dismiss } = acts;
  byId('pins').replaceChildren(...view.pins.map((message) => messageItem(message, view, { press, choose, dismiss })));
  byId('no-pins').hidden = view.pins.length > 0;
  byId('open-pins').textContent = `Pinned messages (${view.pins.length})`;
}

/** Only what is new or gone is touched, so that screen readers are told of nothing else. */
function arrange(list, items) {
  for (const child of [...list.children]) if (!items.includes(child)) child.remove();
  items.forEach((item, at) => {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
  });
}

/** A message that was updated in place keeps the focus: on the same control, else on the message. */
function restoreFocus(messageId, controlId) {
  const item = drawn.get(messageId)?.item;
  if (!item || item.contains(document.activeElement)) return;
  const controls = [...item.querySelectorAll('[data-control]')];
  (controls.find(({ dataset }) => dataset.control === controlId) ?? item).focus({ preventScroll: true });
}

// ---- what is pressed

/** Links to a message lead there on this page; Discord is not touched. */
document.addEventListener('click', async (event) => {
  const link = event.target.closest('a[data-to-message]');
  if (!link) return;
  event.preventDefault();
  const place = placesOf(world, person).find(({ id }) => id === link.dataset.toChannel);
  if (place && place.id !== channel.id) await visit(place);
  else showPins(false);
  show(link.dataset.toMessage);
});

byId('clear-refusals').addEventListener('click', () => {
  drawRefusals([]);
  byId('text').focus();
});
byId('dms-open').addEventListener('change', async ({ target }) => {
  person.dmsClosed = !target.checked;
  await ask('dms', { as: person.id, isClosed: person.dmsClosed }).catch(fail);
});

// ---- start

function listen() {
  const source = new EventSource('/preview/events');
  source.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.name === 'connection') showConnection(event.connected);
    else if (event.name === 'refusal') addRefusal(event.refusal);
    else if (/^(guild|channel)/.test(event.name)) loadWorld().then(look, fail);
    else if (event.name !== 'interaction' && (event.channel === undefined || event.channel === channel.id)) look();
  };
  source.onerror = () => {
    showConnection(false, 'The preview has stopped, or is starting anew …');
  };
  // After a break, whatever was missed is looked up.
  source.onopen = () => loadWorld().then(look, fail);
}

setUpTheme();
setUpPanels();
const scroller = setUpScroller(byId('scroller'), byId('messages'));
const box = setUpBox(acting, (text, more) => act('run', { text, ...more }), fail);
await loadWorld();
await look();
listen();
