// "Write a reply": the button of a question, and the modal that is filled in with it.
import { expect, it } from 'vitest';
import { writeEditId } from '../../../commands/faq-edit/ids.ts';
import { isWriteId, openWriter, postId, questionIdOf, threadIdOf, writeId } from '../../../commands/insights/write.ts';
import { en } from '../../../src/i18n/en.ts';
import { MAX_ALIASES_LENGTH } from '../../../src/replies/aliases.ts';
import { modalOf } from '../world.ts';

it('writes and reads the id of a question', () => {
  expect(writeId('abc')).toBe('i1:write:abc');
  expect(questionIdOf(writeId('abc'))).toBe('abc');
  expect(questionIdOf('i1:write:a\0b\0c')).toBe('abc');
  expect(['i1:write:', 'i1:write:x', 'i1:writ', ' i1:write:x'].map(isWriteId)).toEqual([true, true, false, false]);
});

it('writes and reads the id of a post', () => {
  expect(threadIdOf(postId('700001'))).toBe('700001');
  expect(isWriteId(postId('700001'))).toBe(true);
  const others = [writeId('700001'), 'i1:post:', 'i1:post:abc', `i1:post:${'9'.repeat(21)}`, 'i1:post:1/2'];
  expect(others.map(threadIdOf)).toEqual(others.map(() => undefined));
});

it('opens the form of a new reply, with the question as title and name', async () => {
  const { edit } = en;
  const { customId, title, inputs } = await modalOf(openWriter('where, exactly, is it?', en));
  expect([customId, title]).toEqual([writeEditId({ action: 'add', number: 0, topic: '' }), edit.addTitle]);
  expect(inputs).toMatchObject({
    title: { label: edit.title, style: 1, required: true, max_length: 256, value: 'where, exactly, is it?' },
    text: { label: edit.text, description: edit.textHint, style: 2, required: true, max_length: 4000 },
    aliases: {
      label: edit.aliases,
      description: edit.aliasesHint,
      style: 2,
      required: false,
      max_length: MAX_ALIASES_LENGTH,
      value: 'where exactly is it?',
    },
  });
  expect(inputs.text).not.toHaveProperty('value');
});

it('cuts a long question to 256 UTF-16 units, and never within a character', async () => {
  const titleOf = async (question: string) => (await modalOf(openWriter(question, en))).inputs.title?.value;
  expect(await titleOf('x'.repeat(256))).toBe('x'.repeat(256));
  expect(await titleOf('x'.repeat(257))).toBe('x'.repeat(256));
  expect(await titleOf(`${'x'.repeat(255)}🔑`)).toBe('x'.repeat(255));
  expect(await titleOf(`${'x'.repeat(254)}🔑y`)).toBe(`${'x'.repeat(254)}🔑`);
});
