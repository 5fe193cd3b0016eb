// The modal of a reply: what it is filled in with, what is saved, and what a person gets back if that fails.
import { MessageFlags } from 'discord-api-types/v10';
import { afterAll, expect, it } from 'vitest';
import { openEditor, submitForm } from '../../../commands/faq-edit/editor.ts';
import { type EditId, writeEditId } from '../../../commands/faq-edit/ids.ts';
import { Refusal } from '../../../src/discord/answer.ts';
import { MAX_CONTENT } from '../../../src/discord/limits.ts';
import { replyEmbed } from '../../../src/discord/views/embeds.ts';
import { messagesFor } from '../../../src/i18n/index.ts';
import { MAX_ALIASES_LENGTH } from '../../../src/replies/aliases.ts';
import { MAX_REPLIES, TooManyRepliesError } from '../../../src/replies/reply.ts';
import { findReply, removeReply } from '../../../src/replies/repository.ts';
import type { Topic } from '../../../src/replies/topics.ts';
import { StoreError } from '../../../src/store/errors.ts';
import type { Store } from '../../../src/store/store.ts';
import { modalInteraction, USER_ID } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { buttonsOf, contextOf, FRONT, messageOf, modalOf, openCommandWorld, replyOf, START } from '../world.ts';

const en = messagesFor('en');
const { services, store, write, logged, close } = openCommandWorld();
afterAll(close);

const { edit } = en;
const topicOf = (topic: string, ...replies: ReturnType<typeof replyOf>[]): Topic =>
  contextOf(replies).topics.find(topic) ?? expect.fail(`no topic ${topic}`);

it('opens empty for a new reply', async () => {
  const { customId, title, inputs } = await modalOf(openEditor(undefined, en));
  expect([customId, title]).toEqual([writeEditId({ action: 'add', number: 0, topic: '' }), edit.addTitle]);
  expect(inputs).toMatchObject({
    title: { label: edit.title, style: 1, required: true, max_length: 256 },
    text: { label: edit.text, description: edit.textHint, style: 2, required: true, max_length: 4000 },
    aliases: {
      label: edit.aliases,
      description: edit.aliasesHint,
      style: 2,
      required: false,
      max_length: MAX_ALIASES_LENGTH,
    },
    question: { label: edit.trial.label, description: edit.trial.hint, style: 1, required: false, max_length: 200 },
  });
  for (const input of Object.values(inputs)) expect(input).not.toHaveProperty('value');
});

it('opens with the text of a reply', async () => {
  const reply = replyOf({ aliases: ['money back', 'a, b'], revision: 7 });
  const { customId, title, inputs } = await modalOf(openEditor(topicOf(reply.topic, reply), en));
  expect([customId, title]).toEqual([
    writeEditId({ action: 'change', number: 7, topic: reply.topic }),
    edit.changeTitle,
  ]);
  expect(inputs).toMatchObject({
    title: { value: reply.title },
    text: { value: reply.text },
    aliases: { value: 'money back, "a, b"' },
  });
});

it('opens with a page’s own text without the citation marks', async () => {
  const { customId, title, inputs } = await modalOf(openEditor(topicOf(FRONT), en));
  expect([customId, title]).toEqual([writeEditId({ action: 'change', number: 0, topic: FRONT }), edit.overrideTitle]);
  const page = topicOf(FRONT);
  expect(page.kind === 'page' && page.page.text).toMatch(/\[1\]\[2\]$/);
  expect(inputs).toMatchObject({ title: { value: page.title }, text: { value: 'Turn the handle.' } });
  expect(inputs.aliases).not.toHaveProperty('value');
});

it('keeps what only looks like a citation mark, and cuts a text that is too long for the form', async () => {
  const topic = topicOf(FRONT);
  if (topic.kind !== 'page') expect.fail('it is a page');
  const textOf = async (text: string) =>
    (await modalOf(openEditor({ ...topic, page: { ...topic.page, text } }, en))).inputs.text;
  expect(await textOf('a[12] b [123] [x] c[1]')).toMatchObject({ value: 'a b [123] [x] c' });
  expect(await textOf('x'.repeat(4000))).toMatchObject({ value: 'x'.repeat(4000) });
  expect(await textOf('x'.repeat(4001))).toMatchObject({ value: `${'x'.repeat(3999)}…` });
});

it('opens with the server’s text in place of a page', async () => {
  const reply = replyOf({ topic: FRONT, title: 'Ours', text: 'Ring.', revision: 3 });
  const { customId, title, inputs } = await modalOf(openEditor(topicOf(FRONT, reply), en));
  expect([customId, title]).toEqual([writeEditId({ action: 'change', number: 3, topic: FRONT }), edit.overrideTitle]);
  expect(inputs).toMatchObject({ title: { value: 'Ours' }, text: { value: 'Ring.' } });
});

