// Loading content: what pages say after parsing, and that it is the same on every machine.
import { describe, expect, it, vi } from 'vitest';
import { pageLimits } from '../../src/discord/views/page-limits.ts';
import { formatFinding } from '../../src/guide/findings.ts';
import { loadContent } from '../../src/guide/load.ts';
import { files, GUIDE, load, OTHER, SOURCES, SUBJECT, TODAY } from './sample.ts';

const guide = (from: string | RegExp, to: string) => ({ 'en/open-door.md': GUIDE.replace(from, to) });
const sources = (from: string | RegExp, to: string) => ({ 'sources.yaml': SOURCES.replace(from, to) });

describe('content', () => {
  it('writes hard breaks and bold text as Discord shows them, and links that lead nowhere as text', () => {
    const steps = '- [ ] **Careful!**[^U01]Turn it  \n  to the left\\\n  [again](#start)';
    const { content } = load(guide('- [ ] Turn it', steps));
    expect(content?.editions.get('en')?.pages.get('open-door#front')?.steps.at(-1)).toBe(
      '**Careful!**Turn it\nto the left\nagain',
    );
  });

  it('takes quoted values and comments of their own for what they are', () => {
    const quoted = {
      ...guide('How to open the door', '"Open door #2" # not the first'),
      ...sources('paper\n', 'paper # ours\n'),
    };
    const { content, findings } = load(quoted);
    expect(findings.map(formatFinding)).toEqual([]);
    expect(content?.editions.get('en')?.guides[0]?.description).toBe('Open door #2');
  });

  it('gives the same version and order whatever the order of the files and the language of the machine', () => {
    const more = {
      'de/open-door.md': GUIDE,
      'de/subject.yaml': SUBJECT,
      'README.md': 'x',
      'en/ä.md': OTHER.replace('#rear', '#a').replace('The back', 'A'),
    };
    const all = [...files(more)];
    const read = (given: typeof all) =>
      loadContent(new Map(given), { root: 'content', limits: pageLimits, today: TODAY });
    const compare = vi.spyOn(String.prototype, 'localeCompare').mockReturnValue(0);
    const backwards = read([...all].reverse());
    compare.mockRestore();
    expect(backwards).toEqual(read(all));
  });

  it('reads a file with the mark that Windows puts at its beginning', () => {
    const { content, findings } = load({ 'en/open-door.md': `\uFEFF${GUIDE}`, 'sources.yaml': `\uFEFF${SOURCES}` });
    expect(findings.map(formatFinding)).toEqual([]);
    expect(content?.version).toBe(load().content?.version);
  });
});
