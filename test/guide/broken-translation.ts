// Broken translations, for the findings about them.
import type { Example } from './broken-search.ts';
import { OTHER, recordOf } from './sample.ts';

const GERMAN = { 'de/other.md': OTHER.replace('The back door', 'Die hintere Tür') };
const RECORDED = { ...GERMAN, ...recordOf(GERMAN, 'de') };
const record = (text: string) => ({ ...GERMAN, 'de/edition.yaml': text });

export const BROKEN_TRANSLATION: Example[] = [
  ['G060', 'content/de/edition.yaml:1:1', GERMAN],
  ['G061', 'content/de/edition.yaml:1:', record('[')],
  [
    'G061',
    'content/de/edition.yaml:1:1 G061 error: translated-by'.replace(' error:', ''),
    record('translated: 2026-11-24\n'),
  ],
  ['G061', 'content/de/edition.yaml:2:13', record('translated-by: Ann\ntranslated: yesterday\n')],
  ['G061', 'content/de/edition.yaml:1:1', record('translated-by: Ann\ntranslated: 2026-11-24\nreviewer: Ben\n')],
  ['G062', 'content/de/other.md:5:1', { ...RECORDED, 'en/other.md': OTHER.replace('never', 'always') }],
  ['G062', 'content/de/edition.yaml:1:1', record('translated-by: Ann\ntranslated: 2026-11-24\n')],
  ['G063', 'content/de/edition.yaml:1:1', RECORDED],
  ['G064', 'content/de/other.md:5:1', { ...RECORDED, 'de/other.md': OTHER.replace('{#rear}', '{#rear .costly}') }],
  [
    'G065',
    'content/en/search/de:1:1',
    { ...RECORDED, 'de/search/off-topic.yaml': '- wetter\n', 'en/search/de/off-topic.yaml': '- wetter\n' },
  ],
  ['G066', 'content/de/sources.yaml:1:1', { ...RECORDED, 'de/sources.yaml': 'papers: Ein Leitfaden\n' }],
  ['G066', 'content/de/sources.yaml:1:', { ...RECORDED, 'de/sources.yaml': '[' }],
  ['G066', 'content/de/sources.yaml:1:8', { ...RECORDED, 'de/sources.yaml': 'paper: [a]\n' }],
  ['G067', 'content/pt_BR:1:1', { 'pt_BR/other.md': OTHER }],
  ['G067', 'content/notes:1:1', { 'notes/other.md': OTHER }],
];
