// How /insights counts walks.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Channel, Message } from 'fake-discord';
import { buttonsOf, type Person } from 'fake-discord';
import { describe, expect, it } from 'vitest';
import { writeWalkId } from '../../src/discord/custom-id.ts';
import type { Page } from '../../src/guide/model.ts';
import { en } from '../../src/i18n/en.ts';
import { shippedEdition } from '../shipped.ts';
import { MODERATOR, until, useWorld } from './world.ts';

const edition = await shippedEdition();
const { insights: words, button } = en;
const start = edition.pages.get(edition.guides.find(({ command }) => command === 'close-account')?.start ?? '');
if (!start) throw new Error('there is a first page');
const linksOf = (page: Page) =>
  page.links.flatMap((link) => (link.kind === 'page' ? (edition.pages.get(link.page) ?? []) : []));
const isDeep = (page: Page) => page.steps.length > 0 && !page.outcome && linksOf(page).length > 0;
/** A page with steps, so that My plan is there, and its first link's page. */
const planned = [...edition.pages.values()].find(isDeep) ?? expect.fail('a page with steps and links');
const SHORT = 50;

let servers = 0;
const world = useWorld();

/** A server of its own: what was counted in it, and people in it. */
function server() {
  const guild = world.discord.addGuild(`Server ${++servers}`);
  const channel: Channel = world.discord.addChannel(guild, 'general');
  const moderator = world.newcomer(`Mod ${servers}`, MODERATOR, channel);
  const person = (name: string): Person => world.discord.person(world.discord.addUser(name), channel);
  return {
    guild,
    channel,
    moderator,
    person,
    /** Waits for these numbers; the counters write within a second. */
    async counted({ pages, walks }: { pages: number; walks: number }) {
      const lines = [words.pages(String(pages), words.new), words.walks(String(walks), words.new)].join('|');
      const seen = async () => {
        const embed = (await moderator.slash('insights')).message?.embeds[0];
        const found = embed?.description?.split('\n').filter((line) => /^(?:Pages read|Walks)/.test(line));
        return { embed, found: found?.join('|') };
      };
      await until('the numbers', async () => (await seen()).found === lines, 3000).catch(() => undefined);
      await sleep(600);
      const { embed, found } = await seen();
      expect(found).toBe(lines);
      return (name: string) => embed?.fields?.find((field) => field.name === name)?.value ?? '';
    },
  };
}
const open = async (person: Person, page: Page) =>
  (await person.slash('close-account', { page: page.name })).message ?? expect.fail('a message');
const linkOn = (message: Message | null, at = 0) =>
  buttonsOf(message ?? expect.fail()).filter(({ custom_id: id }) => id?.startsWith('w2:en:p:'))[at]?.label ?? '';
const short = (title: string) => [...title].slice(0, SHORT).join('');

describe('walks are counted', () => {
  it('once, even if My plan is opened many times', async () => {
    const { person, counted } = server();
    const member = person('Planner');
    const message = await open(member, planned);
    for (let i = 0; i < 3; i++) {
      await member.press(message, button.plan);
      await member.press(message, button.back);
    }
    await member.press(message, button.plan);
    const field = await counted({ pages: 1, walks: 1 });
    expect(field(words.stops)).toContain(words.end(short(planned.title), '100', '1', '1').slice(0, 20));
  });

  it('as continued from the plan, from the thanks, and by Back and Start over', async () => {
    const { person, counted } = server();
    const member = person('Wanderer');
    const message = await open(member, planned);
    await member.press(message, linkOn(message));
    await member.press(message, button.back);
    await member.press(message, button.plan);
    await member.press(message, button.startOver);
    const outcome = [...edition.pages.values()].find((page) => page.outcome) ?? expect.fail('an outcome');
    const other = await open(member, outcome);
    await member.press(other, button.notHelped);
    await member.press(other, button.back);
    await member.press(other, button.notHelped);
    await member.press(other, button.startOver);
    // planned, its link, planned, the first page; the outcome, the first page
    const field = await counted({ pages: 6, walks: 2 });
    expect(field(words.stops)).toContain('ended here 2 (100 % of all walks), read 2');
    expect(field(words.outcomes)).toBe('');
  });

  it('as continued from a page with a title of the moderators', async () => {
    const { person, moderator, counted } = server();
    await moderator.submit(await moderator.slash('faq-edit change', { topic: planned.name }), {
      title: 'Our own title',
      text: 'Our own text.',
    });
    for (const name of ['A', 'B', 'C', 'D']) {
      const member = person(name);
      const message = await open(member, planned);
      expect(message.embeds[0]?.title).toBe('Our own title');
      await member.press(message, linkOn(message));
      await member.press(message, button.back);
      await member.press(message, button.startOver);
    }
    const field = await counted({ pages: 16, walks: 4 });
    expect(field(words.stops)).not.toContain('Our own title');
    expect(field(words.stops)).toContain('ended here 4 (100 % of all walks), read 4');
  });

  it('once if a button is pressed twice, or two buttons of one page', async () => {
    const { person, counted } = server();
    const member = person('Quick');
    const message = await open(member, planned);
    const [first, second] = linksOf(planned).map((page) => ({
      id: writeWalkId('open', [start, planned, page], { edition }),
      page,
    }));
    await Promise.all([member.pressId(message, first?.id ?? ''), member.pressId(message, first?.id ?? '')]);
    if (second) await member.pressId(message, second.id);
    await counted({ pages: second ? 3 : 2, walks: 1 });
  });

  it('as started by each person who presses a button of a public message', async () => {
    const { person, counted } = server();
    const sharer = person('Sharer');
    const { message: shared } = await sharer.slash('close-account', { page: planned.name, share: true });
    for (const name of ['A', 'B', 'C']) await person(name).press(shared, linkOn(shared));
    await Promise.all([sharer.press(shared, linkOn(shared)), sharer.press(shared, linkOn(shared))]);
    await counted({ pages: 4, walks: 4 });
  });

  it('not for a publicly answered question, until somebody presses a button', async () => {
    const { person, moderator, counted } = server();
    const asker = person('Asker');
    const question = 'can i have two accounts at the same time';
    const ask = async () => (await asker.slash('ask', { question, share: true })).message;
    await until('the search', async () => (await ask())?.content.includes(en.ask.guess));
    const { message } = await moderator.slash('insights');
    expect(message?.embeds[0]?.description ?? '').not.toContain('Walks: **1**');
    const shared = await ask();
    await person('Clicker').press(shared, linkOn(shared));
    await counted({ pages: 1, walks: 1 });
  });

  it('correctly with the buttons of 1.0, which do not contain their page', async () => {
    const { person, counted } = server();
    const member = person('Old');
    const message = await open(member, planned);
    await member.press(message, linkOn(message));
    await member.pressId(message, `w1:b:${start.code}${planned.code}`);
    expect(message.embeds[0]?.title).toBe(planned.title);
    await member.press(message, linkOn(message));
    await member.press(message, button.startOver);
    await counted({ pages: 5, walks: 1 });
  });

  it('and a deleted page does not count as another page that helped or did not', async () => {
    const { person, counted } = server();
    const member = person('Late');
    const message = await open(member, planned);
    const outcome = [...edition.pages.values()].find((page) => page.outcome) ?? expect.fail('an outcome');
    for (const letter of ['y', 'n']) await member.pressId(message, `w1:${letter}:${outcome.code}???`);
    const other = await open(member, outcome);
    await member.press(other, button.helped);
    const field = await counted({ pages: 3, walks: 2 });
    expect(field(words.helped)).toBe(words.judged('1', '0', '100'));
  });
});
