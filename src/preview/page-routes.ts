// The page's own API: look at a channel, type, press, choose, fill in. Every failure is { error }.
import type { Context } from 'hono';
import { Hono } from 'hono';
import { z } from 'zod';
import { availableMessageCommands } from './available-commands.ts';
import { fileOptions, parseCommand, resolveNames } from './command-line.ts';
import type { Attachment, Message } from './model.ts';
import type { PreviewStatus } from './page-view.ts';
import { answerView, channelMessages, worldView } from './page-view.ts';
import type { InteractionResult } from './person.ts';
import { Person } from './person.ts';
import type { Env } from './rest.ts';
import type { Backend } from './routes/route.ts';
import { suggest } from './suggestions.ts';
import { storeFile } from './world.ts';

const acting = z.object({ as: z.string(), channel: z.string() });
const typed = acting.extend({ text: z.string().max(6000) });
const file = z.object({ filename: z.string(), contentType: z.string(), base64: z.string() });
const run = typed.extend({ files: z.record(z.string(), file).default({}), replyTo: z.string().optional() });
const onMessage = acting.extend({ message: z.string() });
const press = onMessage.extend({ customId: z.string() });
const choose = press.extend({ values: z.array(z.string()) });
const menu = onMessage.extend({ name: z.string() });
const value = z.union([z.string(), z.boolean(), z.array(z.string()), z.array(file)]);
const submit = acting.extend({ interaction: z.string(), values: z.record(z.string(), value) });
const dms = z.object({ as: z.string(), isClosed: z.boolean() });

/** Modals that wait for their answer; older ones are forgotten. */
const OPEN_MODALS = 50;

export function pageRoutes(backend: Backend, state: PreviewStatus): Hono<Env> {
  const { world, registry } = backend;
  const modals = new Map<string, InteractionResult>();

  const personOf = ({ as, channel }: z.infer<typeof acting>): Person => {
    const user = world.users.get(as);
    const place = world.channels.get(channel);
    if (!user || !place) throw new Error('This person or channel is no longer there');
    return new Person(backend, user, place);
  };
  const messageOf = ({ message: id }: { message: string }): Message => {
    const message = world.messages.get(id);
    if (!message) throw new Error('This message is no longer there');
    return message;
  };
  const keepFile = ({ filename, contentType, base64 }: z.infer<typeof file>): Attachment =>
    storeFile(world, filename, Buffer.from(base64, 'base64'), contentType || 'application/octet-stream');
  const shown = (answer: InteractionResult) => {
    if (answer.type === 9) modals.set(answer.interaction.id, answer);
    const oldest = modals.keys().next().value;
    if (modals.size > OPEN_MODALS && oldest !== undefined) modals.delete(oldest);
    return answerView(answer);
  };

  const app = new Hono<Env>();
  app.get('/state', (c) => c.json(worldView(world, state)));
  app.get('/channel', (c) =>
    replyTo(c, async () => {
      const person = personOf({ as: c.req.query('as') ?? '', channel: c.req.query('channel') ?? '' });
      const shown = {
        ...channelMessages(world, person.channel, person.user),
        menu: availableMessageCommands(registry, person),
      };
      // The page may have been opened by another name of this machine, and shows only files of its own origin.
      const text = JSON.stringify(shown).replaceAll(
        `"${world.origin}/attachments/`,
        `"${new URL(c.req.url).origin}/attachments/`,
      );
      return JSON.parse(text);
    }),
  );
  app.post('/suggest', (c) =>
    act(c, typed, async (asked) => {
      const person = personOf(asked);
      return {
        suggestions: await suggest(world, registry, person, asked.text),
        files: fileOptions(registry, person, asked.text),
      };
    }),
  );
  app.post('/run', (c) =>
    act(c, run, async (asked) => {
      const person = personOf(asked);
      if (!asked.text.startsWith('/')) {
        const reply = asked.replyTo === undefined ? {} : { replyTo: messageOf({ message: asked.replyTo }) };
        return { type: 0, message: (await person.say(resolveNames(world, asked.text), reply)).message.id };
      }
      const files = Object.fromEntries(Object.entries(asked.files).map(([name, each]) => [name, keepFile(each)]));
      const { name, options } = parseCommand(world, registry, person, asked.text, files);
      return shown(await person.slash(name, options));
    }),
  );
  app.post('/press', (c) =>
    act(c, press, async (asked) => shown(await personOf(asked).pressId(messageOf(asked), asked.customId))),
  );
  app.post('/choose', (c) =>
    act(c, choose, async (asked) =>
      shown(await personOf(asked).choose(messageOf(asked), asked.customId, asked.values)),
    ),
  );
  app.post('/menu', (c) =>
    act(c, menu, async (asked) => shown(await personOf(asked).menu(asked.name, messageOf(asked)))),
  );
  app.post('/submit', (c) =>
    act(c, submit, async (asked) => {
      const opened = modals.get(asked.interaction);
      if (!opened) throw new Error('This form is no longer open');
      const values = Object.entries(asked.values).map(([key, each]) => [
        key,
        Array.isArray(each) ? each.map((one) => (typeof one === 'string' ? one : keepFile(one))) : each,
      ]);
      const answer = await personOf(asked).submit(opened, Object.fromEntries(values));
      modals.delete(asked.interaction);
      return shown(answer);
    }),
  );
  app.post('/dms', (c) =>
    act(c, dms, async ({ as, isClosed }) => {
      const user = world.users.get(as);
      if (user) user.dmsClosed = isClosed;
      return {};
    }),
  );
  return app;
}

async function act<T extends z.ZodType>(
  c: Context<Env>,
  schema: T,
  work: (asked: z.infer<T>) => Promise<unknown>,
): Promise<Response> {
  return replyTo(c, async () => work(schema.parse(await c.req.json())));
}

/**
 * Failures are told to the person at the page: they are about what was typed or what the bot did. They have status 200,
 * because browsers list every other one on the console as an error of the page's own.
 */
async function replyTo(c: Context<Env>, work: () => Promise<unknown>): Promise<Response> {
  try {
    return Response.json(await work());
  } catch (error) {
    return c.json({ error: error instanceof Error ? error.message : String(error) });
  }
}
