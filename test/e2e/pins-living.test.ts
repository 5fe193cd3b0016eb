// Living pins: pinned messages show the current text of the guide and of the server's own replies.

import type { Message, Person } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { en } from '../../src/i18n/en.ts';
import { databases } from '../store/databases.ts';
import { FOLLOWS_MS, livingPins, PAGE } from './living-pins.ts';
import { change, until, write } from './world.ts';

describe.each(databases)('living pins on $name', { timeout: 90_000 }, (kind) => {
  // Tests that involve only Discord run on one database.
  const once = it.runIf(kind.name === 'SQLite');
  if (kind.name !== 'SQLite') console.info(`${kind.name}: skips tests that involve only Discord; they ran on SQLite`);
  const { world, newGuild, pin, textOf, titleOf, shows, retitle } = livingPins(kind);

  const remove = async (admin: Person, topic: string) =>
    admin.press((await admin.slash('faq-edit remove', { topic })).message, en.confirm.remove);
  const listed = async (admin: Person) => (await admin.slash('faq-pin list')).message?.embeds[0]?.description ?? '';

  it('show a change, an undo, an import', async () => {
    const { admin, channel } = newGuild();
    const topic = await write(admin, 'Followed', 'one');
    const message = await pin(admin, topic, channel);
    await change(admin, topic, { text: 'two\nlines' });
    await shows(message, 'two\nlines');
    await admin.slash('faq-edit undo', { topic });
    await shows(message, 'one');
    const replies = world.discord.addFile('replies.md', `## Followed {#${topic.slice(2)}}\n\nimported\n`);
    const plan = (await admin.slash('faq-edit import', { file: replies })).message;
    await admin.press(plan, en.confirm.import(1));
    await shows(message, 'imported');
    expect(world.discord.pinsOf(channel)).toEqual([message]);
    // The pin shows the new text a moment before the bot has stored that.
    await until('up to date', async () => (await listed(admin)).includes(`· ${en.pin.state.alive}`));
  });

  it('show this server’s own text for a page, and the guide’s again; other servers’ pins stay', async () => {
    const [ours, theirs] = [newGuild(), newGuild()];
    const message = await pin(ours.admin, PAGE, ours.channel);
    const other = await pin(theirs.admin, PAGE, theirs.channel);
    const before = JSON.stringify([message.embeds, message.components]);
    await change(ours.admin, PAGE, { text: 'our own words' });
    await shows(message, 'our own words');
    await remove(ours.admin, PAGE);
    await until('the guide’s words', () => JSON.stringify([message.embeds, message.components]) === before, FOLLOWS_MS);
    expect(JSON.stringify([other.embeds, other.components])).toBe(before);
    expect(other.revision).toBe(0);
  });

  it('stay unchanged while their topic is removed, and are updated once it is restored', async () => {
    const { admin, channel } = newGuild();
    const topic = await write(admin, 'Removed', 'one');
    const message = await pin(admin, topic, channel);
    await remove(admin, topic);
    expect(await listed(admin)).toContain(en.pin.state.topic);
    expect(textOf(message)).toBe('one');
    await admin.slash('faq-edit undo', { topic });
    await change(admin, topic, { text: 'two' });
    await shows(message, 'two');
  });

  once('notify nobody, whatever moderators write, when posted and when edited', async () => {
    const { admin, channel } = newGuild();
    const mentions = `@everyone @here <@${world.member.user.id}> <@&${channel.guild?.botRoleId}>`;
    const topic = await write(admin, mentions, mentions);
    const message = await pin(admin, topic, channel);
    const nobody = { everyone: false, users: [], roles: [] };
    expect(message.notifies).toEqual(nobody);
    await change(admin, topic, { text: `${mentions} again` });
    await shows(message, `${mentions} again`);
    expect(message.notifies).toEqual(nobody);
  });

  it('are updated while others are gone: message or channel deleted, unpinned, hidden', async () => {
    const { admin, channels } = newGuild(5);
    const topic = await write(admin, 'Shared', 'one');
    const messages: Message[] = [];
    for (const channel of channels) messages.push(await pin(admin, topic, channel));
    const [deleted, unpinned, hidden, inGone, alive] = messages;
    if (!deleted || !unpinned || !hidden || !inGone || !alive) expect.fail('five were pinned');
    world.discord.removeMessage(deleted);
    world.discord.unpin(unpinned);
    world.discord.setBotPermissions(hidden.channel, 0n);
    world.discord.removeChannel(inGone.channel);
    await change(admin, topic, { text: 'two' });
    await shows(alive, 'two');
    await shows(unpinned, 'two');
    const { state } = en.pin;
    // A message shows a change a moment before the bot remembers that it does.
    for (const sentence of [state.message, state.channel, state.access, state.unpinned, state.alive])
      await until(`one is listed: ${sentence}`, async () => (await listed(admin)).split(`· ${sentence}`).length === 2);
    world.discord.setBotPermissions(hidden.channel, null);
    await world.restart();
    // It was tried while it was hidden: after two failures the next try comes after 10 seconds, after three after 20.
    await shows(hidden, 'two', 45_000);
    await until(
      'both are listed as up to date',
      async () => (await listed(admin)).split(`· ${state.alive}`).length === 3,
    );
  });

  it('show what changed while the bot was down', async () => {
    const { admin, channel } = newGuild();
    const message = await pin(admin, PAGE, channel);
    await world.restart(() => retitle('Money, another title'));
    await until('the new title', () => titleOf(message) === 'Money, another title', FOLLOWS_MS);
    await world.restart();
    await new Promise((done) => setTimeout(done, 500));
    expect(message.revision, 'nothing is edited where nothing changed').toBe(1);
  });

  once('are updated after the bot was removed from the server and added again', async () => {
    const { guild, admin, channel } = newGuild();
    const elsewhere = newGuild();
    const message = await pin(admin, PAGE, channel);
    const other = await pin(elsewhere.admin, PAGE, elsewhere.channel);
    world.discord.removeBotFrom(guild);
    retitle('Money without us');
    await until('the others follow', () => titleOf(other) === 'Money without us', FOLLOWS_MS);
    expect(titleOf(message)).not.toBe('Money without us');
    await world.restart();
    world.discord.returnBotTo(guild);
    await world.restart();
    await until('it follows again', () => titleOf(message) === 'Money without us', FOLLOWS_MS);
    retitle('Money with us');
    await until('and again', () => titleOf(message) === 'Money with us', FOLLOWS_MS);
    await until('it is listed as up to date', async () => (await listed(admin)).includes(`· ${en.pin.state.alive}`));
  });

  it('are updated although a lost one was pinned again', async () => {
    const { admin, channel } = newGuild();
    const elsewhere = newGuild();
    const topic = await write(admin, 'Lost and found', 'one');
    const lost = await pin(admin, topic, channel);
    const other = await pin(elsewhere.admin, PAGE, elsewhere.channel);
    world.discord.setBotPermissions(channel, 0n);
    expect(await listed(admin)).toContain(en.pin.state.access);
    world.discord.setBotPermissions(channel, null);
    // Only while the lost copy cannot be seen is another one posted. discord.js asks four times.
    const match = new RegExp(`^GET /channels/${channel.id}/messages/${lost.id}`);
    world.discord.fail({ match, status: 500, times: 4 });
    const pinnedAgain = await pin(admin, topic, channel);
    await world.restart(() => retitle('Money after all'));
    await until('the others follow', () => titleOf(other) === 'Money after all', FOLLOWS_MS);
    await change(admin, topic, { text: 'two' });
    await shows(pinnedAgain, 'two');
    expect(textOf(lost), 'the older copy is left alone').toBe('one');
  });

  once('are updated after Discord failed for a while', async () => {
    const { admin, channel } = newGuild();
    const topic = await write(admin, 'Failing', 'one');
    const message = await pin(admin, topic, channel);
    const match = new RegExp(`PATCH /channels/${channel.id}/`);
    world.discord.fail({ match, status: 500, times: 2 });
    world.discord.fail({ match, status: 429, retryAfter: 0.3, times: 1 });
    world.discord.fail({ match, reset: 'before', times: 1 });
    world.discord.fail({ match, reset: 'after', times: 1 });
    await change(admin, topic, { text: 'two' });
    await shows(message, 'two');
  });

  it('show the last of many quick changes', async () => {
    const { admin, channel } = newGuild();
    const topic = await write(admin, 'Hasty', 'zero');
    const message = await pin(admin, topic, channel);
    for (let i = 1; i <= 10; i++) await change(admin, topic, { text: `number ${i}` });
    await shows(message, 'number 10');
    await new Promise((done) => setTimeout(done, 300));
    expect(textOf(message)).toBe('number 10');
  });
});
