// sources.yaml: what may be cited, and where the guide and Upwork differ.
import { LineCounter } from 'yaml';
import { finding } from './findings.ts';
import { type Disagreement, type Finding, type Source, type SourcePosition, SourcesFile } from './model.ts';
import type { Statements } from './parse.ts';
import { checkCutValues, positionIn, readYaml } from './yaml.ts';

export interface Sources {
  /** The source that the guides are written after; undefined on errors. */
  readonly guide: Source | undefined;
  readonly sources: readonly Source[];
  readonly disagreements: readonly Disagreement[];
  readonly statements: Statements;
  /** Where a statement or source is listed, for findings about it. */
  placeOf(path: readonly PropertyKey[]): SourcePosition;
}

/** Parses sources.yaml. On errors the lists are empty and the findings say where and why. */
export function parseSources(path: string, text: string): Sources & { findings: Finding[] } {
  const lines = new LineCounter();
  const yaml = readYaml(text, lines);
  const document = 'document' in yaml ? yaml.document : undefined;
  const placeOf = (keys: readonly PropertyKey[]) => positionIn(path, document, lines, keys);
  const nothing = { guide: undefined, sources: [], disagreements: [], statements: new Map(), placeOf };
  if ('problem' in yaml) {
    const { line, column, problem } = yaml;
    return { ...nothing, findings: [finding({ path, line, column }, 'G030', problem)] };
  }
  const parsed = SourcesFile.safeParse(yaml.value);
  if (!parsed.success) {
    const findings = parsed.error.issues.map((issue) =>
      finding(placeOf(issue.path), 'G030', `${issue.path.join('.') || 'the file'}: ${issue.message}`),
    );
    return { ...nothing, findings };
  }
  const statements = new Map<string, Source[]>();
  for (const source of parsed.data.sources) {
    for (const id of source.statements) statements.set(id, [...(statements.get(id) ?? []), source]);
  }
  const guide = parsed.data.sources.find(({ id }) => id === parsed.data.guide);
  const findings = [
    ...doubleSources(parsed.data.sources, placeOf),
    ...checkCutValues(yaml.document, text, { path, line: 1, column: 1 }),
  ];
  return { ...parsed.data, guide, statements, placeOf, findings };
}

function doubleSources(sources: readonly Source[], placeOf: Sources['placeOf']): Finding[] {
  const seen = new Set<string>();
  return sources.flatMap(({ id }, i) => {
    const isNew = !seen.has(id);
    seen.add(id);
    return isNew ? [] : [finding(placeOf(['sources', i, 'id']), 'G030', `The source id "${id}" is used twice`)];
  });
}
