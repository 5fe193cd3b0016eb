// The custom_ids of the panel of /setup.
const PREFIX = 's1:';

/** The controls of the panel: four menus, three buttons. */
const CONTROLS = ['forums', 'roles', 'person', 'language', 'pin', 'try', 'resume'] as const;
export type SetupControl = (typeof CONTROLS)[number];

export function setupId(control: SetupControl): string {
  return `${PREFIX}${control}`;
}

/** Whether a custom_id belongs to the panel. */
export function isSetupId(customId: string): boolean {
  return customId.startsWith(PREFIX);
}

/** The control with this custom_id; undefined if no version of the bot wrote it. */
export function readSetupId(customId: string): SetupControl | undefined {
  return CONTROLS.find((control) => setupId(control) === customId);
}
