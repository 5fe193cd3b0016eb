// Helpers: what a role that /setup names may do, and what it may not. And Save as reply.
import { ChannelType, PermissionFlagsBits } from 'discord.js';
import { buttonsOf, type Channel, type InteractionResult, type Person, type Role } from 'fake-discord';
import { beforeAll, describe, expect, it } from 'vitest';
import { setupId } from '../../commands/setup/ids.ts';
import { en } from '../../src/i18n/en.ts';
import { databases, useDatabase } from '../store/databases.ts';
import { addMember } from './help-desk.ts';
import { chooseIn, openPanel, setUp } from './setup-panel.ts';
import { ADMIN, MANAGE_ONLY, MEMBER, typedIn, until, useWorld, write } from './world.ts';

const { edit, error } = en;
const lacks = error.lacks('**Manage Messages**');
const PAGE = 'close-account#money';
const SAVE = 'Save as reply';

describe.each(databases)('helpers on $name', (kind) => {
  let admin: Person;
  let role: Role;
  let helper: Person;
  let topic = '';
  const database = useDatabase(kind);
  const world = useWorld(() => ({ DATABASE_URL: database.url }));
  beforeAll(async () => {
    admin = world.newcomer('Ada', ADMIN);
    role = world.discord.addRole(world.guild, 'Helpers', { mentionable: true });
    helper = addMember(world.discord, world.general, 'Hana', role);
    topic = await write(admin, 'Guarded', 'one');
    await setUp(admin, { roles: [role] });
  });

  const question = async (channel: Channel = world.general) => (await world.member.in(channel).say('and how?')).message;
  const text = ({ message }: InteractionResult) => message?.content ?? '';

  it('may add and change replies, see and undo their history, and export them', async () => {
    const added = await write(helper, 'By a helper', 'first');
    expect(text(await helper.submit(await helper.slash('faq-edit change', { topic: added }), { text: 'second' }))).toBe(
      edit.saved('By a helper'),
    );
    const history = (await helper.slash('faq-edit history', { topic: added })).message;
    expect(history?.embeds[0]?.description).toContain(`<@${helper.user.id}>`);
    const { message } = await helper.slash('faq-edit undo', { topic: added });
    expect(message?.embeds[0]?.description).toBe('first');
    expect((await helper.slash('faq-edit export')).message?.attachments).toHaveLength(1);
  });

  it('may not remove or import replies, or open /setup, also with buttons of a moderator', async () => {
    expect(text(await helper.slash('faq-edit remove', { topic }))).toBe(lacks);
    const file = world.discord.addFile('faq.md', '## A {#abc}\n\nb\n');
    expect(text(await helper.slash('faq-edit import', { file }))).toBe(lacks);
    expect(text(await helper.slash('setup'))).toBe(error.lacks('**Manage Server**'));
    const removing = (await admin.slash('faq-edit remove', { topic })).message;
    const importing = (await admin.slash('faq-edit import', { file })).message;
    const panel = await openPanel(admin);
    const ids = [removing, importing].flatMap((message) => (message ? buttonsOf(message) : []));
    const codes = ids.flatMap(({ custom_id: id, label }) => (id && label !== 'Cancel' ? [id] : []));
    expect(codes).toHaveLength(2);
    for (const custom_id of codes) {
      const answer = await helper.sendRaw({ type: 3, data: { component_type: 2, custom_id } }, removing);
      expect(text(answer), custom_id).toBe(lacks);
    }
    const data = { component_type: 8, custom_id: setupId('person'), values: [world.general.id] };
    expect(text(await helper.sendRaw({ type: 3, data }, panel))).toBe(error.lacks('**Manage Server**'));
    expect((await world.member.slash('faq', { topic })).message?.embeds[0]?.description).toBe('one');
  });

  it('may pin, list and unpin where they may see and send', async () => {
    const channel = world.discord.addChannel(world.guild, 'open');
    await helper.slash('faq-pin add', { topic: PAGE, channel });
    expect(world.discord.pinsOf(channel)).toHaveLength(1);
    expect((await helper.slash('faq-pin list')).message?.embeds[0]?.description).toContain(channel.id);
    await helper.slash('faq-pin remove', { topic: PAGE, channel });
    expect(world.discord.pinsOf(channel)).toEqual([]);
  });

  it('may not pin where they may not send', async () => {
    const channel = world.discord.addChannel(world.guild, 'rules');
    world.discord.setPermissions(channel, world.guild, { deny: PermissionFlagsBits.SendMessages });
    world.discord.setPermissions(channel, helper.user, { deny: PermissionFlagsBits.SendMessages });
    expect(text(await helper.slash('faq-pin add', { topic: PAGE, channel }))).toBe(
      en.pin.youLack('**Send Messages**', channel.id),
    );
    expect(world.discord.messagesOf(channel)).toEqual([]);
  });

  it('may see insights, answer with a topic, and save a message as a reply', async () => {
    expect((await helper.slash('insights')).message?.embeds).toHaveLength(1);
    expect(text(await helper.menu('Answer with FAQ', await question()))).toBe(en.menu.choose);
    expect((await helper.menu(SAVE, await question())).type).toBe(9);
  });

  it('are not helpers without the role, after it was taken, or after it is no longer named', async () => {
    const other = world.discord.addRole(world.guild, 'Others');
    const person = addMember(world.discord, world.general, 'Otto', other);
    const mayEdit = async () => (await person.slash('faq-edit add')).type === 9;
    expect(await mayEdit()).toBe(false);
    world.discord.giveRole(world.guild, person.user, role);
    expect(await mayEdit()).toBe(true);
    world.discord.takeRole(world.guild, person.user, role);
    expect(await mayEdit()).toBe(false);
    const panel = await openPanel(admin);
    await chooseIn(admin, panel, 'roles', [other]);
    expect(await mayEdit()).toBe(true);
    expect((await helper.slash('faq-edit add')).type, 'the role that was replaced').toBe(4);
    await chooseIn(admin, panel, 'roles', [role]);
    expect(await mayEdit()).toBe(false);
  });

  it('of one server are none in another', async () => {
    const elsewhere = world.discord.addChannel(world.discord.addGuild('Elsewhere'), 'general');
    const person = world.discord.person(helper.user, elsewhere, { permissions: MEMBER });
    expect(text(await person.slash('faq-edit add'))).toBe(lacks);
    const data = { id: '1', type: 1, name: 'insights' };
    const member = { user: { id: helper.user.id, username: 'h' }, roles: [role.id], permissions: '0' };
    expect(text(await person.sendRaw({ type: 2, data, member }))).toBe(lacks);
  });

  it('cannot be everyone, even if the database says so', async () => {
    const { guild } = world.discord.addChannel(world.discord.addGuild('Damaged'), 'general');
    const channel = guild?.channels[0] ?? expect.fail('a channel');
    const id = guild?.id ?? '';
    await database.open().run((db) =>
      db
        .insertInto('settings')
        .values({
          guild_id: id,
          name: 'helper-roles',
          value: JSON.stringify([id]),
          changed_by: null,
          changed_at: new Date().toISOString(),
        })
        .execute(),
    );
    const person = world.newcomer('Anyone', MEMBER, channel);
    const data = { id: '1', type: 1, name: 'insights' };
    const member = { user: { id: person.user.id, username: 'a' }, roles: [id], permissions: '0' };
    expect(text(await person.sendRaw({ type: 2, data, member }))).toBe(lacks);
  });

  describe('Save as reply', () => {
    it.each([
      ['a member', MEMBER, false],
      ['who may manage messages only', MANAGE_ONLY, true],
      ['an admin', ADMIN, true],
    ])('is for moderators and helpers: %s', async (name, permissions, mayDo) => {
      const answer = await world.newcomer(name, permissions).menu(SAVE, await question());
      if (mayDo) expect(answer.type).toBe(9);
      else expect(answer.message).toMatchObject({ content: lacks, flags: 64 });
    });

    it('fills the form of a new reply in with the message, and saves it', async () => {
      const { message } = await helper.say('Take the **bus**.\nIt leaves at nine.');
      const opened = await helper.menu(SAVE, message);
      expect(typedIn(opened)).toMatchObject({ title: '', text: message.content, aliases: '' });
      expect(text(await helper.submit(opened, { title: 'Bus', text: message.content, aliases: 'coach' }))).toBe(
        edit.saved('Bus'),
      );
      const found = await until('it is offered', async () =>
        (await world.member.autocomplete('faq', 'topic', 'Bus')).find(({ name }) => name === 'Bus'),
      );
      const { message: shown } = await world.member.slash('faq', { topic: found.value });
      expect(shown?.embeds[0]?.description).toBe(message.content);
    });

    it('in a post of a forum takes its title as words that members ask by', async () => {
      const forum = world.discord.addChannel(world.guild, 'questions', { type: ChannelType.GuildForum });
      const moderatorIn = (channel: Channel) => world.newcomer('Mo', ADMIN, channel);
      const { thread } = await world.member.post(forum, 'Where is the ferry?', 'I cannot find it.');
      const { message } = await moderatorIn(thread).say('Behind the market.');
      const typed = typedIn(await moderatorIn(thread).menu(SAVE, message));
      expect(typed).toMatchObject({ text: 'Behind the market.', aliases: 'Where is the ferry?' });
    });

    it('takes the words of a forwarded message', async () => {
      const { message } = await helper.say('Forwarded words');
      const { message: forward } = await helper.say('', { forwarded: message });
      expect(typedIn(await helper.menu(SAVE, forward))).toMatchObject({ text: 'Forwarded words' });
    });

    it('says so if a message has no words', async () => {
      const file = world.discord.addFile('picture.png', 'x', 'image/png');
      const { message } = await helper.say('', { attachments: [file] });
      expect(text(await helper.menu(SAVE, message))).toBe(edit.noWords);
    });
  });

  it('make no request that Discord refuses', () => {
    expect(world.discord.refusals).toEqual([]);
  });
});
