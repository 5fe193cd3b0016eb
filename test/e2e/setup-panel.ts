// The panel of /setup in the hands of a person.
import type { Message, Person } from 'fake-discord';
import { expect } from 'vitest';
import { setupId } from '../../commands/setup/ids.ts';

/** The menus of the panel. */
export type SetupMenu = 'forums' | 'roles' | 'person' | 'language';

/** Opens a new panel. */
export async function openPanel(admin: Person): Promise<Message> {
  const { message } = await admin.slash('setup');
  return message ?? expect.fail('a panel');
}

/** Chooses in one of the menus. The panel itself changes. */
export async function chooseIn(
  admin: Person,
  panel: Message,
  menu: SetupMenu,
  chosen: readonly (string | { readonly id: string })[],
): Promise<void> {
  const values = chosen.map((one) => (typeof one === 'string' ? one : one.id));
  await admin.choose(panel, setupId(menu), values);
}

/** Sets a server up. @returns the panel */
export async function setUp(
  admin: Person,
  settings: Partial<Record<SetupMenu, readonly (string | { readonly id: string })[]>>,
): Promise<Message> {
  const panel = await openPanel(admin);
  for (const menu of ['forums', 'roles', 'person', 'language'] as const) {
    const chosen = settings[menu];
    if (chosen) await chooseIn(admin, panel, menu, chosen);
  }
  return panel;
}

/** What the panel says. */
export function panelText(panel: Message): string {
  return panel.embeds[0]?.description ?? '';
}