it('accepts a long title that was saved before', async () => {
  const open = async (title: string) =>
    (await modalOf(openEditor(topicOf('r:abcd1234', replyOf({ title })), en))).inputs;
  expect((await open('🔑'.repeat(200))).title).toMatchObject({ max_length: 400, value: '🔑'.repeat(200) });
  expect((await open('Short')).title).toMatchObject({ max_length: 256 });
});

it('refuses a text that is too long for the form', () => {
  const open = (units: number) => openEditor(topicOf('r:abcd1234', replyOf({ text: '🔑'.repeat(units / 2) })), en);
  expect(open(4000).response).toHaveProperty('data');
  expect(() => open(4002)).toThrow(new Refusal(edit.tooLongForForm));
});

const TYPED = { title: ' Lost keys ', text: 'Call *Ann*.', aliases: 'keys, key ring' };
const ADD: EditId = { action: 'add', number: 0, topic: '' };

function save(guildId: string, id: EditId = ADD, typed: Record<string, string> = TYPED, more: { store?: Store } = {}) {
  const interaction = modalInteraction(writeEditId(id), typed, { guildId });
  return submitForm(interaction, id, guildId, contextOf(), { ...services, ...more });
}
const fileOf = ({ files = [] }: Awaited<ReturnType<typeof messageOf>>) =>
  Object.fromEntries(files.map(({ name, data, contentType }) => [name, [contentType, String(data)]]));

it('saves a new reply, and shows it privately', async () => {
  const guildId = newId();
  const answer = save(guildId);
  expect(answer.response).toMatchObject({ type: 5, data: { flags: MessageFlags.Ephemeral } });
  expect(await services.replyCache.repliesOf(guildId), 'nothing is saved before the answer').toEqual([]);
  const shown = await messageOf(answer);
  const [reply, ...others] = await services.replyCache.repliesOf(guildId);
  expect(others).toEqual([]);
  expect(reply).toMatchObject({
    title: 'Lost keys',
    text: TYPED.text,
    aliases: ['keys', 'key ring'],
    action: 'add',
    savedBy: USER_ID,
  });
  expect(shown.content).toBe(edit.saved('Lost keys'));
  expect(shown.embeds).toEqual([replyEmbed({ title: 'Lost keys', text: TYPED.text }, en.faq.own)]);
});

it('says that other names help, for a new reply without any', async () => {
  const guildId = newId();
  const typed = { ...TYPED, aliases: ' , ' };
  expect((await messageOf(save(guildId, ADD, typed))).content).toBe(`${edit.saved('Lost keys')}\n${edit.noNames}`);
  const page = { action: 'change', number: 0, topic: START } as const;
  expect((await messageOf(save(guildId, page, typed))).content, 'a page has questions').toBe(edit.saved('Lost keys'));
  const { topic } = await write(guildId, {});
  const change = { action: 'change', number: 1, topic } as const;
  expect((await messageOf(save(guildId, change, typed))).content, 'it was said').toBe(edit.saved('Lost keys'));
});

it('saves once if the interaction arrives twice', async () => {
  const guildId = newId();
  const interaction = modalInteraction(writeEditId(ADD), TYPED, { guildId });
  for (let i = 0; i < 2; i++) await messageOf(submitForm(interaction, ADD, guildId, contextOf(), services));
  expect(await services.replyCache.repliesOf(guildId)).toHaveLength(1);
});

it('saves text in place of a page', async () => {
  const guildId = newId();
  const shown = await messageOf(
    save(guildId, { action: 'change', number: 0, topic: START }, { ...TYPED, title: '*A*' }),
  );
  expect(shown.content).toBe(edit.saved('\\*A\\*'));
  expect(shown.embeds?.[0]?.footer?.text).toBe(en.faq.override);
  expect(await findReply(store, { guildId, topic: START })).toMatchObject({ title: '*A*', revision: 1 });
});

it('changes the revision that the person saw', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, {});
  const shown = await messageOf(save(guildId, { action: 'change', number: 1, topic }));
  expect(shown.content).toBe(edit.saved('Lost keys'));
  expect(await findReply(store, { guildId, topic })).toMatchObject({ title: 'Lost keys', revision: 2 });
});

it('gives both texts back if somebody else changed the reply meanwhile', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, { title: 'Theirs', text: 't'.repeat(2501), aliases: ['one'] });
  const shown = await messageOf(save(guildId, { action: 'change', number: 0, topic }));
  expect(shown.content).toBe(edit.conflict(USER_ID));
  expect(shown.embeds).toEqual([
    { title: 'Theirs', description: `${'t'.repeat(2499)}…`, footer: { text: edit.now } },
    { title: 'Lost keys', description: TYPED.text, footer: { text: edit.yours } },
  ]);
  expect(buttonsOf(shown)).toEqual([[en.confirm.editAgain, writeEditId({ action: 'again', number: 0, topic })]]);
  expect(fileOf(shown)).toEqual({
    'shown-now.md': ['text/markdown', `Theirs\n\n> one\n\n${'t'.repeat(2501)}`],
    'your-text.md': ['text/markdown', ' Lost keys \n\n> keys\n> key ring\n\nCall *Ann*.'],
  });
  expect((await findReply(store, { guildId, topic }))?.title).toBe('Theirs');
});

