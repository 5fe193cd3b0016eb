// The history of a topic: newest first, ten to a page.
import { afterAll, expect, it } from 'vitest';
import { historyPage } from '../../../commands/faq-edit/history.ts';
import { writeEditId } from '../../../commands/faq-edit/ids.ts';
import { COLOR } from '../../../src/discord/views/colors.ts';
import { plainTextWithin } from '../../../src/discord/views/plain-text.ts';
import { en } from '../../../src/i18n/en.ts';
import { changeReply, removeReply } from '../../../src/replies/repository.ts';
import { USER_ID } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { buttonsOf, contextOf, NOW, openCommandWorld, START } from '../world.ts';

const { store, write, services, close } = openCommandWorld();
afterAll(close);

const guildId = newId();
const { edit } = en;
const history = async (of: string, before?: number) =>
  historyPage(guildId, of, before, await services.contexts.contextFor({ guild_id: guildId }), store);
const headOf = (number: number, action: keyof typeof edit.action) =>
  edit.revision(number, edit.action[action], USER_ID, NOW / 1000);
const linesOf = ({ embeds }: Awaited<ReturnType<typeof history>>) => embeds?.[0]?.description?.split('\n\n') ?? [];

/** Saves a new reply. @returns its topic, and how to change and remove it */
async function addKeys() {
  const { topic } = await write(guildId, { title: 'Keys', text: 'Call *Ann*.' });
  const by = () => ({ guildId, topic, authorId: USER_ID, cause: newId() });
  const change = (expected: number, title: string, text = 'x') =>
    changeReply(store, { ...by(), expected }, { title, text, aliases: [] });
  return { topic, change, remove: () => removeReply(store, by()) };
}

it('shows a revision with its number, action, author, time and text', async () => {
  const { topic } = await addKeys();
  const shown = await history(topic);
  expect(shown.embeds).toEqual([
    {
      color: COLOR.information,
      title: edit.history('Keys'),
      description: `${headOf(1, 'add')}\n> Keys: Call \\*Ann\\*.`,
    },
  ]);
  expect(shown.components).toEqual([]);
});

it('shortens texts, shows the current title, and no text for a removal', async () => {
  const { topic, change, remove } = await addKeys();
  await change(1, 'Bells', 'b'.repeat(200));
  expect((await history(topic)).embeds?.[0]?.title).toBe(edit.history('Bells'));
  await remove();
  const shown = await history(topic);
  expect(linesOf(shown).slice(0, 2)).toEqual([
    headOf(3, 'remove'),
    `${headOf(2, 'change')}\n> ${plainTextWithin(`Bells: ${'b'.repeat(200)}`, 150)}`,
  ]);
  expect(shown.embeds?.[0]?.title).toBe(edit.history('Bells'));
});

it('shows ten revisions on a page, and the button continues with the eleventh', async () => {
  const { topic, change } = await addKeys();
  for (let number = 1; number < 10; number++) await change(number, `Title ${number + 1}`);
  const ten = await history(topic);
  expect(linesOf(ten)).toHaveLength(10);
  expect(buttonsOf(ten)).toEqual([]);
  await change(10, 'T'.repeat(256));
  const first = await history(topic);
  expect(linesOf(first)).toHaveLength(10);
  expect(linesOf(first)[0]).toContain(headOf(11, 'change'));
  expect(first.embeds?.[0]?.title).toBe(edit.history(`${'T'.repeat(199)}…`));
  expect(buttonsOf(first)).toEqual([[en.page.next, writeEditId({ action: 'history', number: 2, topic })]]);
  const rest = await history(topic, 2);
  expect(linesOf(rest)).toEqual([`${headOf(1, 'add')}\n> Keys: Call \\*Ann\\*.`]);
  expect(buttonsOf(rest)).toEqual([]);
});

it('says that nobody changed a page, or that a reply is gone', async () => {
  expect(await history(START)).toMatchObject({ content: edit.noHistory, embeds: [], components: [] });
  expect(await history('r:zzzzzzzz')).toMatchObject({ content: edit.gone });
  const { topic } = await addKeys();
  const elsewhere = await historyPage(newId(), topic, undefined, contextOf(), store);
  expect(elsewhere.content).toBe(edit.gone);
});
