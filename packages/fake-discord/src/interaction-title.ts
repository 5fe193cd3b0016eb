// Describes an interaction for people.
import type { Interaction, Json } from './model.ts';

/** The command with its subcommand as clients show it, such as `/faq-pin add`; undefined for other interactions. */
export function commandName({ type, payload }: Pick<Interaction, 'type' | 'payload'>): string | undefined {
  if (type !== 2 || !isJson(payload.data)) return undefined;
  const parts = [`${payload.data.type === 1 ? '/' : ''}${payload.data.name}`];
  let level: unknown = payload.data.options;
  while (Array.isArray(level)) {
    const branch: unknown = level[0];
    if (!isJson(branch) || 'value' in branch) break;
    parts.push(String(branch.name));
    level = branch.options;
  }
  return parts.join(' ');
}

/** A title for errors and the page, such as `/faq topic:refunds by Mina`. */
export function interactionTitle({ type, payload, user }: Interaction): string {
  const data: Json = isJson(payload.data) ? payload.data : {};
  const parts: string[] = [];
  const addOptions = (options: unknown) => {
    if (!Array.isArray(options)) return;
    for (const option of options.filter(isJson)) {
      parts.push('value' in option ? `${option.name}:${String(option.value).slice(0, 60)}` : String(option.name));
      addOptions(option.options);
    }
  };
  addOptions(data.options);
  const action =
    type === 3
      ? `component ${data.custom_id}`
      : type === 5
        ? `modal ${data.custom_id}`
        : [`${data.type === 1 ? '/' : ''}${data.name}`, ...parts].join(' ');
  return `${type === 4 ? 'autocomplete of ' : ''}${action} by ${user.name}`;
}

function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null;
}
