// The page: acts as one of the people in one of the channels, and shows what happens there.
import { channelLabel, channelsOf, drawChannels, drawPeople } from './channel-list.js';
import { setUpComposer } from './composer.js';
import { ask, byId } from './dom.js';
import { openMessageMenu } from './message-menu.js';
import { messageItem } from './messages.js';
import { openModal } from './modal.js';
import { setUpPanels, showConnection, showPins, showSide } from './panels.js';
import { addRefusal, drawRefusals } from './refusals.js';
import { setUpScroller } from './scroller.js';
import { setUpTheme } from './theme.js';

let world;
let person;
let channel;
let view = { names: {}, channels: {}, menu: [], messages: [], pins: [] };
/** By message id: the JSON and the element it was drawn as, so that unchanged messages keep their element. */
const drawn = new Map();
/** Ids of ephemeral messages that were dismissed. */
const dismissed = new Set();

const actor = () => ({ as: person.id, channel: channel.id });

/** Sends an action. @returns the answer; undefined on failure, which is shown */
async function perform(path, body) {
  showError(null);
  try {
    return await send(path, body);
  } catch (error) {
    showError(error);
    return undefined;
  }
}

/** Sends an action, opens the modal of the answer, and scrolls to a new message of one's own. */
async function send(path, body) {
  const known = new Set(drawn.keys());
  const answer = await ask(path, { ...actor(), ...body });
  const { modal, interaction, message } = answer;
  if (modal) openModal(modal, view, (values) => send('submit', { interaction, values }));
  else if (message && !known.has(message)) {
    scroller.toEnd();
    refresh();
  }
  return answer;
}

/** Shows an error above the input; null hides it. */
function showError(error) {
  byId('notice').textContent = error?.message ?? '';
}

const handlers = {
  press: (message, customId) => perform('press', { message: message.id, customId }),
  choose: (message, customId, values) => perform('choose', { message: message.id, customId, values }),
  dismiss(message) {
    dismissed.add(message.id);
    draw(view);
    byId('text').focus();
  },
  openMenu(message, from, at) {
    const name = message.author.global_name ?? message.author.username;
    const commands = view.menu.map((label) => ({
      label: `Apps: ${label}`,
      run: async () => {
        const answer = await perform('menu', { message: message.id, name: label });
        if (!answer?.message) return;
        // The answer is at the end of the channel, perhaps far from the message.
        await refresh();
        scrollTo(answer.message);
      },
    }));
    const entries = [
      ...(message.isEphemeral ? [] : [{ label: 'Reply', run: () => composer.reply(message.id, name) }]),
      { label: `Mention ${name}`, run: () => composer.mention(name) },
      { label: 'Copy text', run: () => navigator.clipboard.writeText(textOf(message)).catch(showError) },
    ];
    openMessageMenu([...entries, ...(message.isEphemeral ? [] : commands)], from, at);
  },
};

const textOf = ({ content, embeds }) =>
  [content, ...embeds.flatMap(({ title, description }) => [title, description])].filter(Boolean).join('\n\n');

// ---- people and channels

async function loadWorld() {
  world = await ask('state');
  document.title = `${world.bot} – local Discord`;
  document.querySelector('h1').textContent = document.title;
  showConnection(world.isConnected);
  person = world.people.find(({ id }) => id === person?.id) ?? world.people[0];
  const channels = channelsOf(world, person);
  channel = channels.find(({ id }) => id === channel?.id) ?? channels[0];
  const other = byId('other-page');
  other.hidden = world.link === null;
  if (world.link) Object.assign(other, { href: world.link.path, textContent: world.link.title });
  drawPeople(world, person, switchPerson);
  drawChannels(world, person, channel, openChannel);
  drawRefusals(world.refusals);
}

function switchPerson(next) {
  const wasDm = channel.id === person.dm;
  person = next;
  if (wasDm) channel = channelsOf(world, person).at(-1);
  drawChannels(world, person, channel, openChannel);
  return redraw();
}

function openChannel(next) {
  channel = next;
  drawChannels(world, person, channel, openChannel);
  showSide(false);
  showPins(false);
  byId('text').focus();
  return redraw();
}

// ---- messages

function redraw() {
  drawn.clear();
  byId('messages').replaceChildren();
  showError(null);
  composer.reply(null);
  scroller.toEnd();
  return refresh();
}

