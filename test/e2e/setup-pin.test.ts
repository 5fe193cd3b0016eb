// **Pin the guides here** of /setup: one living message with a button for each guide.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PermissionFlagsBits } from 'discord.js';
import { buttonsOf } from 'fake-discord';
import { afterAll, describe, expect, it } from 'vitest';
import { INVITE_PERMISSIONS } from '../../src/discord/invite.ts';
import { en } from '../../src/i18n/en.ts';
import { copyContent } from '../content-copy.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { FOLLOWS_MS } from './living-pins.ts';
import { openPanel } from './setup-panel.ts';
import { ADMIN, until, useWorld } from './world.ts';

const PIN = en.setup.pinGuides;

describe.each(databases)('the guides pinned by /setup on $name', { timeout: 60_000 }, (kind) => {
  const content = copyContent();
  let channels = 0;
  afterAll(() => rmSync(content, { recursive: true }));
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url, CONTENT_DIR: content }));

  const newChannel = () => world.discord.addChannel(world.guild, `channel-${channels++}`);
  const adminIn = (channel = newChannel()) => world.newcomer('Ada', ADMIN, channel);

  it('are posted and pinned once in the channel of the panel, with a button for each guide', async () => {
    const admin = adminIn();
    const panel = await openPanel(admin);
    const { message } = await admin.press(panel, PIN);
    const [pinned, ...others] = world.discord.pinsOf(admin.channel);
    expect(others).toEqual([]);
    const url = `https://discord.com/channels/${world.guild.id}/${admin.channel.id}/${pinned?.id}`;
    expect(message).toMatchObject({ content: en.setup.pinned(url), flags: 64 });
    expect(buttonsOf(pinned ?? expect.fail('a pin'))).toHaveLength(3);
    const again = await admin.press(panel, PIN);
    expect(again.message?.content).toBe(en.pin.already(admin.channel.id, url));
    await Promise.all([admin.press(panel, PIN), admin.press(panel, PIN)]);
    expect(world.discord.pinsOf(admin.channel)).toHaveLength(1);
    expect(world.discord.messagesOf(admin.channel).filter(({ type }) => type !== 6)).toHaveLength(1);
  });

  it('leave one message and one pin if pressed twice at the same time', async () => {
    const admin = adminIn();
    const panel = await openPanel(admin);
    const answers = await Promise.all([admin.press(panel, PIN), admin.press(panel, PIN)]);
    expect(world.discord.pinsOf(admin.channel)).toHaveLength(1);
    expect(world.discord.messagesOf(admin.channel).filter(({ type }) => type !== 6)).toHaveLength(1);
    const texts = answers.map((one) => one.message?.content.split(':')[0]).sort();
    const pinned = [en.setup.pinned(''), en.pin.already(admin.channel.id, '')].map((one) => one.split(':')[0]);
    expect(texts).toEqual(pinned.sort());
  });

  it('open a private walk, stay as they are, and are listed and removed like any pin', async () => {
    const admin = adminIn();
    await admin.press(await openPanel(admin), PIN);
    const pinned = world.discord.pinsOf(admin.channel)[0] ?? expect.fail('a pin');
    for (const { label } of buttonsOf(pinned)) {
      const { message } = await world.member.in(admin.channel).press(pinned, label ?? '');
      expect(message).toMatchObject({ flags: 64, viewer: world.member.user });
    }
    expect(pinned.revision).toBe(0);
    const { message: list } = await admin.slash('faq-pin list');
    expect(list?.embeds[0]?.description).toContain(`**${en.setup.guides}** in <#${admin.channel.id}>`);
  });

  it('name the permissions that the bot lacks, and post nothing', async () => {
    const admin = adminIn();
    const panel = await openPanel(admin);
    world.discord.setBotPermissions(admin.channel, INVITE_PERMISSIONS & ~PermissionFlagsBits.PinMessages);
    const { message } = await admin.press(panel, PIN);
    expect(message?.content).toBe(en.pin.botLacks('**Pin Messages**', admin.channel.id));
    expect(world.discord.messagesOf(admin.channel)).toEqual([]);
  });

  it('leave nothing behind if Discord refuses the pin', async () => {
    const admin = adminIn();
    const panel = await openPanel(admin);
    world.discord.fail({ match: /^PUT \/channels\/\d+\/messages\/pins/, status: 403, code: 50_013 });
    const { message } = await admin.press(panel, PIN);
    expect(message?.content).toContain('**Pin Messages**');
    expect(world.discord.messagesOf(admin.channel)).toEqual([]);
  });

  // Last, because it changes the content.
  it('follow the content, each edited once, also after a restart', async () => {
    const [first, second] = [adminIn(), adminIn()];
    for (const admin of [first, second]) await admin.press(await openPanel(admin), PIN);
    const pins = [first, second].map(({ channel }) => world.discord.pinsOf(channel)[0] ?? expect.fail('a pin'));
    const file = join(content, 'subject.yaml');
    const retitle = (title: string) =>
      writeFileSync(file, readFileSync(file, 'utf8').replace(/^title:.*$/m, `title: ${title}`));
    const shows = (title: string) => async () => pins.every((pin) => pin.embeds[0]?.title === title);
    retitle('Another title');
    await until('the pins follow', shows('Another title'), FOLLOWS_MS);
    expect(pins.map(({ revision }) => revision)).toEqual([1, 1]);
    await world.restart(() => retitle('A third title'));
    await until('the pins follow', shows('A third title'), FOLLOWS_MS);
    expect(pins.map(({ revision }) => revision)).toEqual([2, 2]);
  });
});
