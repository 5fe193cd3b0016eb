// sources.yaml: what may be cited, and where a claim and the authority differ.
import { LineCounter } from 'yaml';
import { finding } from './findings.ts';
import { CONVERT, renameOldKeys } from './format-1.0.ts';
import { type Disagreement, type Finding, type Source, type SourcePosition, SourcesFile } from './model.ts';
import type { Statements } from './parse.ts';
import { checkCutValues, Positions, readYaml } from './yaml.ts';

export interface Sources {
  /** The source whose claims the authority may contradict; undefined if the file names none. */
  readonly claimSource: Source | undefined;
  /** Empty on errors, and never else. */
  readonly sources: readonly Source[];
  readonly disagreements: readonly Disagreement[];
  readonly statements: Statements;
  /** The position of a value in the file, for findings about it. */
  placeOf(keys: readonly PropertyKey[]): SourcePosition;
}

/** Parses sources.yaml. On errors the lists are empty and the findings say where and why. */
export function parseSources(path: string, text: string): Sources & { findings: Finding[] } {
  const lines = new LineCounter();
  const yaml = readYaml(text, lines);
  const nothing = { claimSource: undefined, sources: [], disagreements: [], statements: new Map() };
  if ('problem' in yaml) {
    const { line, column, problem } = yaml;
    const place = { path, line, column };
    return { ...nothing, placeOf: () => place, findings: [finding(place, 'G030', problem)] };
  }
  const positions = new Positions(path, yaml.document, lines);
  const { value, renamed } = renameOldKeys(yaml.value);
  const placeOf = (keys: readonly PropertyKey[]) => positions.of(renamed.get(keys.join()) ?? keys);
  const [old] = renamed.values();
  const outdated = old ? [finding(positions.ofKey(old), 'G048', 'This file has the keys of version 1.0', CONVERT)] : [];
  const parsed = SourcesFile.safeParse(value);
  if (!parsed.success) {
    const findings = parsed.error.issues.map((issue) =>
      finding(placeOf(issue.path), 'G030', `${issue.path.join('.') || 'the file'}: ${issue.message}`),
    );
    return { ...nothing, placeOf, findings: [...outdated, ...findings] };
  }
  const { sources, disagreements } = parsed.data;
  const statements = new Map<string, Source[]>();
  for (const source of sources) {
    for (const id of source.statements) statements.set(id, [...(statements.get(id) ?? []), source]);
  }
  const claimSource = sources.find(({ id }) => id === parsed.data['claims-from']);
  const findings = [
    ...outdated,
    ...duplicateSources(sources, placeOf),
    ...checkCutValues(yaml.document, text, { path, line: 1, column: 1 }),
  ];
  return { claimSource, sources, disagreements, statements, placeOf, findings };
}

function duplicateSources(sources: readonly Source[], placeOf: Sources['placeOf']): Finding[] {
  const seen = new Set<string>();
  return sources.flatMap(({ id }, i) => {
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew ? [] : [finding(placeOf(['sources', i, 'id']), 'G030', `The source id "${id}" is used twice`)];
  });
}
