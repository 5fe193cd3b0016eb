// Messages and modals as the page shows them: types only. Names are those of Discord's API.

/** What a message shows, or the one that it forwards. */
export interface ContentView {
  readonly content: string;
  readonly embeds: readonly EmbedView[];
  readonly attachments: readonly AttachmentView[];
}

/** The parts of a message that the page shows. */
export interface MessageView extends ContentView {
  readonly id: string;
  /** Discord's message type. */
  readonly type: number;
  readonly author: AuthorView;
  readonly components: readonly RowView[];
  readonly sticker_items: readonly { readonly name: string }[];
  /** The message that it forwards: one, or none. */
  readonly message_snapshots: readonly { readonly message: ContentView }[];
  /** The users that it notifies, also by a role. */
  readonly mentions: readonly { readonly id: string }[];
  readonly flags: number;
  readonly pinned: boolean;
  /** The emoji with which the bot has reacted. */
  readonly reactions: readonly string[];
  readonly timestamp: string;
  /** Null for a message that clients don't show as edited. */
  readonly edited_timestamp: string | null;
  readonly isEphemeral: boolean;
  /** Who used which command, for an answer. The command is null where clients show none. */
  readonly asked: { readonly user: string; readonly command: string | null } | null;
  /** The message that a reply replies to, null if it was deleted. */
  readonly referenced_message?: RepliedView | null;
}

export type RepliedView = Pick<MessageView, 'author' | 'content' | 'embeds'>;

export interface AuthorView {
  readonly username: string;
  /** The display name; null for bots. */
  readonly global_name: string | null;
  readonly bot: boolean;
}

export interface AttachmentView {
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly url: string;
  readonly description?: string | undefined;
}

export interface EmbedView {
  readonly title?: string | undefined;
  readonly description?: string | undefined;
  readonly url?: string | undefined;
  /** Red, green and blue as one number. */
  readonly color?: number | undefined;
  readonly timestamp?: string | undefined;
  readonly footer?: { readonly text: string } | undefined;
  readonly author?: { readonly name: string; readonly url?: string | undefined } | undefined;
  readonly image?: { readonly url: string } | undefined;
  readonly thumbnail?: { readonly url: string } | undefined;
  readonly fields?: readonly EmbedFieldView[] | undefined;
}

export interface EmbedFieldView {
  readonly name: string;
  readonly value: string;
  readonly inline?: boolean | undefined;
}

/** A row of buttons, or of one select menu. */
export interface RowView {
  readonly components: readonly ControlView[];
}

export type ControlView = ButtonView | StringMenuView | EntityMenuView;

export interface ButtonView {
  readonly type: 2;
  readonly style: number;
  readonly label?: string | undefined;
  readonly emoji?: { readonly name?: string | undefined } | undefined;
  /** Missing on a link. */
  readonly custom_id?: string | undefined;
  readonly url?: string | undefined;
  readonly disabled?: boolean | undefined;
}

interface MenuView {
  readonly custom_id: string;
  readonly placeholder?: string | undefined;
  readonly min_values?: number | undefined;
  readonly max_values?: number | undefined;
  readonly disabled?: boolean | undefined;
  /** In a modal. */
  readonly required?: boolean | undefined;
}

/** A select menu with the bot's options. */
export interface StringMenuView extends MenuView {
  readonly type: 3;
  readonly options: readonly OptionView[];
}

/** A select menu of users (5), roles (6), both (7) or channels (8). */
export interface EntityMenuView extends MenuView {
  readonly type: 5 | 6 | 7 | 8;
  readonly channel_types?: readonly number[] | undefined;
  readonly default_values?: readonly { readonly id: string }[] | undefined;
}

export interface OptionView {
  readonly label: string;
  readonly value: string;
  readonly description?: string | undefined;
  /** Whether it is chosen at first. */
  readonly default?: boolean | undefined;
}

export interface ModalView {
  readonly title: string;
  readonly components: readonly ModalPartView[];
}

/** An input with its label, a text, or the older form of a text input. */
export type ModalPartView =
  | {
      readonly type: 18;
      readonly label: string;
      readonly description?: string | undefined;
      readonly component: ModalInputView;
    }
  | { readonly type: 10; readonly content: string }
  | { readonly type: 1; readonly components: readonly TextInputView[] };

export type ModalInputView =
  | TextInputView
  | StringMenuView
  | EntityMenuView
  | FileInputView
  | ChoiceGroupView
  | CheckboxView;

export interface TextInputView {
  readonly type: 4;
  readonly custom_id: string;
  /** 1 for one line, 2 for several. */
  readonly style: 1 | 2;
  /** Only in the older form. */
  readonly label?: string | undefined;
  readonly value?: string | undefined;
  readonly placeholder?: string | undefined;
  readonly min_length?: number | undefined;
  readonly max_length?: number | undefined;
  readonly required?: boolean | undefined;
}

export interface FileInputView {
  readonly type: 19;
  readonly custom_id: string;
  readonly max_values?: number | undefined;
  readonly required?: boolean | undefined;
}

/** Radio buttons (21) or checkboxes (22). */
export interface ChoiceGroupView {
  readonly type: 21 | 22;
  readonly custom_id: string;
  readonly options: readonly OptionView[];
}

export interface CheckboxView {
  readonly type: 23;
  readonly custom_id: string;
  readonly default?: boolean | undefined;
}
