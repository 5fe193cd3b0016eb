// An interaction in words.
import type { Interaction, Json } from './model.ts';

/** The command with its subcommand as clients name it; undefined for what is no command. */
export function commandName({ type, payload }: Pick<Interaction, 'type' | 'payload'>): string | undefined {
  if (type !== 2 || !isJson(payload.data)) return undefined;
  const messages = [`${payload.data.type === 1 ? '/' : ''}${payload.data.name}`];
  let level: unknown = payload.data.options;
  while (Array.isArray(level)) {
    const branch: unknown = level[0];
    if (!isJson(branch) || 'value' in branch) break;
    messages.push(String(branch.name));
    level = branch.options;
  }
  return messages.join(' ');
}

/** The interaction in words, for errors and the page: `/faq topic:refunds by Mina`. */
export function interactionTitle({ type, payload, user }: Interaction): string {
  const data: Json = isJson(payload.data) ? payload.data : {};
  const messages: string[] = [];
  const read = (options: unknown) => {
    if (!Array.isArray(options)) return;
    for (const option of options.filter(isJson)) {
      messages.push('value' in option ? `${option.name}:${String(option.value).slice(0, 60)}` : String(option.name));
      read(option.options);
    }
  };
  read(data.options);
  const what =
    type === 3
      ? `the component ${data.custom_id}`
      : type === 5
        ? `the modal ${data.custom_id}`
        : [`${data.type === 1 ? '/' : ''}${data.name}`, ...messages].join(' ');
  return `${type === 4 ? 'autocomplete of ' : ''}${what} by ${user.name}`;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
