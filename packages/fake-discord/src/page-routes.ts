// The page's API: view a channel, type, press, choose, submit. Every failure is answered with { error }.
import { Locale } from 'discord-api-types/v10';
import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import { availableMessageCommands } from './available-commands.ts';
import { fileOptions, parseCommand, resolveNames } from './command-line.ts';
import type { Attachment, Message } from './model.ts';
import type { AnswerView, MessagesView, PageApi } from './page-types.ts';
import type { PageStatus } from './page-view.ts';
import { answerView, channelMessages, worldView } from './page-view.ts';
import type { InteractionResult } from './person.ts';
import { Person } from './person.ts';
import type { Env } from './rest.ts';
import type { Backend } from './routes/route.ts';
import { suggest } from './suggestions.ts';
import { storeFile } from './world.ts';

const action = z.object({ as: z.string(), channel: z.string() });
const typedAction = action.extend({ text: z.string().max(6000) });
const file = z.object({ filename: z.string(), contentType: z.string(), base64: z.string() });
const runAction = typedAction.extend({
  files: z.record(z.string(), file).default({}),
  replyTo: z.string().optional(),
});
const messageAction = action.extend({ message: z.string() });
const pressAction = messageAction.extend({ customId: z.string() });
const chooseAction = pressAction.extend({ values: z.array(z.string()) });
const menuAction = messageAction.extend({ name: z.string() });
const fieldValue = z.union([z.string(), z.boolean(), z.array(z.string()), z.array(file)]);
const submitAction = action.extend({ interaction: z.string(), values: z.record(z.string(), fieldValue) });
const postAction = action.extend({ title: z.string(), text: z.string() });
const dmSetting = z.object({ as: z.string(), isClosed: z.boolean() });
const languageSetting = z.object({ as: z.string(), locale: z.enum(Locale) });

/** The number of open modals that are kept; older ones can't be submitted. */
const OPEN_MODALS = 50;

/** The API at `/page/api`. Answers have the types of `PageApi`, or are `{ error }`. */
export function pageRoutes(backend: Backend, status: PageStatus): Hono<Env> {
  const { world, registry } = backend;
  const actions = new PageActions(backend);
  const app = new Hono<Env>();
  app.get('/state', (c) => c.json(worldView(world, status)));
  app.get('/channel', (c) =>
    respond(c, async () =>
      actions.view({ as: c.req.query('as') ?? '', channel: c.req.query('channel') ?? '' }, new URL(c.req.url).origin),
    ),
  );
  const post = <Path extends keyof PageApi, T extends z.ZodType>(
    path: Path,
    schema: T,
    handle: (body: z.infer<T>) => Promise<PageApi[Path]>,
  ) => app.post(`/${path}`, (c) => respond(c, async () => handle(schema.parse(await c.req.json()))));
  post('suggest', typedAction, async (body) => {
    const person = actions.personOf(body);
    return {
      suggestions: await suggest(world, registry, person, body.text),
      files: fileOptions(registry, person, body.text),
    };
  });
  post('run', runAction, (body) => actions.run(body));
  post('press', pressAction, (body) => actions.press(body));
  post('choose', chooseAction, (body) => actions.choose(body));
  post('menu', menuAction, (body) => actions.menu(body));
  post('submit', submitAction, (body) => actions.submit(body));
  post('post', postAction, (body) => actions.post(body));
  post('dms', dmSetting, async ({ as, isClosed }) => {
    const user = world.users.get(as);
    if (user) user.dmsClosed = isClosed;
    return {};
  });
  post('language', languageSetting, async ({ as, locale }) => {
    const user = world.users.get(as);
    if (user) user.locale = locale;
    return {};
  });
  return app;
}

/** Carries out what the visitor of the page does as one of the people. */
class PageActions {
  readonly #backend: Backend;
  /** Answers that opened a modal, by the interaction's id. */
  readonly #modals = new Map<string, InteractionResult>();

  constructor(backend: Backend) {
    this.#backend = backend;
  }

