// Sends, edits and deletes messages.
import { MessageFlags } from 'discord-api-types/v10';
import { apiError, invalidForm } from './api-error.ts';
import { editThread } from './guilds.ts';
import { MESSAGE } from './limits.ts';
import type { MentionDefault } from './mentions.ts';
import { canNotifyRole, resolveMentions } from './mentions.ts';
import type { Attachment, Channel, InteractionOrigin, Message, Snapshot, Upload, User, World } from './model.ts';
import type { Embed } from './schema/embed.ts';
import type { MessageForm } from './schema/message.ts';
import { storeFile } from './world.ts';

/** A message before it is sent: where, by whom, and what only Discord itself decides. */
export interface MessageDraft {
  /** By default the next id. */
  readonly id?: string;
  readonly channel: Channel;
  readonly author: User;
  readonly form: MessageForm;
  readonly uploads?: readonly Upload[];
  /** Files that are already stored: those of people. */
  readonly attachments?: readonly Attachment[];
  readonly stickers?: Message['stickers'];
  readonly forwarded?: Message['forwarded'];
  readonly type?: number;
  /** Set for an ephemeral message. */
  readonly viewer?: User | null;
  /** Flags that only Discord sets, such as LOADING. */
  readonly flags?: number;
  readonly mentionDefault?: MentionDefault;
  readonly replyTo?: Message['replyTo'];
  readonly origin?: InteractionOrigin | null;
  /** A deferred answer is empty until its content arrives. */
  readonly allowEmpty?: boolean;
}

/**
 * Adds a message to its channel and emits the event.
 * @throws ApiError 50006 for an empty message, 50035 for more than ten files
 */
export function sendMessage(world: World, sending: MessageDraft): Message {
  const { channel, author, form, uploads = [], viewer = null, replyTo = null } = sending;
  const type = sending.type ?? (replyTo === null ? 0 : 19);
  const replied = type === 19 ? replyTo?.channel.messages.get(replyTo.messageId)?.author : undefined;
  checkFileCount(uploads.length);
  const { stickers = [] } = sending;
  const forwarded = sending.forwarded ? copyOf(sending.forwarded) : null;
  const attachments = [...(sending.attachments ?? []), ...uploads.map((upload) => storeUpload(world, upload, form))];
  const content = form.content ?? '';
  const message: Message = {
    id: sending.id ?? world.clock.nextId(),
    channel,
    author,
    type,
    viewer,
    content,
    embeds: resolveFiles(form.embeds ?? [], attachments),
    components: form.components ?? [],
    attachments,
    stickers,
    forwarded,
    flags: (form.flags ?? 0) | (sending.flags ?? 0) | (forwarded === null ? 0 : MessageFlags.HasSnapshot),
    tts: form.tts ?? false,
    notifies: resolveMentions(content, {
      allowed: form.allowed_mentions,
      fallback: sending.mentionDefault ?? 'message',
      replied,
      canNotify: canNotifyRole(world, channel, author),
    }),
    nonce: form.nonce ?? null,
    replyTo,
    origin: sending.origin ?? null,
    createdAt: world.clock.now(),
    editedAt: null,
    pinnedAt: null,
    reactions: new Set(),
    revision: 0,
    isDeleted: false,
  };
  const isPlain = stickers.length === 0 && forwarded === null;
  if (!sending.allowEmpty && isPlain && isEmpty(message)) throw apiError(50006);
  world.messages.set(message.id, message);
  if (viewer === null) {
    channel.messages.set(message.id, message);
    if (message.id !== channel.id) channel.totalSent += 1;
  }
  world.events.emit({ name: 'message', message });
  if (viewer === null) unarchive(world, channel);
  return message;
}

/** A message makes an archived thread active (Discord docs, Threads, Active & Archived Threads). */
function unarchive(world: World, channel: Channel): void {
  if (channel.archived) editThread(world, channel, { archived: false });
}

/** A forward keeps what the message was: snapshots "are immutable" (Discord docs, Message resource, Message References). */
function copyOf({ type, content, embeds, attachments, flags, createdAt }: Snapshot): Snapshot {
  return { type, content, embeds, attachments, flags, createdAt };
}

/**
 * Changes only the fields in the form. The message is no longer loading.
 * @throws ApiError 50006 if the message would be empty, 50035 for more than ten files
 */
