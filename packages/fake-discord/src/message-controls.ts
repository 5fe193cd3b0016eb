// Finds the buttons and select menus of a message.
import type { Message } from './model.ts';
import type { Button, Control, Menu } from './schema/component.ts';

const controlsOf = ({ components }: Message): Control[] => components.flatMap((row) => row.components);

/** The buttons of a message, row by row. */
export const buttonsOf = (message: Message): Button[] => controlsOf(message).filter((control) => control.type === 2);

/** The select menus of a message. */
export const menusOf = (message: Message): Menu[] => controlsOf(message).filter((control) => control.type !== 2);
