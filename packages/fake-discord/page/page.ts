// The page: acts as one of the people in one of the channels, and shows what happens there.
import type { MessageView } from '../src/message-types.ts';
import type { AnswerView, EventView, MessagesView, PersonView, WorldView } from '../src/page-types.ts';
import { channelLabel, channelsOf, directMessagesOf, drawChannels, drawPeople, type Place } from './channel-list.ts';
import { type Extras, setUpComposer } from './composer.ts';
import { ask, byId, firstIn } from './dom.ts';
import { replaceChanged, restoreFocus } from './message-list.ts';
import { openMessageMenu } from './message-menu.ts';
import { type MessageHandlers, messageItem, type Viewed } from './messages.ts';
import { type FieldValues, openModal } from './modal.ts';
import { setUpPanels, showConnection, showPins, showSide } from './panels.ts';
import { addRefusal, drawRefusals } from './refusals.ts';
import { setUpScroller } from './scroller.ts';
import type { Actor } from './suggester.ts';
import { setUpTheme } from './theme.ts';

let world: WorldView = { bot: '', isConnected: false, link: null, refusals: [], guilds: [], people: [] };
/** Undefined where there is nobody to act as. */
let person: PersonView | undefined;
let channel: Place | undefined;
let view: MessagesView & Viewed = { names: {}, channels: {}, menu: [], messages: [], pins: [], viewer: '' };
/** By message id: the JSON and the element it was drawn as, so that unchanged messages keep their element. */
const drawn = new Map<string, { readonly json: string; readonly item: HTMLElement }>();
/** Ids of ephemeral messages that were dismissed. */
const dismissed = new Set<string>();

/** Who acts, and where. @throws {Error} where there is nobody to act as */
function actor(): Actor {
  if (!person || !channel) throw new Error('There is nobody to act as');
  return { as: person.id, channel: channel.id };
}

/** What is sent with an action, besides who acts where. */
interface Actions {
  run: Extras & { readonly text: string };
  press: { readonly message: string; readonly customId: string };
  choose: Actions['press'] & { readonly values: readonly string[] };
  menu: { readonly message: string; readonly name: string };
  submit: { readonly interaction: string; readonly values: FieldValues };
}

/** Sends an action. @returns the answer; undefined on failure, which is shown */
async function perform<Name extends keyof Actions>(name: Name, body: Actions[Name]): Promise<AnswerView | undefined> {
  showError(null);
  try {
    return await send(name, body);
  } catch (error) {
    showError(error);
    return undefined;
  }
}

/** Sends an action, opens the modal of the answer, and scrolls to a new message of one's own. */
async function send<Name extends keyof Actions>(name: Name, body: Actions[Name]): Promise<AnswerView> {
  const known = new Set(drawn.keys());
  const answer: AnswerView = await ask(name, { body: { ...actor(), ...body } });
  if ('modal' in answer) {
    const { modal, interaction } = answer;
    openModal(modal, view, (values) => send('submit', { interaction, values }));
  } else if (answer.message && !known.has(answer.message)) {
    scroller.toEnd();
    refresh();
  }
  return answer;
}

/** Shows an error above the input; null hides it. */
function showError(error: unknown): void {
  byId('notice').textContent = error instanceof Error ? error.message : '';
}

