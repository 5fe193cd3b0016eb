// The map's data, for the server and for its page: types only.
import type { APIActionRowComponent, APIComponentInMessageActionRow, APIEmbed } from 'discord-api-types/v10';
import type { Finding } from '../guide/model.ts';

/** A content folder: every page with its message, sources, findings and links in both directions. */
export interface MapView {
  /** Whether the bot would serve these pages. */
  readonly isServed: boolean;
  /** The size of the drawing, in pixels at full size. */
  readonly width: number;
  readonly height: number;
  readonly guides: readonly { readonly id: string; readonly command: string | null }[];
  readonly pages: readonly MapPage[];
  /** Each pair of pages once, by name. */
  readonly edges: readonly { readonly from: string; readonly to: string }[];
  readonly findings: readonly Finding[];
}

export interface MapPage {
  readonly name: string;
  readonly title: string;
  /** The guide's id. */
  readonly guide: string;
  /** The file and the line. */
  readonly location: string;
  readonly x: number;
  readonly y: number;
  /** The number of clicks from the start; null for a page that no command leads to. */
  readonly depth: number | null;
  readonly isStart: boolean;
  readonly isOutcome: boolean;
  /** Whether it is many clicks from the start. */
  readonly isLong: boolean;
  /** Null for a page that Discord would not accept. */
  readonly message: MapMessage | null;
  /** The buttons to other pages. */
  readonly links: readonly { readonly label: string; readonly page: string }[];
  /** The first ones. */
  readonly questions: readonly string[];
  /** How many there are besides. */
  readonly moreQuestions: number;
  readonly sources: readonly { readonly title: string; readonly publisher: string; readonly link: string | null }[];
  readonly findings: readonly Finding[];
  /** Names of pages. */
  readonly leadsHere: readonly string[];
  readonly leadsTo: readonly string[];
}

export interface MapMessage {
  readonly content: string;
  readonly embeds: readonly APIEmbed[];
  readonly components: readonly APIActionRowComponent<APIComponentInMessageActionRow>[];
}
