// All commands: their definitions, as Discord registers them, and which handler gets which custom_id.
import {
  ApplicationIntegrationType,
  InteractionContextType,
  PermissionFlagsBits,
  ApplicationCommandOptionType as Type,
} from 'discord-api-types/v10';
import { afterAll, expect, it } from 'vitest';
import { writeEditId } from '../../commands/faq-edit/ids.ts';
import { createCommands, createComponentHandlers, definitionsFor } from '../../commands/index.ts';
import { writeId } from '../../commands/insights/write.ts';
import { writeWalkId } from '../../src/discord/custom-id.ts';
import { CANCEL } from '../../src/discord/views/buttons.ts';
import { LANGUAGE_MENU } from '../../src/discord/views/help.ts';
import { en } from '../../src/i18n/en.ts';
import { contextOf, openCommandWorld, START } from './world.ts';

const { services, content, close } = openCommandWorld();
afterAll(close);

const { Guild, BotDM } = InteractionContextType;
const definitions = definitionsFor(content);
const { command } = en;
const installed = { integration_types: [ApplicationIntegrationType.GuildInstall] };
const EVERYWHERE = { contexts: [Guild, BotDM], ...installed };
const forModerators = (bit: bigint) => ({ contexts: [Guild], ...installed, default_member_permissions: String(bit) });
const { ManageGuild, ManageMessages, PinMessages } = PermissionFlagsBits;
const share = { type: Type.Boolean, name: 'share', description: command.share };
const language = {
  type: Type.String,
  name: 'language',
  description: command.language,
  choices: [{ name: 'English', value: 'en' }],
};
const topic = { type: Type.String, name: 'topic', description: command.topic, required: true, autocomplete: true };
const channel = {
  type: Type.Channel,
  name: 'channel',
  description: command.channel,
  channel_types: [0, 5, 10, 11, 12, 2, 13],
};
const file = { type: Type.Attachment, name: 'file', description: command.file, required: true };
const subcommand = (name: string, description: string, options?: object[]) => ({
  type: Type.Subcommand,
  name,
  description,
  ...(options ? { options } : {}),
});

it('defines a command for each guide that has one, and the bot’s own', () => {
  expect(definitions).toEqual([
    {
      name: 'open-door',
      description: 'How to open the door',
      ...EVERYWHERE,
      options: [{ type: Type.String, name: 'page', description: command.page, autocomplete: true }, share, language],
    },
    {
      name: 'ask',
      description: command.ask,
      ...EVERYWHERE,
      options: [
        { type: Type.String, name: 'question', description: command.question, required: true },
        share,
        language,
      ],
    },
    {
      name: 'faq',
      description: command.faq,
      ...EVERYWHERE,
      options: [topic, { type: Type.User, name: 'member', description: command.member }, language],
    },
    {
      name: 'faq-pin',
      description: command.pin,
      ...forModerators(PinMessages),
      options: [
        subcommand('add', command.pinAdd, [topic, channel]),
        subcommand('remove', command.pinRemove, [topic, channel]),
        subcommand('list', command.pinList),
      ],
    },
    {
      name: 'faq-edit',
      description: command.edit,
      ...forModerators(ManageMessages),
      options: [
        subcommand('add', command.editAdd),
        subcommand('change', command.editChange, [topic]),
        subcommand('remove', command.editRemove, [topic]),
        subcommand('history', command.editHistory, [topic]),
        subcommand('undo', command.editUndo, [topic]),
        subcommand('export', command.editExport),
        subcommand('import', command.editImport, [file]),
      ],
    },
    { type: 3, name: 'Answer with FAQ', ...forModerators(ManageMessages) },
    { type: 3, name: 'Save as reply', ...forModerators(ManageMessages) },
    {
      name: 'insights',
      description: command.insights,
      ...forModerators(ManageMessages),
      options: [{ type: Type.Integer, name: 'days', description: command.insightsDays, min_value: 1, max_value: 90 }],
    },
    { name: 'setup', description: command.setup, ...forModerators(ManageGuild) },
    { name: 'help', description: command.help, ...EVERYWHERE },
  ]);
});

it('creates a command for each definition, in the same order', () => {
  const names = createCommands(content, services).map(({ definition }) => definition.name);
  expect(names).toEqual(definitions.map(({ name }) => name));
});

it('defines no guide without English content', () => {
  const names = definitionsFor({ ...content, editions: new Map() }).map(({ name }) => name);
  expect(names).toEqual(definitions.slice(1).map(({ name }) => name));
});

it('has exactly one handler for every custom_id', () => {
  const { edition } = contextOf();
  const page = edition.pages.get(START) ?? expect.fail('a page');
  const ids = [
    writeWalkId('open', [page], { edition }),
    writeEditId({ action: 'remove', number: 1, topic: START }),
    CANCEL,
    'n1:list:1',
    'a1:choose:55',
    writeId('abc'),
    'h1:ask',
    'f1:n:x',
    's1:forums',
    LANGUAGE_MENU,
  ];
  const handlers = createComponentHandlers(services);
  const matching = ids.map((id) => handlers.flatMap((handler, i) => (handler.matches(id) ? [i] : [])));
  expect(matching).toEqual(ids.map((_, i) => [i]));
});