export function editMessage(
  world: World,
  message: Message,
  form: MessageForm,
  uploads: readonly Upload[],
  fallback: MentionDefault,
): Message {
  const { replyTo } = message;
  const isLoading = (message.flags & MessageFlags.Loading) !== 0;
  const kept =
    form.attachments === undefined
      ? message.attachments
      : message.attachments.filter((each) => form.attachments?.some((wanted) => wanted.id === each.id));
  checkFileCount(kept.length + uploads.length);
  const attachments = [...kept, ...uploads.map((upload) => storeUpload(world, upload, form))];
  const next = {
    content: form.content ?? message.content,
    embeds: form.embeds === undefined ? message.embeds : resolveFiles(form.embeds, attachments),
    components: form.components ?? message.components,
    attachments,
  };
  if (isEmpty(next)) throw apiError(50006);
  const replied = message.type === 19 ? replyTo?.channel.messages.get(replyTo.messageId)?.author : undefined;
  Object.assign(message, next);
  message.notifies = resolveMentions(message.content, {
    allowed: form.allowed_mentions,
    fallback,
    replied,
    canNotify: canNotifyRole(world, message.channel, message.author),
  });
  const settable = MessageFlags.SuppressEmbeds;
  const base = message.flags & ~MessageFlags.Loading;
  message.flags = form.flags === undefined ? base : (base & ~settable) | (form.flags & settable);
  // The content of a deferred answer is its first: clients don't show it as edited.
  if (!isLoading) message.editedAt = world.clock.now();
  message.revision += 1;
  if (!message.isDeleted) world.events.emit({ name: 'messageUpdate', message });
  return message;
}

/** Removes a message from its channel and from the channel's pins. */
export function deleteMessage(world: World, message: Message): void {
  const { id, channel } = message;
  message.isDeleted = true;
  world.messages.delete(id);
  channel.messages.delete(id);
  channel.pins = channel.pins.filter((pinned) => pinned !== message);
  world.events.emit({ name: 'messageDelete', message });
}

/** The messages in a channel that a user sees, oldest first: the public ones and this user's ephemeral ones. */
export function messagesVisibleTo(world: World, channel: Channel, viewer?: User): Message[] {
  return [...world.messages.values()].filter(
    (message) => message.channel === channel && (message.viewer === null || message.viewer === viewer),
  );
}

function isEmpty({
  content,
  embeds,
  components,
  attachments,
}: Pick<Message, 'content' | 'embeds' | 'components' | 'attachments'>): boolean {
  return content === '' && embeds.length === 0 && components.length === 0 && attachments.length === 0;
}

/** Throws ApiError 50035 for more files than a message may have. */
function checkFileCount(count: number): void {
  if (count <= MESSAGE.attachments) return;
  const message = `Must be ${MESSAGE.attachments} or fewer in length.`;
  throw invalidForm([{ path: ['attachments'], code: 'BASE_TYPE_MAX_LENGTH', message }]);
}

function storeUpload(world: World, upload: Upload, form: MessageForm): Attachment {
  const described = form.attachments?.find(({ id }) => upload.field === `files[${id}]`);
  return storeFile(
    world,
    described?.filename ?? upload.filename,
    upload.data,
    upload.contentType,
    described?.description,
  );
}

/** Embeds with `attachment://name` replaced by the file's URL. */
function resolveFiles(embeds: readonly Embed[], attachments: readonly Attachment[]): Embed[] {
  const resolveUrl = (url: string) => {
    const name = /^attachment:\/\/(.+)$/.exec(url)?.[1];
    return attachments.find(({ filename }) => filename === name)?.url ?? url;
  };
  const withIcon = <T extends { icon_url?: string | undefined }>(part: T): T =>
    part.icon_url === undefined ? part : { ...part, icon_url: resolveUrl(part.icon_url) };
  return embeds.map(({ image, thumbnail, author, footer, ...rest }) => ({
    ...rest,
    ...(author ? { author: withIcon(author) } : {}),
    ...(footer ? { footer: withIcon(footer) } : {}),
    ...(image ? { image: { url: resolveUrl(image.url) } } : {}),
    ...(thumbnail ? { thumbnail: { url: resolveUrl(thumbnail.url) } } : {}),
  }));
}