it('gives the text back if the reply was removed meanwhile', async () => {
  const guildId = newId();
  const { topic } = await write(guildId, {});
  await removeReply(store, { guildId, topic, authorId: '1', cause: newId() });
  const shown = await messageOf(save(guildId, { action: 'change', number: 1, topic }));
  expect(shown.content).toBe(edit.notSaved(edit.conflictGone));
  expect(Object.keys(fileOf(shown))).toEqual(['your-text.md']);
  const never = await messageOf(save(guildId, { action: 'change', number: 0, topic: 'r:zzzzzzzz' }));
  expect(never.content).toBe(edit.notSaved(edit.conflictGone));
});

it.each([
  ['the server has as many replies as it can', new TooManyRepliesError(1), edit.full(MAX_REPLIES)],
  ['the database fails', new StoreError('full', 'no space'), en.error.store.full],
  ['of a bug', new Error('oops'), en.error.bug('12345678')],
])('gives the text back if %s', async (_, error, sentence) => {
  const transact = () => Promise.reject(error);
  const shown = await messageOf(save(newId(), ADD, TYPED, { store: { ...store, transact } }));
  expect(shown.content?.replace(/\*\*\w{8}\*\*/, '**12345678**')).toBe(edit.notSaved(sentence));
  expect(shown.embeds).toEqual([{ title: 'Lost keys', description: TYPED.text, footer: { text: edit.yours } }]);
  expect(fileOf(shown)['your-text.md']?.[1]).toContain(TYPED.text);
});

it('logs what only the operator can fix', async () => {
  logged.length = 0;
  await messageOf(
    save(newId(), ADD, TYPED, { store: { ...store, transact: () => Promise.reject(new Error('oops')) } }),
  );
  expect(logged.map(({ msg }) => msg)).toEqual(['interaction failed']);
});

const { problem } = edit;
it.each<[string, Record<string, string>, string[]]>([
  ['an empty title and text', { title: ' ', text: '' }, [problem.empty(edit.title), problem.empty(edit.text)]],
  ['a title of 257 characters', { title: 'x'.repeat(257) }, [problem.long(edit.title, 256)]],
  ['a text of 4,001 characters', { text: 'x'.repeat(4001) }, [problem.long(edit.text, 4000)]],
  ['a name of 81 characters', { aliases: 'x'.repeat(81) }, [problem.long(edit.aliases, 80)]],
  ['eleven names', { aliases: '1,2,3,4,5,6,7,8,9,10,11' }, [problem.many(edit.aliases, 10)]],
  ['a title of two lines', { title: 'a\nb' }, [problem.lines(edit.title)]],
  ['a NUL', { text: 'a\0b' }, [problem.character(edit.text)]],
  ['a link', { text: 'see http://a.example/`x`' }, [problem.link(edit.text, 'http://a.example/ˋxˋ')]],
  [
    'a long link',
    { text: `http://a.example/${'x'.repeat(200)}` },
    [problem.link(edit.text, `http://a.example/${'x'.repeat(182)}…`)],
  ],
])('names the problem of %s, and saves nothing', async (_, typed, sentences) => {
  const guildId = newId();
  const shown = await messageOf(save(guildId, ADD, { ...TYPED, ...typed }));
  expect(shown.content).toBe(edit.notSaved(sentences.join('\n')));
  expect(await services.replyCache.repliesOf(guildId)).toEqual([]);
});

it('shows a dash for an empty title and text, and cuts long ones to Discord’s limits', async () => {
  const embedOf = async (typed: Record<string, string>) =>
    (await messageOf(save(newId(), ADD, { ...TYPED, ...typed }))).embeds?.[0];
  expect(await embedOf({ title: ' ', text: '\n' })).toMatchObject({ title: '—', description: '—' });
  expect(await embedOf({ title: 'x'.repeat(257), text: 'y'.repeat(4001) })).toMatchObject({
    title: `${'x'.repeat(255)}…`,
    description: `${'y'.repeat(3999)}…`,
  });
  const turned = await embedOf({ title: 'a\u202eb\nc', text: 'a\u202eb http://a.example' });
  expect(turned).toMatchObject({ title: 'ab\nc', description: 'ab http://a.example' });
});

it('keeps a long list of problems within Discord’s limit', async () => {
  const links = Array.from({ length: 60 }, (_, i) => `http://a.example/${i}`).join(' ');
  const { content = '' } = await messageOf(save(newId(), ADD, { ...TYPED, text: links }));
  expect([...content]).toHaveLength(MAX_CONTENT);
});
