// The option "topic": its choices, and which topic a person means.
import { PermissionFlagsBits } from 'discord-api-types/v10';
import { afterAll, expect, it } from 'vitest';
import {
  choicesOf,
  chosenTopic,
  chosenTopicWithRemoved,
  completeTopic,
  completeTopicWithRemoved,
} from '../../commands/topic.ts';
import { Refusal } from '../../src/discord/answer.ts';
import { plainTextWithin } from '../../src/discord/views/plain-text.ts';
import { en } from '../../src/i18n/en.ts';
import { ReplyCache } from '../../src/replies/cache.ts';
import { removeReply } from '../../src/replies/repository.ts';
import { StoreError } from '../../src/store/errors.ts';
import { autocompleteInteraction, commandInteraction } from '../interactions.ts';
import { newId } from '../new-id.ts';
import { contextOf, FRONT, openCommandWorld, REAR, replyOf, START } from './world.ts';

const { services, write, writeAll, clock, store, close } = openCommandWorld();
afterAll(close);

const topics = ['keys', 'bells'].map((title) => replyOf({ title, topic: `r:${title.padEnd(8, '0')}` }));
const context = contextOf(topics);
const typing = (text: string, more: object = {}) => autocompleteInteraction('faq', ['topic', text], more);
const choosing = (topic: string) => commandInteraction('faq', { topic });
const values = (choices: { value: string }[]) => choices.map(({ value }) => value);

/** A server with a reply that is shown, and one that was removed. */
async function serverWithRemoved() {
  const guildId = newId();
  const shown = await write(guildId, { title: 'Keys' });
  const removed = await write(guildId, { title: 'Bells' });
  await removeReply(store, { guildId, authorId: '1', cause: newId(), topic: removed.topic });
  return { guildId, shown: shown.topic, removed: removed.topic };
}

it('offers what matches the typed text, and everything for none', async () => {
  expect(values(await completeTopic(typing('back'), services.contexts))).toEqual([REAR]);
  for (const nothing of [typing(''), typing('', { data: { options: [] } })]) {
    expect(values(await completeTopic(nothing, services.contexts))).toEqual([START, FRONT, REAR]);
    expect(values(await completeTopicWithRemoved(nothing, services))).toEqual([START, FRONT, REAR]);
  }
});

it('offers at most 25 topics', async () => {
  const guildId = newId();
  await writeAll(
    guildId,
    Array.from({ length: 24 }, (_, i) => `Reply ${i}`),
  );
  const offered = await completeTopic(typing('', { guildId }), services.contexts);
  expect(offered).toHaveLength(25);
  expect(await completeTopicWithRemoved(typing('', { guildId }), services)).toEqual(offered);
});

it('offers a moderator removed replies too, marked', async () => {
  const { guildId, shown, removed } = await serverWithRemoved();
  expect(await completeTopicWithRemoved(typing('', { guildId }), services)).toEqual([
    { name: 'Keys', value: shown },
    { name: `Bells ${en.edit.removedMark}`, value: removed },
    ...(await completeTopic(typing(''), services.contexts)),
  ]);
  expect(values(await completeTopicWithRemoved(typing('bell', { guildId }), services))).toEqual([removed]);
});

it('offers no removed replies to a person who may not manage messages', async () => {
  const { guildId, shown } = await serverWithRemoved();
  const permissions = String(PermissionFlagsBits.PinMessages);
  const offered = await completeTopicWithRemoved(typing('', { guildId, permissions }), services);
  expect(values(offered)).toEqual([shown, START, FRONT, REAR]);
  const mayManage = { guildId, permissions: String(PermissionFlagsBits.ManageMessages) };
  expect(await completeTopicWithRemoved(typing('', mayManage), services)).toHaveLength(5);
});

it('offers no removed replies in DMs', async () => {
  expect(values(await completeTopicWithRemoved(typing('', { guildId: null }), services))).toEqual([START, FRONT, REAR]);
});

it('leaves out removed replies that are not read within 250 ms', async () => {
  const { guildId } = await serverWithRemoved();
  await services.contexts.contextFor({ guild_id: guildId });
  const replyCache = new ReplyCache({ ...store, run: () => new Promise(() => undefined) }, services);
  let offered: string[] | undefined;
  const waiting = completeTopicWithRemoved(typing('bells', { guildId }), { ...services, replyCache }).then(
    (choices) => {
      offered = values(choices);
    },
  );
  await new Promise(setImmediate);
  await clock.advance(249);
  expect(offered).toBeUndefined();
  await clock.advance(1);
  await waiting;
  expect(offered).toEqual([]);
});

