// Broken search data: an example for each finding code about it.
import type { FindingCode } from '../../src/guide/findings.ts';
import { LANGUAGE, OTHER_QUESTIONS, QUESTIONS } from './sample.ts';

/** Code, the position in the finding (line:column), and the change of the sample that causes it. */
export type Example = [FindingCode, string, Record<string, string | undefined>];

const search = (name: string, text: string) => ({ [`en/search/${name}.yaml`]: text });

export const BROKEN_SEARCH: Example[] = [
  [
    'G034',
    'questions/other.yaml:2:5',
    search('questions/other', OTHER_QUESTIONS.replace('rear door', 'Front door stuck')),
  ],
  ['G034', 'questions/other.yaml:2:5', search('off-topic', '- Rear door\n')],
  [
    'G034',
    'es/questions/other.yaml:2:5',
    {
      ...search('es/questions/open-door', 'front:\n  - puerta\n'),
      ...search('es/questions/other', 'rear:\n  - Puerta\n'),
    },
  ],
  [
    'G034',
    'es/questions/other.yaml:2:5',
    { ...search('es/off-topic', '- ventana\n'), ...search('es/questions/other', 'rear:\n  - Ventana\n') },
  ],
  ['G039', 'synonyms.yaml:2:7', search('synonyms', 'door: [gate]\nopen: {pull: push}\n')],
  ['G039', 'synonyms.yaml:2:8', search('synonyms', 'door: [gate]\nopen: [7]\n')],
  ['G039', 'synonyms.yaml:3:1 G039 The key "door" is used twice', search('synonyms', 'door: [gate]\n\ndoor: [exit]\n')],
  ['G039', 'synonyms.yaml:1:1', search('synonyms', '- door\n')],
  ['G039', 'abbreviations.yaml:1:1', search('abbreviations', 'dr: door\n')],
  ['G039', 'off-topic.yaml:2:3', search('off-topic', '- who is at the window\n- 7\n')],
  ['G039', 'questions/other.yaml:1:7', search('questions/other', 'rear: where is the rear door\n')],
  ['G039', 'courtesies.yaml:1:1', search('courtesies', 'hello: there\n')],
  ['G039', 'de/language.yaml:1:1', search('de/language', LANGUAGE.replace(/courtesy.*/, ''))],
  ['G039', 'de/language.yaml:5:1', search('de/language', `${LANGUAGE}- hallo\n`)],
  ['G039', 'de/off-topic.yaml:3:1', search('de/off-topic', '- wer ist am fenster\n- "\n')],
  ['G040', 'open-door.yaml:20:1', search('questions/open-door', `${QUESTIONS}fornt:\n  - front entrance\n`)],
  ['G040', 'es/questions/other.yaml:1:1', search('es/questions/other', 'raer:\n  - puerta trasera\n')],
  ['G040', 'questions/othr.yaml:1:1', search('questions/othr', 'rear:\n  - back door\n')],
  ['G041', 'synonym.yaml:1:1 G041', search('synonym', 'door: [gate]\n')],
  ['G041', 'en/search/questions/more/other/deep.yaml:1:1', search('questions/more/other/deep', 'rear: [way out]\n')],
  ['G041', 'German/off-topic.yaml:1:1', search('German/off-topic', '- wer ist am fenster\n')],
  ['G041', 'de/pointers.yaml:1:1', search('de/pointers', 'zoo:\n  text: Im Zoo.\n  questions: [affe]\n')],
  ['G041', 'en/search/language.yaml:1:1', search('language', LANGUAGE)],
  ['G041', 'it/search/synonyms.yaml:1:1', { 'it/search/synonyms.yaml': 'porta: [uscio]\n' }],
  ['G042', 'synonyms.yaml:2:1', search('synonyms', 'door: [gate]\nopen:\n')],
  ['G042', 'synonyms.yaml:2:1', search('synonyms', 'door: [gate]\nopen: []\n')],
  ['G042', 'off-topic.yaml:1:1', search('off-topic', '# nothing yet\n')],
  ['G042', 'off-topic.yaml:2:3', search('off-topic', '- who is at the window\n- " "\n')],
  ['G042', 'courtesies.yaml:2:3', search('courtesies', '- hello\n- " "\n')],
  ['G042', 'de/language.yaml:6:5', search('de/language', `${LANGUAGE}examples:\n  - ""\n`)],
  ['G042', 'abbreviations.yaml:1:1', search('abbreviations', 'words: {}\nphrases:\n')],
  ['G043', 'synonyms.yaml:1:14', search('synonyms', 'door: [gate, way out]\n')],
  ['G043', 'synonyms.yaml:1:8', search('synonyms', 'door: [Gate]\n')],
  ['G043', 'abbreviations.yaml:2:3', search('abbreviations', 'words:\n  a b: c\n')],
  ['G043', 'abbreviations.yaml:2:3', search('abbreviations', 'words:\n  DR: door\n')],
  ['G043', 'abbreviations.yaml:2:3', search('abbreviations', 'words:\n  dr: Door\n')],
  ['G044', 'abbreviations.yaml:2:3', search('abbreviations', 'phrases:\n  shut: close\n')],
  ['G044', 'abbreviations.yaml:2:3', search('abbreviations', 'phrases:\n  shut it now: close\n')],
  ['G044', 'abbreviations.yaml:2:3', search('abbreviations', 'phrases:\n  shut down: close it\n')],
  ['G045', 'synonyms.yaml:1:14', search('synonyms', 'door: [gate, gate]\n')],
  ['G045', 'off-topic.yaml:2:3', search('off-topic', '- who is there\n- Who is there\n')],
  ['G045', 'courtesies.yaml:2:3', search('courtesies', '- hello\n- Hello\n')],
  ['G045', 'de/language.yaml:7:5', search('de/language', `${LANGUAGE}examples:\n  - tür\n  - Tür\n`)],
  ['G046', 'other.md:5:1', search('questions/other', OTHER_QUESTIONS.replace('  - rear door one\n', ''))],
  ['G046', 'en/search/de/questions/other.yaml:1:1', search('de/questions/other', 'rear:\n  - hintere tür\n')],
  ['G046', 'en/search/de:1:1', search('de/questions/other', 'rear:\n  - hintere tür\n')],
  ['G059', 'en/search/de:1:1', search('de/off-topic', '- wer ist am fenster\n')],
  [
    'G049',
    'en/search:1:1',
    { 'en/search/questions/open-door.yaml': undefined, 'en/search/questions/other.yaml': undefined },
  ],
];
