// A server's administrator switches on answers in the forum and questions to helpers.
import type { Person } from 'fake-discord';
import { setupId } from '../../commands/setup/ids.ts';
import { type Town, tryTo } from './town.ts';

export async function setUpPanel(admin: Person, { forum, helpers, role }: Town): Promise<void> {
  const panel = await tryTo(() => admin.slash('setup'));
  if (!panel?.message) return;
  for (const [menu, { id }] of [
    ['forums', forum],
    ['roles', role],
    ['person', helpers],
  ] as const)
    await tryTo(() => admin.choose(panel.message, setupId(menu), [id]));
}
