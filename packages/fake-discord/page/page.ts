// The page: acts as one of the people in one of the channels, and shows what happens there.
import type { AnswerView, MessagesView, PersonView, WorldView } from '../src/page-types.ts';
import {
  channelLabel,
  channelsOf,
  directMessagesOf,
  drawChannels,
  drawLanguage,
  drawPeople,
  type Place,
} from './channel-list.ts';
import { type Extras, setUpComposer } from './composer.ts';
import { ask, byId, firstIn } from './dom.ts';
import { NO_CHOICES } from './entity-input.ts';
import { setUpForum } from './forum.ts';
import { setUpLinks } from './links.ts';
import { listen } from './live-events.ts';
import { createLoader } from './loader.ts';
import { createHandlers } from './message-handlers.ts';
import { MessageList } from './message-list.ts';
import { messageItem, type Viewed } from './messages.ts';
import { type FieldValues, openModal } from './modal.ts';
import { setUpPanels, showConnection, showPins, showSide } from './panels.ts';
import { drawRefusals, hideRefusals } from './refusals.ts';
import { setUpScroller } from './scroller.ts';
import type { Actor } from './suggester.ts';
import { setUpTheme } from './theme.ts';

let world: WorldView = {
  bot: '',
  isConnected: false,
  link: null,
  refusals: [],
  guilds: [],
  people: [],
  locales: [],
};
/** Undefined where there is nobody to act as. */
let person: PersonView | undefined;
let channel: Place | undefined;
let view: MessagesView & Viewed = {
  names: {},
  channels: {},
  menu: [],
  messages: [],
  pins: [],
  posts: [],
  choices: NO_CHOICES,
  viewer: '',
};
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

/** Sends an action, opens the modal of the answer, and scrolls to a message that is new or has changed. */
async function send<Name extends keyof Actions>(name: Name, body: Actions[Name]): Promise<AnswerView> {
  const known = messages.items();
  const answer: AnswerView = await ask(name, { body: { ...actor(), ...body } });
  if ('modal' in answer) {
    const { modal, interaction } = answer;
    openModal(modal, view, (values) => send('submit', { interaction, values }));
  } else if (answer.message && !known.has(answer.message)) {
    scroller.toEnd();
    loader.refresh();
  } else if (answer.message) {
    await loader.refresh();
    const item = messages.itemOf(answer.message);
    if (item?.isConnected && item !== known.get(answer.message)) scroller.reveal(item);
  }
  return answer;
}

/** Shows an error above the input, or in the form of a forum; null hides it. */
function showError(error: unknown): void {
  for (const id of ['notice', 'post-notice']) byId(id).textContent = '';
  const shown = byId('forum').hidden ? 'notice' : 'post-notice';
  byId(shown).textContent = error instanceof Error ? error.message : '';
}

// ---- people and channels

/** Loads everything: at the start, after a reconnect, and when servers, channels or people change. */
async function reload(): Promise<void> {
  await loader.load(loadWorld);
  await loader.refresh();
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
  drawLanguage(world, person);
  drawChannels(world, person, channel, openChannel);
  drawRefusals(world.refusals);
}

function switchPerson(next: PersonView): Promise<void> {
  const wasDm = channel?.id === person?.dm;
  person = next;
  drawLanguage(world, person);
  const channels = channelsOf(world, next);
  if (wasDm) channel = directMessagesOf(world, next);
  else channel = channels.find(({ id }) => id === channel?.id) ?? channels[0];
  drawChannels(world, person, channel, openChannel);
  return redraw();
}

function openChannel(next: Place): Promise<void> {
  channel = next;
  drawChannels(world, person, channel, openChannel);
  showSide(false);
  showPins(false);
  forum.show(isForum(next));
  if (isForum(next)) forum.focus();
  else byId('text').focus();
  return redraw();
}

const isForum = (place: Place) => !place.isDm && place.isForum;

/** Creates a post in the forum that is shown, and opens it. @throws {Error} with the message of the API */
async function createPost(title: string, text: string): Promise<void> {
  const { message } = await ask('post', { body: { ...actor(), title, text } });
  await loadWorld();
  if (message) await openPost(message);
}

async function openPost(id: string): Promise<void> {
  const post = channelsOf(world, person).find((each) => each.id === id);
  if (post) await openChannel(post);
}

// ---- messages

function redraw(): Promise<void> {
  for (const list of [messages, pins]) list.clear();
  showError(null);
  composer.reply(null);
  scroller.toEnd();
  return loader.refresh();
}

/** Loads and draws the channel that is shown. */
async function loadChannel(): Promise<void> {
  if (!person || !channel) return drawNobody();
  const asked = actor();
  const next = await ask('channel', { query: { ...asked } });
  const { as, channel: id } = actor();
  if (asked.as === as && asked.channel === id) draw({ ...next, viewer: as });
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
  // Messages are drawn with the names that they mention, and with what their menus list.
  if (JSON.stringify(namesOf(next)) !== JSON.stringify(namesOf(view)))
    for (const list of [messages, pins]) list.forget();
  view = next;
  byId('channel').textContent = channelLabel(channel);
  forum.show(isForum(channel));
  forum.draw(view.posts);
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

const namesOf = ({ names, channels, roles, choices }: MessagesView & Viewed) => [names, channels, roles, choices];

// ---- clicks

setUpLinks({
  async openMessage(channelId, messageId) {
    const target = channelsOf(world, person).find(({ id }) => id === channelId);
    if (target && target.id !== channel?.id) await openChannel(target);
    else showPins(false);
    if (messageId !== '') scrollTo(messageId);
  },
  typeCommand: (command) => composer.typeCommand(command),
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
byId('language').addEventListener('change', async () => {
  if (!person) return;
  const locale = byId('language', HTMLSelectElement).value;
  person.locale = locale;
  await ask('language', { body: { as: person.id, locale } }).catch(showError);
});

// ---- start

setUpTheme();
setUpPanels();
const loader = createLoader(loadChannel, showError);
const scroller = setUpScroller(byId('scroller'), byId('messages'));
const composer = setUpComposer(actor, (text, more) => perform('run', { text, ...more }), showError);
const forum = setUpForum(createPost, openPost);
const handlers = createHandlers({
  composer,
  choices: () => view.choices,
  commands: () => view.menu,
  perform,
  dismiss(message) {
    dismissed.add(message.id);
    draw(view);
    byId('text').focus();
  },
  async showAnswer(messageId) {
    await loader.refresh();
    scrollTo(messageId);
  },
  showError,
});
await reload();
listen(reload, (channelId = channel?.id) => {
  const isPostHere = view.posts.some(({ id }) => id === channelId);
  if (channelId === channel?.id || isPostHere) loader.refresh();
});
