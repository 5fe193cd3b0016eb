// A discord.js bot as in its guide: default settings, builders, interaction.reply.
import {
  ActionRowBuilder,
  ButtonBuilder,
  ButtonStyle,
  Client,
  EmbedBuilder,
  Events,
  GatewayIntentBits,
  MessageFlags,
} from 'discord.js';
import { BUTTONS, FIELDS, FOOTER, TEXT, TITLE } from './reply.js';

const client = new Client({ intents: [GatewayIntentBits.Guilds], rest: { api: process.env.DISCORD_API_URL } });

client.on(Events.InteractionCreate, async (interaction) => {
  const embed = new EmbedBuilder()
    .setColor(0x3b82f6)
    .setTitle(TITLE)
    .setDescription(TEXT)
    .addFields(...FIELDS)
    .setFooter({ text: FOOTER });
  const row = new ActionRowBuilder().addComponents(
    BUTTONS.map(({ id, label }) => new ButtonBuilder().setCustomId(id).setLabel(label).setStyle(ButtonStyle.Primary)),
  );
  await interaction.reply({ embeds: [embed], components: [row], flags: MessageFlags.Ephemeral });
});

client.once(Events.ClientReady, () => console.log('"ready"'));
client.login(process.env.DISCORD_TOKEN);