const handlers: Required<MessageHandlers> = {
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

const textOf = ({ content, embeds }: MessageView) =>
  [content, ...embeds.flatMap(({ title, description }) => [title, description])].filter(Boolean).join('\n\n');

// ---- people and channels

async function loadWorld(): Promise<void> {
  world = await ask('state');
  document.title = `${world.bot} – local Discord`;
  firstIn(document, 'h1').textContent = document.title;
  showConnection(world.isConnected);
  person = world.people.find(({ id }) => id === person?.id) ?? world.people[0];
  const channels = channelsOf(world, person);
  channel = channels.find(({ id }) => id === channel?.id) ?? channels[0];
  const other = byId('other-page', HTMLAnchorElement);
  other.hidden = world.link === null;
  if (world.link) Object.assign(other, { href: world.link.path, textContent: world.link.title });
  drawPeople(world, person, switchPerson);
  drawChannels(world, person, channel, openChannel);
  drawRefusals(world.refusals);
}

function switchPerson(next: PersonView): Promise<void> {
  const wasDm = channel?.id === person?.dm;
  person = next;
  if (wasDm) channel = directMessagesOf(world, next);
  drawChannels(world, person, channel, openChannel);
  return redraw();
}

function openChannel(next: Place): Promise<void> {
  channel = next;
  drawChannels(world, person, channel, openChannel);
  showSide(false);
  showPins(false);
  byId('text').focus();
  return redraw();
}

// ---- messages

function redraw(): Promise<void> {
  drawn.clear();
  byId('messages').replaceChildren();
  showError(null);
  composer.reply(null);
  scroller.toEnd();
  return refresh();
}

let refreshing: Promise<void> | null = null;
let isStale = false;

/** Loads and draws the channel. A call while this is under way causes one more round. */
function refresh(): Promise<void> {
  isStale = true;
  refreshing ??= refreshUntilFresh();
  return refreshing;
}

async function refreshUntilFresh(): Promise<void> {
  try {
    while (isStale) {
      isStale = false;
      const asked = actor();
      const next = await ask('channel', { query: { ...asked } });
      const { as, channel: id } = actor();
      if (asked.as === as && asked.channel === id) draw({ ...next, viewer: as });
    }
  } catch (error) {
    showError(error);
  } finally {
    refreshing = null;
  }
}

/** Scrolls to a message of this channel. */
function scrollTo(messageId: string): void {
  const item = drawn.get(messageId)?.item;
  if (item?.isConnected) scroller.show(item);
  else showError(new Error('This message no longer exists'));
}

function draw(next: MessagesView & Viewed): void {
  if (!person || !channel) return;
  view = next;
  byId('channel').textContent = channelLabel(channel);
  byId('dms').hidden = channel.id !== person.dm;
  byId('dms-open', HTMLInputElement).checked = !person.dmsClosed;
  const focused = document.activeElement?.closest('[data-message]')?.getAttribute('data-message');
  const control = document.activeElement?.getAttribute('data-control');
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
  if (focused) restoreFocus(drawn.get(focused)?.item, control);
  const { openMenu: _, ...pinHandlers } = handlers;
  byId('pins').replaceChildren(...view.pins.map((message) => messageItem(message, view, pinHandlers)));
  byId('no-pins').hidden = view.pins.length > 0;
  byId('open-pins').textContent = `Pinned messages (${view.pins.length})`;
}

// ---- clicks

/** Links to messages open them on this page, not on Discord. */
document.addEventListener('click', async (event) => {
  const link = event.target instanceof Element ? event.target.closest('a[data-to-message]') : null;
  if (!(link instanceof HTMLElement)) return;
  event.preventDefault();
  const target = channelsOf(world, person).find(({ id }) => id === link.dataset.toChannel);
  if (target && target.id !== channel?.id) await openChannel(target);
  else showPins(false);
  scrollTo(link.dataset.toMessage ?? '');
});

byId('clear-refusals').addEventListener('click', () => {
  drawRefusals([]);
  byId('text').focus();
});
byId('dms-open').addEventListener('change', async () => {
  if (!person) return;
  const isClosed = !byId('dms-open', HTMLInputElement).checked;
  person.dmsClosed = isClosed;
  await ask('dms', { body: { as: person.id, isClosed } }).catch(showError);
});

// ---- start

function listen(): void {
  const source = new EventSource('/page/api/events');
  source.onmessage = ({ data }) => {
    // The server sends nothing else.
    const event: EventView = JSON.parse(data);
    if (event.name === 'connection') showConnection(event.connected);
    else if (event.name === 'refusal') addRefusal(event.refusal);
    else if (/^(guild|channel)/.test(event.name)) loadWorld().then(refresh, showError);
    else if (event.name !== 'interaction' && (event.channel === undefined || event.channel === channel?.id)) refresh();
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
