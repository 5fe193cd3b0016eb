// The limits that the fake Discord enforces, each with the page of Discord's documentation that states it.

/** Discord docs, Message resource, Create Message, Embed Limits and Allowed Mentions. Code points, after trimming. */
export const MESSAGE = {
  content: 2000,
  embeds: 10,
  /** Title, description, field names and values, footer and author of all embeds together. */
  embedsTotal: 6000,
  attachments: 10,
  /** These two: Discord's OpenAPI document, MessageAttachmentRequest. */
  filename: 1024,
  fileDescription: 1024,
  nonce: 25,
  mentionedUsers: 100,
  mentionedRoles: 100,
} as const;

/** Discord docs, Message resource, Embed Limits. */
export const EMBED = {
  title: 256,
  description: 4096,
  fields: 25,
  fieldName: 256,
  fieldValue: 1024,
  footer: 2048,
  author: 256,
  /** These two: Discord's OpenAPI document, RichEmbed. */
  url: 2048,
  color: 0xffffff,
} as const;

/** Discord docs, Component Reference, Custom ID, Button, String Select and Legacy Message Component Behavior. */
export const COMPONENT = {
  rows: 5,
  buttonsPerRow: 5,
  customId: 100,
  label: 80,
  url: 512,
  options: 25,
  optionText: 100,
  selectPlaceholder: 150,
  selectValues: 25,
  /** The largest id: "32 bit integer" (Anatomy of a Component). */
  id: 2 ** 31 - 1,
  /** Discord's OpenAPI document, ComponentEmojiForRequest. */
  emojiName: 32,
} as const;

/** Discord docs, Channel resource, Start Thread in Forum or Media Channel: name and `applied_tags`. */
export const POST = { title: 100, tags: 5 } as const;

/** Discord docs, Channel resource, Channel Types. */
export const CHANNEL_TYPES = [0, 1, 2, 3, 4, 5, 10, 11, 12, 13, 14, 15, 16] as const;

/** Discord docs, API Reference, File Type Filtering: types that one input may list. */
export const FILE_TYPES = 10;

/**
 * Discord docs, Receiving and Responding, Modal; Component Reference, Label, Text Input, File Upload, Radio Group and
 * Checkbox Group.
 */
export const MODAL = {
  title: 45,
  components: 5,
  label: 45,
  description: 100,
  textValue: 4000,
  textPlaceholder: 100,
  /** Discord's OpenAPI document, TextDisplayComponentForModalRequest. */
  textDisplay: 4000,
  files: 10,
  radioOptions: 10,
  checkboxOptions: 10,
} as const;

/** Discord docs, Application Commands, Application Command Object and Registering a Command. */
export const COMMAND = {
  name: 32,
  description: 100,
  options: 25,
  choices: 25,
  choiceName: 100,
  choiceValue: 100,
  textLength: 6000,
  /** The largest NUMBER, and its negative the smallest (Application Command Option Type). */
  number: 2 ** 53,
  /** Names, descriptions and choice values of one command together, the longest localization counting. */
  total: 8000,
  /** Commands per scope, by command type: CHAT_INPUT, USER, MESSAGE, PRIMARY_ENTRY_POINT. */
  perScope: { 1: 100, 2: 15, 3: 15, 4: 1 },
  createsPerDay: 200,
} as const;

/** Discord docs, Opcodes and Status Codes, error 30003; Message resource, Get Channel Pins. */
export const PINS = { perChannel: 250, page: 50 } as const;

/**
 * Discord docs, Receiving and Responding, Interaction Callback: the time for the first answer, and the life of the token.
 * Milliseconds.
 */
export const INTERACTION = { firstAnswer: 3_000, token: 15 * 60_000 } as const;

/**
 * Discord docs, API Reference, Uploading Files: 25 MiB a request, 10 MiB a file by default. The files of one message
 * together are held to the default too: the strictest reading. Bytes.
 */
export const UPLOAD = { file: 10 * 1024 * 1024, together: 10 * 1024 * 1024, request: 25 * 1024 * 1024 } as const;

/** Discord docs, Rate Limits, Global Rate Limit: requests of a bot per second. */
export const GLOBAL_RATE_LIMIT = 50;

/** Discord docs, Gateway, Session Start Limit: sessions that may be started, and in which time (milliseconds). */
export const SESSION_STARTS = { total: 1000, withinMs: 24 * 60 * 60 * 1000 } as const;

/**
 * Discord docs, Gateway, Sending Events: the largest payload in bytes, 4002 above it; Rate Limiting: 4008 above that many
 * in a minute; Hello Event: the interval of the example.
 */
export const GATEWAY = { payload: 4096, sendsPerMinute: 120, heartbeatMs: 45_000 } as const;
