// LOCALE/sources.yaml: titles of sources in another language, where the title is a description and not a name.
import { LineCounter } from 'yaml';
import { z } from 'zod';
import { didYouMean, finding } from './findings.ts';
import type { ContentFiles, Finding, Page, Source } from './model.ts';
import { Positions, readYaml } from './yaml.ts';

const TitlesFile = z.record(z.string(), z.string().trim().min(1).max(100)).nullable();

interface SourceTitles {
  /** Source id → its title. */
  readonly titles: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
}

/** Reads the titles, which a language need not have. @param sources those of `sources.yaml` */
export function parseSourceTitles(
  locale: string,
  { texts, pathOf }: ContentFiles,
  sources: readonly Source[],
): SourceTitles {
  const file = `${locale}/sources.yaml`;
  const text = texts.get(file);
  if (text === undefined) return { titles: new Map(), findings: [] };
  const lines = new LineCounter();
  const yaml = readYaml(text, lines);
  if ('problem' in yaml) {
    const { line, column, problem } = yaml;
    return { titles: new Map(), findings: [finding({ path: pathOf(file), line, column }, 'G066', problem)] };
  }
  const positions = new Positions(pathOf(file), yaml.document, lines);
  const parsed = TitlesFile.safeParse(yaml.value ?? {});
  if (!parsed.success) {
    const findings = parsed.error.issues.map(({ path, message }) =>
      finding(positions.of(path), 'G066', `${path.join('.') || 'the file'}: ${message}`),
    );
    return { titles: new Map(), findings };
  }
  const titles = new Map(Object.entries(parsed.data ?? {}));
  const known = sources.map(({ id }) => id);
  const findings = [...titles.keys()]
    .filter((id) => !known.includes(id))
    .map((id) => finding(positions.ofKey([id]), 'G066', `There is no source "${id}"`, didYouMean(id, known)));
  return { titles, findings };
}

/** A page whose sources have these titles. */
export function withSourceTitles(page: Page, titles: ReadonlyMap<string, string>): Page {
  if (!page.sources.some(({ id }) => titles.has(id))) return page;
  return {
    ...page,
    sources: page.sources.map((source) => ({ ...source, title: titles.get(source.id) ?? source.title })),
  };
}
