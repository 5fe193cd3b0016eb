// The shipped guides keep their promises: sources, disagreements, links, no help for evading a ban.
import { describe, expect, it } from 'vitest';
import { readContentFolder } from '../../src/content/files.ts';
import { reachableFrom } from '../../src/guide/graph.ts';
import { drawMap } from '../../src/guide/map.ts';

const { content = expect.fail('the shipped content has errors'), findings } = await readContentFolder('content');
const edition = content.editions.get('en') ?? expect.fail('no English edition');
const reachable = [...reachableFrom(edition).keys()].flatMap((name) => edition.pages.get(name) ?? []);

describe('the shipped guides', () => {
  it('have no finding, not even a warning', () => {
    expect(findings).toEqual([]);
  });

  it('say in /help that the bot is not Upwork', () => {
    expect(edition.subject.sources).toContain('I am not Upwork.');
  });

  it('begin each of the three commands with a question', () => {
    const starts = edition.guides
      .filter(({ command }) => command)
      .map(({ command, start }) => [command, edition.pages.get(start ?? '')?.title.endsWith('?')]);
    expect(starts).toEqual([
      ['close-account', true],
      ['new-account', true],
      ['second-account', true],
    ]);
  });

  it('cite each of the article’s 25 statements on a page that can be reached', () => {
    const cited = new Set(reachable.flatMap((page) => page.citations.map(({ id }) => id)));
    const statements = Array.from({ length: 25 }, (_, i) => `G${String(i + 1).padStart(2, '0')}`);
    expect(statements.filter((id) => !cited.has(id))).toEqual([]);
  });

  it.each(content.disagreements.map(({ id, ...rest }) => [id, rest] as const))(
    'show disagreement %s with both sides in one alert that says whose rule counts',
    (_, { claim, authority }) => {
      const alerts = reachable
        .flatMap((page) => page.alerts)
        .filter(({ cites }) => cites.some((id) => claim.includes(id)) && cites.some((id) => authority.includes(id)));
      expect(alerts.length).toBeGreaterThan(0);
      const publishers = content.sources
        .filter(({ statements }) => statements.some((id) => authority.includes(id)))
        .map(({ publisher }) => publisher);
      for (const { text } of alerts)
        expect(
          publishers.some((name) => text.includes(name)),
          text,
        ).toBe(true);
    },
  );

  it('know all eleven disagreements', () => {
    expect(content.disagreements.map(({ id }) => id)).toEqual(Array.from({ length: 11 }, (_, i) => `D${i + 1}`));
  });

  it('never link to staff pages or to anything but https', () => {
    const urls = [
      ...content.sources.map(({ link }) => link),
      ...reachable.flatMap(({ links }) => links.flatMap((link) => (link.kind === 'web' ? [link.url] : []))),
    ];
    expect(urls.filter((url) => url !== undefined && (!url.startsWith('https://') || url.includes('stage-')))).toEqual(
      [],
    );
  });

  it('can be drawn as a map with every page', () => {
    const map = drawMap(edition);
    for (const page of edition.pages.values()) expect(map).toContain(page.code);
    expect(map).not.toContain(':::lost');
  });
});