let refreshing = null;
let isStale = false;

/** Loads and draws the channel. A call while this is under way causes one more round. */
function refresh() {
  isStale = true;
  refreshing ??= refreshUntilFresh();
  return refreshing;
}

async function refreshUntilFresh() {
  try {
    while (isStale) {
      isStale = false;
      const { as, channel: id } = actor();
      const next = await ask(`channel?as=${as}&channel=${id}`);
      if (as === person.id && id === channel.id) draw({ ...next, viewer: as });
    }
  } catch (error) {
    showError(error);
  } finally {
    refreshing = null;
  }
}

/** Scrolls to a message of this channel. */
function scrollTo(messageId) {
  const item = drawn.get(messageId)?.item;
  if (item?.isConnected) scroller.show(item);
  else showError(new Error('This message no longer exists'));
}

function draw(next) {
  view = next;
  byId('channel').textContent = channelLabel(channel);
  byId('dms').hidden = channel.id !== person.dm;
  byId('dms-open').checked = !person.dmsClosed;
  const focused = document.activeElement?.closest('[data-message]')?.dataset.message;
  const control = document.activeElement?.dataset.control;
  const items = view.messages
    .filter(({ id }) => !dismissed.has(id))
    .map((message) => {
      const previous = drawn.get(message.id);
      const json = JSON.stringify(message);
      if (previous?.json === json) return previous.item;
      const item = messageItem(message, view, handlers);
      drawn.set(message.id, { json, item });
      return item;
    });
  replaceChanged(byId('messages'), items);
  byId('welcome').hidden = items.length > 0;
  restoreFocus(focused, control);
  const { openMenu: _, ...pinHandlers } = handlers;
  byId('pins').replaceChildren(...view.pins.map((message) => messageItem(message, view, pinHandlers)));
  byId('no-pins').hidden = view.pins.length > 0;
  byId('open-pins').textContent = `Pinned messages (${view.pins.length})`;
}

/** Touches only new and removed items, so that screen readers announce nothing else. */
function replaceChanged(list, items) {
  for (const child of [...list.children]) if (!items.includes(child)) child.remove();
  items.forEach((item, at) => {
    if (list.children[at] !== item) list.insertBefore(item, list.children[at] ?? null);
  });
}

/** Keeps the focus on a message that was updated in place: on the same control, otherwise on the message. */
function restoreFocus(messageId, controlId) {
  const item = drawn.get(messageId)?.item;
  if (!item || item.contains(document.activeElement)) return;
  const controls = [...item.querySelectorAll('[data-control]')];
  (controls.find(({ dataset }) => dataset.control === controlId) ?? item).focus({ preventScroll: true });
}

// ---- clicks

/** Links to messages open them on this page, not on Discord. */
document.addEventListener('click', async (event) => {
  const link = event.target.closest('a[data-to-message]');
  if (!link) return;
  event.preventDefault();
  const target = channelsOf(world, person).find(({ id }) => id === link.dataset.toChannel);
  if (target && target.id !== channel.id) await openChannel(target);
  else showPins(false);
  scrollTo(link.dataset.toMessage);
});

byId('clear-refusals').addEventListener('click', () => {
  drawRefusals([]);
  byId('text').focus();
});
byId('dms-open').addEventListener('change', async ({ target }) => {
  person.dmsClosed = !target.checked;
  await ask('dms', { as: person.id, isClosed: person.dmsClosed }).catch(showError);
});

// ---- start

function listen() {
  const source = new EventSource('/page/api/events');
  source.onmessage = ({ data }) => {
    const event = JSON.parse(data);
    if (event.name === 'connection') showConnection(event.connected);
    else if (event.name === 'refusal') addRefusal(event.refusal);
    else if (/^(guild|channel)/.test(event.name)) loadWorld().then(refresh, showError);
    else if (event.name !== 'interaction' && (event.channel === undefined || event.channel === channel.id)) refresh();
  };
  source.onerror = () => {
    showConnection(false, 'The server has stopped or is restarting …');
  };
  // After a reconnect, events may have been missed.
  source.onopen = () => loadWorld().then(refresh, showError);
}

setUpTheme();
setUpPanels();
const scroller = setUpScroller(byId('scroller'), byId('messages'));
const composer = setUpComposer(actor, (text, more) => perform('run', { text, ...more }), showError);
await loadWorld();
await refresh();
listen();
