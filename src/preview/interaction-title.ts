// An interaction in words.
import type { Interaction } from './interactions.ts';
import type { Json } from './objects.ts';

/** The interaction in words, for errors and the page: `/faq topic:refunds by Mina`. */
export function titleOf({ type, payload, user }: Interaction): string {
  const data: Json = isJson(payload.data) ? payload.data : {};
  const words: string[] = [];
  const read = (options: unknown) => {
    if (!Array.isArray(options)) return;
    for (const option of options.filter(isJson)) {
      words.push('value' in option ? `${option.name}:${String(option.value).slice(0, 60)}` : String(option.name));
      read(option.options);
    }
  };
  read(data.options);
  const what =
    type === 3
      ? `the component ${data.custom_id}`
      : type === 5
        ? `the modal ${data.custom_id}`
        : [`${data.type === 1 ? '/' : ''}${data.name}`, ...words].join(' ');
  return `${type === 4 ? 'autocomplete of ' : ''}${what} by ${user.name}`;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
