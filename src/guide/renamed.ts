// renamed.yaml: names that pages had before, so that old buttons, pins and replies still find them.
import { LineCounter } from 'yaml';
import { z } from 'zod';
import { didYouMean, finding } from './findings.ts';
import type { ContentFiles, Edition, Finding, Page } from './model.ts';
import { Positions, readYaml } from './yaml.ts';

const RENAMED_FILE = 'renamed.yaml';
const NOT_A_PAGE = 'must be a page, such as open-door#front';
const pageName = z.string(NOT_A_PAGE).regex(/^[^#\s]+#[^#\s]+$/, NOT_A_PAGE);
const RenamedFile = z.record(pageName, pageName);

interface Renamed {
  /** Old name → new name. Empty on errors. */
  readonly names: ReadonlyMap<string, string>;
  readonly findings: readonly Finding[];
  /** Findings about pages: each old name is gone, and each new one exists. */
  check(english: Edition): Finding[];
}

/** Reads renamed.yaml, which a folder need not have. */
export function parseRenamed({ texts, pathOf }: ContentFiles): Renamed {
  const path = pathOf(RENAMED_FILE);
  const text = texts.get(RENAMED_FILE);
  const nothing = { names: new Map<string, string>(), check: () => [] };
  if (text === undefined) return { ...nothing, findings: [] };
  const lines = new LineCounter();
  const yaml = readYaml(text, lines);
  if ('problem' in yaml) {
    const { line, column, problem } = yaml;
    return { ...nothing, findings: [finding({ path, line, column }, 'G057', problem)] };
  }
  const positions = new Positions(path, yaml.document, lines);
  // A file of comments has no value.
  const parsed = RenamedFile.safeParse(yaml.value ?? {});
  if (!parsed.success) {
    const findings = parsed.error.issues.map(({ code, path: keys, message }) => {
      const problem = code === 'invalid_key' ? NOT_A_PAGE : message;
      return finding(positions.of(keys), 'G057', `${keys.join('.') || 'the file'}: ${problem}`);
    });
    return { ...nothing, findings };
  }
  const names = new Map(Object.entries(parsed.data));
  const check = ({ pages }: Edition) =>
    [...names].flatMap(([from, to]) => {
      if (pages.has(from)) return [finding(positions.ofKey([from]), 'G058', `The page ${from} still exists`)];
      if (pages.has(to)) return [];
      return [finding(positions.of([from]), 'G058', `There is no page ${to}`, didYouMean(to, [...pages.keys()]))];
    });
  return { names, findings: [], check };
}

/** The page with a name, or with a name that it had before. */
export function pageNamed({ pages, renamed }: Edition, name: string): Page | undefined {
  return pages.get(renamed.get(name) ?? name);
}