it('leaves out removed replies that cannot be read', async () => {
  const { guildId, shown } = await serverWithRemoved();
  const run = () => Promise.reject(new StoreError('unavailable', 'down'));
  const replyCache = new ReplyCache({ ...store, run }, services);
  const offered = await completeTopicWithRemoved(typing('', { guildId }), { ...services, replyCache });
  expect(values(offered)).toEqual([shown, START, FRONT, REAR]);
});

it('adds the id to a title that an earlier choice has', () => {
  const title = 'Same';
  expect(
    choicesOf([
      { title, topic: 'r:1' },
      { title, topic: 'r:2' },
      { title, topic: 'r:3', mark: '(x)' },
      { title, topic: 'r:4', mark: '(x)' },
      { title: 'Other', topic: 'r:5' },
      { title: 'Same (r:6)', topic: 'r:7' },
    ]).map(({ name }) => name),
  ).toEqual(['Same', 'Same (r:2)', 'Same (x)', 'Same (x) (r:4)', 'Other', 'Same (r:6)']);
});

it('adds the id to a title that is the same as an earlier one with its id', () => {
  expect(
    choicesOf([
      { title: 'Same', topic: 'r:1' },
      { title: 'Same', topic: 'r:2' },
      { title: 'Same (r:2)', topic: 'r:3' },
    ]).map(({ name }) => name),
  ).toEqual(['Same', 'Same (r:2)', 'Same (r:2) (r:3)']);
});

it('shortens only the title to fit into 100 characters', () => {
  const nameOf = (length: number, mark?: string) =>
    choicesOf([{ title: '🔔'.repeat(length), topic: 'r:1', mark }])[0]?.name;
  expect(nameOf(100)).toBe('🔔'.repeat(100));
  expect(nameOf(101)).toBe(`${'🔔'.repeat(99)}…`);
  expect(nameOf(96, '(x)')).toBe(`${'🔔'.repeat(96)} (x)`);
  expect(nameOf(97, '(x)')).toBe(`${'🔔'.repeat(95)}… (x)`);
});

it.each([
  ['the id', 'r:keys0000', 'r:keys0000'],
  ['the beginning of the title', 'KEY', 'r:keys0000'],
  ['the name of a page', FRONT, FRONT],
  ['words of a title', 'back door', REAR],
])('finds a topic by %s', (_, typed, expected) => {
  expect(chosenTopic(choosing(typed), context).topic).toBe(expected);
});

it.each([
  ['nothing', ''],
  ['the id of a reply that is gone', 'r:keys0001'],
  ['the name of a page that is gone', 'open-door#fron'],
  ['other words', '**keys**, or not'],
  ['a long text', 'x'.repeat(81)],
])('finds nothing similar for %s', (_, typed) => {
  const refusal = new Refusal(en.faq.noTopic(plainTextWithin(typed, 80)));
  expect(() => chosenTopic(choosing(typed), context)).toThrow(refusal);
});

it('finds nothing without the option', () => {
  expect(() => chosenTopic(commandInteraction('faq'), context)).toThrow(new Refusal(en.faq.noTopic('')));
});

it('says that the database is unreachable if the topic may be one of the server’s own', () => {
  const partial = { ...contextOf(), isPartial: true };
  expect(() => chosenTopic(choosing('keys'), partial)).toThrow(new Refusal(en.error.store.unavailable));
  expect(chosenTopic(choosing('front'), partial).topic).toBe(FRONT);
});

it('finds a removed reply by its title only where that is wanted', () => {
  const removed = [{ topic: 'r:gone0000', title: 'Old stairs', aliases: ['steps'] }];
  expect(chosenTopicWithRemoved(choosing('stairs'), context, removed)).toMatchObject({
    kind: 'removed',
    ...{ topic: 'r:gone0000' },
  });
  expect(chosenTopicWithRemoved(choosing('keys'), context, removed)).toMatchObject({ kind: 'reply' });
  expect(() => chosenTopic(choosing('stairs'), context)).toThrow(Refusal);
});
