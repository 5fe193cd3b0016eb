// Trying a question before a reply is saved: what it would find, and the buttons under it.
import { type APIMessage, ButtonStyle, ComponentType } from 'discord-api-types/v10';
import { afterAll, describe, expect, it } from 'vitest';
import { editComponents } from '../../../commands/faq-edit/components.ts';
import { type EditId, writeEditId } from '../../../commands/faq-edit/ids.ts';
import { draftOf } from '../../../commands/faq-edit/trial.ts';
import type { MessageBody } from '../../../src/discord/answer.ts';
import { createQuestionAnswering, type QuestionResult } from '../../../src/discord/question-answering.ts';
import { CANCEL } from '../../../src/discord/views/buttons.ts';
import { plainText } from '../../../src/discord/views/plain-text.ts';
import { en } from '../../../src/i18n/en.ts';
import { DRAFT_LIMITS } from '../../../src/replies/draft.ts';
import { findReply } from '../../../src/replies/repository.ts';
import { componentInteraction, modalInteraction, USER_ID } from '../../interactions.ts';
import { newId } from '../../new-id.ts';
import { buttonsOf, FRONT, messageOf, modalOf, openCommandWorld, START } from '../world.ts';

const { services, store, write, clock, close } = openCommandWorld();
afterAll(close);

const { trial } = en.edit;
const ADD: EditId = { action: 'add', number: 0, topic: '' };
const TYPED = { title: ' Lost keys ', text: 'Call *Ann*.', aliases: 'keys, key ring', question: 'i lost my *keys*' };
const real = { ...services, answering: createQuestionAnswering({ log: services.log, clock }) };
const finding = (found: QuestionResult) => ({
  ...services,
  answering: { ...services.answering, ask: async () => found },
});

/** Submits the form. */
const submit = (guildId: string, typed: object = {}, id = ADD, given: typeof services = real) =>
  messageOf(editComponents(given).onModal?.(modalInteraction(writeEditId(id), { ...TYPED, ...typed }, { guildId })));
/** The labels of the buttons that stand out. */
const primaryOf = ({ components = [] }: Pick<MessageBody, 'components'>) =>
  components.flatMap((row) =>
    row.type === ComponentType.ActionRow
      ? row.components.flatMap((part) =>
          part.type === ComponentType.Button && part.style === ButtonStyle.Primary ? [part.label] : [],
        )
      : [],
  );
/** Presses a button of a message. */
const press = (guildId: string, message: Partial<APIMessage>, label: string, given = services) => {
  const [, customId = ''] = buttonsOf(message).find(([one]) => one === label) ?? expect.fail(`no button ${label}`);
  return editComponents(given).onComponent?.(componentInteraction(customId, { guildId, message }));
};
const linesOf = ({ content }: { content?: string | undefined }) => content?.split('\n');
const asked = trial.asked(plainText(TYPED.question));

describe('a question that is tried with a reply', () => {
  it('shows what members would get, and saves nothing', async () => {
    const guildId = newId();
    const shown = await submit(guildId);
    expect(linesOf(shown)).toEqual([asked, trial.sure(trial.thisReply('Lost keys'))]);
    expect(shown.embeds).toEqual([
      {
        color: expect.any(Number),
        title: 'Lost keys',
        description: TYPED.text,
        footer: { text: en.faq.own },
        fields: [{ name: trial.names, value: 'keys\nkey ring' }],
      },
    ]);
    expect(buttonsOf(shown)).toEqual([
      [trial.save, writeEditId({ ...ADD, action: 'save' })],
      [en.confirm.editAgain, writeEditId({ ...ADD, action: 'rewrite' })],
      [en.confirm.cancel, CANCEL],
    ]);
    expect(primaryOf(shown)).toEqual([trial.save]);
    expect(await services.replyCache.repliesOf(guildId)).toEqual([]);
  });

  it('says that the reply is not found', async () => {
    const shown = await submit(newId(), { question: 'zebra' });
    expect(linesOf(shown)).toEqual([trial.asked('zebra'), trial.declined, trial.missing]);
    expect(primaryOf(shown)).toEqual([en.confirm.editAgain]);
  });

  it('is compared with the other replies, and with the new text of the same one', async () => {
    const guildId = newId();
    const { topic } = await write(guildId, { title: 'Zebra *stripes*' });
    await write(guildId, { title: 'Zebra crossing' });
    const question = 'zebra stripes crossing';
    const typed = { title: 'Zebra feed', aliases: '', question };
    const change = { action: 'change', number: 1, topic } as const;
    const [, outcome] = linesOf(await submit(guildId, typed, change)) ?? [];
    expect(outcome).toBe(trial.unsure('**Zebra crossing**'));
    const [, both] = linesOf(await submit(guildId, { ...typed, title: 'Zebra stripes' }, change)) ?? [];
    expect(both).toContain(trial.thisReply('Zebra stripes'));
    expect(both).toContain('**Zebra crossing**');
  });

  const topicOf = (name: string) => real.contexts.contextWith('en-US', {}).topics.find(name) ?? expect.fail(name);
  const [start, front] = [topicOf(START), topicOf(FRONT)];
  const pointer = { id: 'p', text: 'Elsewhere.', questions: [] };
  it.each<[string, QuestionResult, string[]]>([
    ['one page', { kind: 'sure', topics: [start] }, [trial.sure(`**${start.title}**`), trial.missing]],
    [
      'one page, and others after it',
      { kind: 'sure', topics: [start, front] },
      [trial.sure(`**${start.title}**`), trial.others(`**${front.title}**`), trial.missing],
    ],
    [
      'a choice',
      { kind: 'unsure', topics: [start, front] },
      [trial.unsure(`**${start.title}**, **${front.title}**`), trial.missing],
    ],
    ['nothing', { kind: 'declined', isOtherLanguage: false }, [trial.declined, trial.missing]],
    ['a pointer', { kind: 'pointer', pointer }, [trial.pointer, trial.missing]],
    ['a courtesy', { kind: 'courtesy' }, [trial.courtesy, trial.missing]],
    ['no result yet', { kind: 'busy' }, [trial.busy]],
  ])('shows %s', async (_, found, lines) => {
    expect(linesOf(await submit(newId(), {}, ADD, finding(found)))).toEqual([asked, ...lines]);
  });

  it('shows the text in place of a page as that page', async () => {
    const id = { action: 'change', number: 0, topic: START } as const;
    const found = { kind: 'sure', topics: [start] } as const;
    const shown = await submit(newId(), {}, id, finding(found));
    expect(linesOf(shown)).toEqual([asked, trial.sure(trial.thisReply(start.title))]);
    expect(shown.embeds?.[0]?.footer?.text).toBe(en.faq.override);
  });

  it('gives the text back if the search fails', async () => {
    const failing = { ...services.answering, ask: () => Promise.reject(new Error('oops')) };
    const { content, files } = await submit(newId(), {}, ADD, { ...services, answering: failing });
    expect(content).toContain(en.edit.notSaved('').split('\n')[1]);
    expect(String(files?.[0]?.data)).toContain(TYPED.text);
  });

  it('is not asked with a draft that cannot be saved', async () => {
    const { content, files } = await submit(newId(), { title: '' });
    expect(content).toContain(en.edit.problem.empty(en.edit.title));
    expect(files).toHaveLength(1);
  });

  it('is not asked if it is blank', async () => {
    const guildId = newId();
    expect((await submit(guildId, { question: ' \u200b' })).content).toBe(en.edit.saved('Lost keys'));
    expect(await services.replyCache.repliesOf(guildId)).toHaveLength(1);
  });
});

