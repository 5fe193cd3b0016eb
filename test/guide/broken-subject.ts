// Broken subject.yaml files: an example for each finding code about them.
import type { Example } from './broken-search.ts';
import { OTHER, SUBJECT } from './sample.ts';

const subject = (from: string | RegExp, to: string) => ({ 'subject.yaml': SUBJECT.replace(from, to) });

export const BROKEN_SUBJECT: Example[] = [
  ['G038', 'subject.yaml:2:14', subject('I help with the door.', 'I help #with the door.')],
  ['G050', 'subject.yaml:4:9', subject('I cannot', 'Note: I cannot')],
  ['G050', 'subject.yaml:9:1', subject('caretaker: https://example.org"', 'caretaker')],
  ['G050', 'subject.yaml:1:1', { 'subject.yaml': '' }],
  ['G050', 'subject.yaml:1:1', { 'subject.yaml': '- Doors\n' }],
  ['G050', 'subject.yaml:1:1', { 'subject.yaml': 'Doors\n' }],
  ['G050', 'de/subject.yaml:1:9', { 'de/other.md': OTHER, 'de/subject.yaml': 'title: [' }],
  ['G051', 'subject.yaml:1:1 G051 The key "scope" is missing', subject(/scope.*\n/, '')],
  ['G051', 'subject.yaml:5:7 G051 Unknown key "scop" (did you mean scope?)', subject('scope', 'scop')],
  ['G051', 'subject.yaml:9:8', subject(/$/, 'about: doors\n')],
  ['G052', 'subject.yaml:5:8 G052 "scope" is not a text', subject('I know about doors.', '[doors]')],
  ['G052', 'subject.yaml:5:8', subject('I know about doors.', '7')],
  ['G052', 'subject.yaml:5:8 G052 "scope" is empty', subject('I know about doors.', '" "')],
  ['G052', 'subject.yaml:5:8 G052 "scope" has more than 500 characters', subject('I know', '😀'.repeat(490))],
  ['G053', 'content/subject.yaml:1:1', { 'subject.yaml': undefined }],
  ['G054', 'content/de/subject.yaml:1:1', { 'de/other.md': OTHER }],
  ['G055', 'content/en/subject.yaml:1:1', { 'en/subject.yaml': SUBJECT }],
  ['G055', 'content/de/subject.yaml:1:1', { 'de/subject.yaml': SUBJECT }],
];
