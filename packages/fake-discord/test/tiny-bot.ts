// A bot of a few lines through the real discord.js, for the tests of the fake Discord.
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  EmbedBuilder,
  type GatewayIntentBits,
  type Interaction,
  LabelBuilder,
  MessageFlags,
  ModalBuilder,
  StringSelectMenuBuilder,
  TextInputBuilder,
  TextInputStyle,
} from 'discord.js';
import type { FakeDiscord } from '../src/fake-discord.ts';

export const COMMANDS = [
  {
    name: 'counter',
    description: 'Counts presses',
    description_localizations: { 'pt-BR': 'Conta os cliques' },
    options: [
      {
        name: 'share',
        description: 'Show it to all',
        description_localizations: { 'pt-BR': 'Mostrar a todos' },
        type: 5,
      },
    ],
  },
  { name: 'slow', description: 'Answers late' },
  { name: 'silent', description: 'Never answers' },
  { name: 'form', description: 'Opens a form' },
  { name: 'menu', description: 'Shows a select menu' },
  {
    name: 'topic',
    description: 'Takes all kinds of options',
    options: [
      { name: 'name', description: 'A topic', type: 3, autocomplete: true, required: true },
      { name: 'member', description: 'Who asks', type: 6 },
      { name: 'channel', description: 'Where', type: 7 },
      { name: 'file', description: 'A file', type: 11 },
    ],
  },
  {
    name: 'faq-pin',
    description: 'Pins',
    default_member_permissions: String(1n << 51n),
    contexts: [0],
    options: [{ name: 'list', description: 'Lists pins', type: 1 }],
  },
  { name: 'Quote', type: 3 },
];

/** Logs a client in against the fake Discord, and resolves once it is ready. */
export async function startTinyBot(
  discord: FakeDiscord,
  intents: readonly GatewayIntentBits[] = [],
): Promise<Client<true>> {
  const client = new Client({ intents, rest: { api: discord.apiUrl, retries: 0 } });
  client.on('interactionCreate', (interaction) => {
    handle(interaction).catch(() => {});
  });
  client.on('error', () => {});
  const ready = new Promise<Client<true>>((resolve) => client.once('clientReady', resolve));
  await client.login(discord.token);
  const started = await ready;
  await started.rest.put(`/applications/${started.application.id}/commands`, { body: COMMANDS });
  return started;
}

async function handle(interaction: Interaction): Promise<void> {
  if (interaction.isAutocomplete()) {
    return interaction.respond([{ name: `About ${interaction.options.getFocused()}`, value: 'about' }]);
  }
  if (interaction.isChatInputCommand()) {
    if (interaction.commandName === 'counter') {
      await interaction.reply({
        ...counter(0),
        ...(interaction.options.getBoolean('share') ? {} : { flags: MessageFlags.Ephemeral }),
      });
    } else if (interaction.commandName === 'slow') {
      await interaction.deferReply({ flags: MessageFlags.Ephemeral });
      await interaction.editReply('Here it is');
    } else if (interaction.commandName === 'form') {
      await interaction.showModal(form());
    } else if (interaction.commandName === 'menu') {
      await interaction.reply({ content: 'Choose', components: [menu()] });
    } else if (interaction.commandName === 'topic') {
      const { options } = interaction;
      const file = options.getAttachment('file');
      const text = file ? await (await fetch(file.url)).text() : '';
      await interaction.reply(
        `${options.getString('name')} ${options.getUser('member')?.globalName} ${options.getChannel('channel')?.id} ${text}`,
      );
    }
  } else if (interaction.isButton()) {
    await interaction.update(counter(Number(interaction.customId.split(':')[1]) + 1));
  } else if (interaction.isStringSelectMenu()) {
    await interaction.deferUpdate();
    await interaction.editReply({ content: `Chosen: ${interaction.values.join(', ')}`, components: [] });
  } else if (interaction.isModalSubmit()) {
    await interaction.reply(`Noted: ${interaction.fields.getTextInputValue('note')}`);
  } else if (interaction.isMessageContextMenuCommand()) {
    await interaction.reply(`> ${interaction.targetMessage.content}`);
  }
}

function counter(presses: number) {
  const button = new ButtonBuilder().setCustomId(`count:${presses}`).setLabel('Count').setStyle(ButtonStyle.Primary);
  return {
    embeds: [new EmbedBuilder().setTitle('Counter').setDescription(`${presses} presses`)],
    components: [new ActionRowBuilder<ButtonBuilder>().addComponents(button)],
  };
}

function menu() {
  const select = new StringSelectMenuBuilder()
    .setCustomId('pick')
    .addOptions({ label: 'Red', value: 'red' }, { label: 'Blue', value: 'blue' });
  return new ActionRowBuilder<StringSelectMenuBuilder>().addComponents(select);
}

function form() {
  const input = new TextInputBuilder().setCustomId('note').setStyle(TextInputStyle.Paragraph).setMaxLength(20);
  const label = new LabelBuilder().setLabel('Your note').setTextInputComponent(input);
  return new ModalBuilder().setCustomId('form').setTitle('A form').addLabelComponents(label);
}
