// LOCALE/sources.yaml: titles of sources in another language, where the title is a description and not a name.
import { LineCounter } from 'yaml';
import { z } from 'zod';
import { didYouMean, finding } from './findings.ts';
import type { ContentFiles, Finding, Page, Source } from './model.ts';
import { Positions, readYaml } from './yaml.ts';

const TitlesFile = z.record(z.string(), z.string().trim().min(1).max(100)).nullable();

interface TitledSources {
  /** The sources that have another title, by id. Each is one object, by which a list names it once. */
  readonly sources: ReadonlyMap<string, Source>;
  readonly findings: readonly Finding[];
}

/** Reads the titles, which a language need not have. @param sources those of `sources.yaml` */
export function parseSourceTitles(
  locale: string,
  { texts, pathOf }: ContentFiles,
  sources: readonly Source[],
): TitledSources {
  const file = `${locale}/sources.yaml`;
  const text = texts.get(file);
  if (text === undefined) return { sources: new Map(), findings: [] };
  const lines = new LineCounter();
  const yaml = readYaml(text, lines);
  if ('problem' in yaml) {
    const { line, column, problem } = yaml;
    return { sources: new Map(), findings: [finding({ path: pathOf(file), line, column }, 'G066', problem)] };
  }
  const positions = new Positions(pathOf(file), yaml.document, lines);
  const parsed = TitlesFile.safeParse(yaml.value ?? {});
  if (!parsed.success) {
    const findings = parsed.error.issues.map(({ path, message }) =>
      finding(positions.of(path), 'G066', `${path.join('.') || 'the file'}: ${message}`),
    );
    return { sources: new Map(), findings };
  }
  const titles = parsed.data ?? {};
  const known = sources.map(({ id }) => id);
  const findings = Object.keys(titles)
    .filter((id) => !known.includes(id))
    .map((id) => finding(positions.ofKey([id]), 'G066', `There is no source "${id}"`, didYouMean(id, known)));
  const titled = sources.flatMap((source): [string, Source][] => {
    const title = titles[source.id];
    return title === undefined ? [] : [[source.id, { ...source, title }]];
  });
  return { sources: new Map(titled), findings };
}

/** A page with these sources in place of those with the same ids. */
export function withSourceTitles(page: Page, titled: ReadonlyMap<string, Source>): Page {
  return { ...page, sources: page.sources.map((source) => titled.get(source.id) ?? source) };
}
