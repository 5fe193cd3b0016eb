// The sample's pages in a person's context, and what the buttons of a message do.
import { ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { expect } from 'vitest';
import type { MessageBody } from '../../../src/discord/answer.ts';
import { readWalkId } from '../../../src/discord/custom-id.ts';
import { createContext, type RenderContext } from '../../../src/discord/render-context.ts';
import type { Page, Source } from '../../../src/guide/model.ts';
import type { Reply } from '../../../src/replies/reply.ts';
import { load } from '../../guide/sample.ts';

export const { content = expect.fail('the sample has errors') } = load();
export const context: RenderContext = createContext(content, 'en');
export const { edition } = context;
export const { subject } = edition;

const pageOf = (name: string): Page => edition.pages.get(name) ?? expect.fail(`no page ${name}`);
/** The first page of the guide, an outcome with steps, and a page of a guide without a command. */
export const start: Page = pageOf('open-door#start');
export const front: Page = pageOf('open-door#front');
export const rear: Page = pageOf('other#rear');

/** A page without anything, besides what is given. */
export const plainPage = (more: Partial<Page> = {}): Page => ({
  ...start,
  name: 'open-door#plain',
  code: 'zzz',
  title: 'Plain',
  text: 'text',
  outcome: false,
  alerts: [],
  steps: [],
  visibleLength: 4,
  links: [],
  sources: [],
  isOnlyClaimed: false,
  ...more,
});

export const source = (more: Partial<Source> = {}): Source => ({
  id: 'x',
  title: 'Paper',
  publisher: 'House',
  check: [],
  review: { kind: 'opened', date: '2026-11-01' },
  statements: ['U01'],
  ...more,
});

/** A server's own reply, or with a page's name as its topic an override. */
export const reply = (topic: string, title = 'Our title', text = 'our text'): Reply => ({
  guildId: '1',
  topic,
  title,
  text,
  aliases: [],
  state: 'shown',
  revision: 1,
  action: 'add',
  savedBy: '2',
  savedAt: new Date(0),
});

/** The context in a server with these replies. */
export const contextWith = (...replies: Reply[]): RenderContext => createContext(content, 'en', { replies });

/** What a button does: the action and the path of a walk, or the address of a link. */
export interface ButtonMeaning {
  readonly label: string | undefined;
  readonly style: ButtonStyle;
  readonly does: string;
}

/** The buttons of a message, row by row: `open start>front` opens a page with that path. */
export function buttonsOf({ components = [] }: Pick<MessageBody, 'components'>): ButtonMeaning[][] {
  return components.map((row) => {
    if (row.type !== ComponentType.ActionRow) return expect.fail('a message has rows only');
    return row.components.map((one): ButtonMeaning => {
      if (one.type !== ComponentType.Button) return expect.fail('a row has buttons only');
      if (one.style === ButtonStyle.Premium) return expect.fail('the bot sells nothing');
      const does = one.style === ButtonStyle.Link ? one.url : meaningOf(one.custom_id);
      return { label: one.label, style: one.style, does };
    });
  });
}

/** The same, without the rows: what they do by their labels. */
export const actionsOf = (body: Pick<MessageBody, 'components'>): [string | undefined, string][] =>
  buttonsOf(body)
    .flat()
    .map(({ label, does }) => [label, does]);

function meaningOf(customId: string): string {
  const id = readWalkId(customId, edition);
  if (!id) return customId;
  const { action, path = [], origin, reply: topic, from } = id;
  const shown: readonly Page[] = path;
  const pages = [...shown, ...(from && !shown.includes(from) ? [from] : [])]
    .map(({ name }) => name.split('#')[1])
    .join('>');
  const question = origin ? `${origin.isGuess ? '?' : '|'}${origin.topics.join(',')}` : '';
  return [action, pages, topic, question].filter(Boolean).join(' ');
}
