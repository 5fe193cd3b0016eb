// The page: acts as one of the people in one of the channels, and shows what happens there.
import type { AnswerView, MessagesView, PersonView, WorldView } from '../src/page-types.ts';
import { channelLabel, channelsOf, directMessagesOf, drawChannels, drawPeople, type Place } from './channel-list.ts';
import { type Extras, setUpComposer } from './composer.ts';
import { ask, byId, firstIn } from './dom.ts';
import { listen } from './live-events.ts';
import { MessageList } from './message-list.ts';
import { openMessageMenu } from './message-menu.ts';
import { type MessageHandlers, messageItem, textOf, type Viewed } from './messages.ts';
import { type FieldValues, openModal } from './modal.ts';
import { setUpPanels, showConnection, showPins, showSide } from './panels.ts';
import { drawRefusals, hideRefusals } from './refusals.ts';
import { setUpScroller } from './scroller.ts';
import type { Actor } from './suggester.ts';
import { setUpTheme } from './theme.ts';

let world: WorldView = { bot: '', isConnected: false, link: null, refusals: [], guilds: [], people: [] };
/** Undefined where there is nobody to act as. */
let person: PersonView | undefined;
let channel: Place | undefined;
let view: MessagesView & Viewed = { names: {}, channels: {}, menu: [], messages: [], pins: [], viewer: '' };
const messages = new MessageList(byId('messages'));
const pins = new MessageList(byId('pins'));
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
  const known = messages.ids();
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

// ---- people and channels

/** Loads everything: at the start, after a reconnect, and when servers, channels or people change. */
async function reload(): Promise<void> {
  await tryToLoad(loadWorld);
  await refresh();
}

/** What failed to load is shown as an error until something loads. */
let isLoadFailing = false;

async function tryToLoad(load: () => Promise<void>): Promise<void> {
  try {
    await load();
    if (isLoadFailing) showError(null);
    isLoadFailing = false;
  } catch (error) {
    isLoadFailing = true;
    showError(error);
  }
}

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
  for (const list of [messages, pins]) list.clear();
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
  await tryToLoad(async () => {
    while (isStale) {
      isStale = false;
      if (!person || !channel) {
        drawNobody();
        continue;
      }
      const asked = actor();
      const next = await ask('channel', { query: { ...asked } });
      const { as, channel: id } = actor();
      if (asked.as === as && asked.channel === id) draw({ ...next, viewer: as });
    }
  });
  refreshing = null;
}

/** What is shown as long as there is nobody to act as. */
function drawNobody(): void {
  byId('welcome').textContent = 'Nobody can act yet. People appear here as soon as they join a server.';
  byId('welcome').hidden = false;
}

/** Scrolls to a message of this channel. */
function scrollTo(messageId: string): void {
  const item = messages.itemOf(messageId);
  if (item?.isConnected) scroller.show(item);
  else showError(new Error('This message no longer exists'));
}

function draw(next: MessagesView & Viewed): void {
  if (!person || !channel) return;
  // Messages are drawn with the names that they mention.
  if (JSON.stringify(namesOf(next)) !== JSON.stringify(namesOf(view)))
    for (const list of [messages, pins]) list.forget();
  view = next;
  byId('channel').textContent = channelLabel(channel);
  byId('dms').hidden = channel.id !== person.dm;
  byId('dms-open', HTMLInputElement).checked = !person.dmsClosed;
  const shown = view.messages.filter(({ id }) => !dismissed.has(id));
  messages.draw(shown, (message) => messageItem(message, view, handlers));
  byId('welcome').textContent = "No messages yet. Type / below to see the bot's commands.";
  byId('welcome').hidden = shown.length > 0;
  const { openMenu: _, ...pinHandlers } = handlers;
  pins.draw(view.pins, (message) => messageItem(message, view, pinHandlers));
  byId('no-pins').hidden = view.pins.length > 0;
  byId('open-pins').textContent = `Pinned messages (${view.pins.length})`;
}

const namesOf = ({ names, channels }: Viewed) => [names, channels];

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
  hideRefusals();
  byId('text').focus();
});
byId('dms-open').addEventListener('change', async () => {
  if (!person) return;
  const isClosed = !byId('dms-open', HTMLInputElement).checked;
  person.dmsClosed = isClosed;
  await ask('dms', { body: { as: person.id, isClosed } }).catch(showError);
});

// ---- start

setUpTheme();
setUpPanels();
const scroller = setUpScroller(byId('scroller'), byId('messages'));
const composer = setUpComposer(actor, (text, more) => perform('run', { text, ...more }), showError);
await reload();
listen(reload, (channelId = channel?.id) => (channelId === channel?.id ? refresh() : undefined));
