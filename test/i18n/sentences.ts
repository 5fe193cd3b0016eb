// The bot's sentences as a list, with marks in place of what they are filled in with.

/** Where a key is, its sentence (with `{name}` in place of each parameter), and the names of the parameters. */
export interface Sentence {
  readonly key: string;
  readonly text: string;
  readonly parameters: readonly string[];
}

/** Every sentence. @param messages those of a file of `i18n`: in a wrapped function the names of parameters are lost */
export function sentencesOf(messages: object, path = ''): Sentence[] {
  return Object.entries(messages).flatMap(([name, value]): Sentence[] => {
    const key = path === '' ? name : `${path}.${name}`;
    if (typeof value === 'string') return [{ key, text: value, parameters: [] }];
    if (typeof value !== 'function') return sentencesOf(value, key);
    const [, list = ''] = /^\(?([^)=]*)\)?\s*=>/.exec(String(value)) ?? [];
    const parameters = list.split(',').flatMap((one) => one.trim() || []);
    return [{ key, text: value(...parameters.map((one) => `{${one}}`)), parameters }];
  });
}