  personOf({ as, channel: channelId }: z.infer<typeof action>): Person {
    const { world } = this.#backend;
    const user = world.users.get(as);
    const channel = world.channels.get(channelId);
    if (!user || !channel) throw new Error('This person or channel no longer exists');
    return new Person(this.#backend, user, channel);
  }

  /** @param origin how the browser addresses this server: the page only loads files from its own origin */
  view(body: z.infer<typeof action>, origin: string): MessagesView {
    const { world, registry } = this.#backend;
    const person = this.personOf(body);
    const menu = availableMessageCommands(registry, person);
    const view: MessagesView = { ...channelMessages(world, person), menu };
    const json = JSON.stringify(view);
    // The same JSON: only addresses in it change.
    return JSON.parse(json.replaceAll(`"${world.origin}/attachments/`, `"${origin}/attachments/`));
  }

  async run(body: z.infer<typeof runAction>): Promise<AnswerView> {
    const { world, registry } = this.#backend;
    const person = this.personOf(body);
    if (!body.text.startsWith('/')) {
      const reply = body.replyTo === undefined ? {} : { replyTo: this.#messageOf({ message: body.replyTo }) };
      const { message } = await person.say(resolveNames(world, person.channel, body.text), reply);
      return { type: 0, message: message.id };
    }
    const files = Object.fromEntries(Object.entries(body.files).map(([name, each]) => [name, this.#storeFile(each)]));
    const { name, options } = parseCommand(world, registry, person, body.text, files);
    return this.#result(await person.slash(name, options));
  }

  async post(body: z.infer<typeof postAction>): Promise<AnswerView> {
    const person = this.personOf(body);
    const text = resolveNames(this.#backend.world, person.channel, body.text);
    const { message } = await person.post(person.channel, body.title, text);
    return { type: 0, message: message.id };
  }

  async press(body: z.infer<typeof pressAction>): Promise<AnswerView> {
    return this.#result(await this.personOf(body).pressId(this.#messageOf(body), body.customId));
  }

  async choose(body: z.infer<typeof chooseAction>): Promise<AnswerView> {
    return this.#result(await this.personOf(body).choose(this.#messageOf(body), body.customId, body.values));
  }

  async menu(body: z.infer<typeof menuAction>): Promise<AnswerView> {
    return this.#result(await this.personOf(body).menu(body.name, this.#messageOf(body)));
  }

  async submit(body: z.infer<typeof submitAction>): Promise<AnswerView> {
    const opened = this.#modals.get(body.interaction);
    if (!opened) throw new Error('This form is no longer open');
    const values = Object.entries(body.values).map(([key, value]) => [
      key,
      Array.isArray(value) ? value.map((each) => (typeof each === 'string' ? each : this.#storeFile(each))) : value,
    ]);
    const answer = await this.personOf(body).submit(opened, Object.fromEntries(values));
    this.#modals.delete(body.interaction);
    return this.#result(answer);
  }

  #messageOf({ message: id }: { message: string }): Message {
    const message = this.#backend.world.messages.get(id);
    if (!message) throw new Error('This message no longer exists');
    return message;
  }

  #storeFile({ filename, contentType, base64 }: z.infer<typeof file>): Attachment {
    const data = Buffer.from(base64, 'base64');
    return storeFile(this.#backend.world, filename, data, contentType || 'application/octet-stream');
  }

  #result(answer: InteractionResult): AnswerView {
    if (answer.type === 9) this.#modals.set(answer.interaction.id, answer);
    const oldest = this.#modals.keys().next().value;
    if (this.#modals.size > OPEN_MODALS && oldest !== undefined) this.#modals.delete(oldest);
    return answerView(answer);
  }
}

/** Errors have status 200, because browsers log every other status on the console as an error of the page. */
async function respond(c: Context<Env>, handle: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await handle());
  } catch (error) {
    return c.json({ error: error instanceof Error ? error.message : String(error) });
  }
}
