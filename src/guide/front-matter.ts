// The front matter of a guide file: its command, description and first page.
import type { RootContent } from 'mdast';
import { finding } from './findings.ts';
import { type Finding, FrontMatter, type SourcePosition } from './model.ts';
import { checkCutValues, readYaml } from './yaml.ts';

/**
 * Parses the front matter.
 * @param node the first block of the file
 * @param findings gets what is wrong with it
 * @returns undefined if it is missing or wrong
 */
export function parseFrontMatter(
  path: string,
  node: RootContent | undefined,
  findings: Finding[],
): FrontMatter | undefined {
  const top: SourcePosition = { path, line: 1, column: 1 };
  if (node?.type !== 'yaml') {
    findings.push(
      finding(top, 'G001', 'The file does not begin with front matter', 'begin it with ---, description: …, ---'),
    );
    return undefined;
  }
  const yaml = readYaml(node.value);
  if ('problem' in yaml) {
    findings.push(finding({ path, line: yaml.line + 1, column: yaml.column }, 'G001', yaml.problem));
    return undefined;
  }
  findings.push(...checkCutValues(yaml.document, node.value, { path, line: 2, column: 1 }));
  const parsed = FrontMatter.safeParse(yaml.value);
  if (parsed.success) return parsed.data;
  const given = yaml.value ?? {};
  const isGuide = typeof given === 'object' && ('command' in given || 'start' in given);
  const shape = FrontMatter.options[isGuide ? 0 : 1].safeParse(given);
  for (const issue of shape.error?.issues ?? []) {
    findings.push(finding(top, 'G002', `front matter: ${issue.path.join('.') || 'all of it'}: ${issue.message}`));
  }
  return undefined;
}