describe('the message of a trial', () => {
  /** As Discord sends it back. */
  const sent = async (guildId: string, typed: object = {}, id = ADD) =>
    ({ ...(await submit(guildId, typed, id)), id: newId() }) as Partial<APIMessage>;

  it('carries the whole draft', async () => {
    const aliases = Array.from({ length: DRAFT_LIMITS.aliases }, (_, i) => `${i}`.padEnd(DRAFT_LIMITS.alias, ','));
    const draft = { title: 't'.repeat(DRAFT_LIMITS.title), text: 'x\n'.repeat(DRAFT_LIMITS.text / 2 - 1), aliases };
    const typed = { ...draft, aliases: aliases.map((one) => `"${one}"`).join(', ') };
    const { embeds = [], content = '' } = await sent(newId(), { ...typed, question: '*'.repeat(200) });
    expect(draftOf({ embeds })).toEqual(draft);
    expect(content.length).toBeLessThanOrEqual(2000);
    expect(draftOf({ embeds: [] })).toBeUndefined();
  });

  it('saves a new reply once', async () => {
    const guildId = newId();
    const message = await sent(guildId);
    const shown = await messageOf(press(guildId, message, trial.save));
    expect(shown.content).toBe(en.edit.saved('Lost keys'));
    expect(shown.components).toEqual([]);
    const twice = await messageOf(press(guildId, message, trial.save));
    expect(twice.content, 'a double click').toBe(en.edit.saved('Lost keys'));
    const [reply, ...others] = await services.replyCache.repliesOf(guildId);
    expect(others).toEqual([]);
    expect(reply).toMatchObject({
      title: 'Lost keys',
      text: TYPED.text,
      aliases: ['keys', 'key ring'],
      savedBy: USER_ID,
    });
  });

  it('saves a change of the revision that the person saw', async () => {
    const guildId = newId();
    const { topic } = await write(guildId, {});
    const id = { action: 'change', number: 1, topic } as const;
    const message = await sent(guildId, { aliases: '' }, id);
    await messageOf(press(guildId, message, trial.save));
    expect(await findReply(store, { guildId, topic })).toMatchObject({ title: 'Lost keys', aliases: [], revision: 2 });
    const other = await messageOf(press(guildId, { ...message, id: newId() }, trial.save));
    expect(other.content, 'of an older text').toBe(en.edit.conflict(USER_ID));
  });

  it.each([
    ['a new reply', ADD, en.edit.addTitle],
    ['a reply', { action: 'change', number: 7, topic: 'r:abcd1234' } as const, en.edit.changeTitle],
    ['a page', { action: 'change', number: 0, topic: START } as const, en.edit.overrideTitle],
  ])('opens the form of %s again, with the draft', async (_, id, formTitle) => {
    const guildId = newId();
    const message = await sent(guildId, {}, id);
    const { customId, title, inputs } = await modalOf(press(guildId, message, en.confirm.editAgain));
    expect([customId, title]).toEqual([writeEditId(id), formTitle]);
    expect(inputs).toMatchObject({
      title: { value: 'Lost keys' },
      text: { value: TYPED.text },
      aliases: { value: 'keys, key ring' },
    });
  });

  it('without its draft is not saved', async () => {
    const guildId = newId();
    const message = { ...(await sent(guildId)), embeds: [] };
    const shown = await messageOf(press(guildId, message, trial.save));
    expect(shown.content ?? shown.embeds?.[0]?.description).toBeTruthy();
    expect(await services.replyCache.repliesOf(guildId)).toEqual([]);
  });
});
