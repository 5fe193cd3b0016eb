// The types of parsed content: sources, pages, links, editions and findings.
import { z } from 'zod';
import type { SearchData } from './search-data.ts';

/** The language that all others fall back to. */
export const DEFAULT_LOCALE = 'en';

/** A position in a file. Lines and columns count from 1, as editors show them. */
export interface SourcePosition {
  readonly path: string;
  readonly line: number;
  readonly column: number;
}

/** The files of a content folder. */
export interface ContentFiles {
  /** Path below the folder, with `/` between folders → text. Sorted by path. */
  readonly texts: ReadonlyMap<string, string>;
  /** A file's path as findings show it. */
  pathOf(file: string): string;
}

/** A problem in the content. `content/README.md` explains the codes. */
export interface Finding extends SourcePosition {
  readonly code: string;
  readonly level: 'error' | 'warning';
  readonly message: string;
  readonly hint?: string;
}

const isoDate = z
  .string()
  .regex(/^\d{4}(-\d{2}(-\d{2})?)?$/, { error: 'must be YYYY, YYYY-MM or YYYY-MM-DD', abort: true })
  .refine((date) => z.iso.date().safeParse(`${date}-01-01`.slice(0, 10)).success, 'must be a date that exists');
const statementId = z.string().regex(/^[A-Z]\d{2,3}$/, 'must be a letter and two or three digits, such as U26');

/**
 * What was done to see that a source says what is cited from it: a person opened the page, or compared it with a stored
 * copy of unknown date (the whole of it or a part), or it is a conclusion of the authors and has no page.
 */
export type Review =
  | { readonly kind: 'opened'; readonly date: string }
  | { readonly kind: 'compared'; readonly date: string; readonly copy: 'whole' | 'partial' }
  | { readonly kind: 'concluded'; readonly date: string };

/** A page or article that the bot cites, with the statements taken from it. Members see its title, publisher and dates. */
export const Source = z
  .strictObject({
    id: z.string().regex(/^[a-z][a-z0-9-]*$/),
    title: z.string().min(1).max(100),
    publisher: z.string().min(1).max(60),
    link: z
      .url({ protocol: /^https$/, message: 'must begin with https://' })
      .max(300)
      .optional(),
    published: isoDate.optional(),
    opened: z.iso.date().optional(),
    compared: z.iso.date().optional(),
    copy: z.enum(['whole', 'partial']).optional(),
    concluded: z.iso.date().optional(),
    /** What a person should look for when they open the page. */
    check: z.array(z.string().min(1).max(200)).default([]),
    statements: z.array(statementId).min(1),
  })
  .transform(({ opened, compared, copy, concluded, ...source }, context) => {
    const reviews = [
      ...(opened === undefined ? [] : [{ kind: 'opened' as const, date: opened }]),
      ...(compared === undefined ? [] : [{ kind: 'compared' as const, date: compared, copy: copy ?? 'partial' }]),
      ...(concluded === undefined ? [] : [{ kind: 'concluded' as const, date: concluded }]),
    ];
    const [review] = reviews;
    if (review && reviews.length === 1 && (copy === undefined || review.kind === 'compared'))
      return { ...source, review: review as Review };
    const message =
      copy !== undefined && compared === undefined
        ? 'copy belongs to compared'
        : 'needs one of opened, compared and concluded';
    context.addIssue({ code: 'custom', message });
    return z.NEVER;
  });
export type Source = z.infer<typeof Source>;

/** A point on which a claim and the authority differ: a page that cites the claim must show the authority's side as well. */
export const Disagreement = z.strictObject({
  id: z.string().min(1),
  about: z.string().min(1),
  claim: z.array(statementId).min(1),
  authority: z.array(statementId).min(1),
});
export type Disagreement = z.infer<typeof Disagreement>;

export const SourcesFile = z
  .strictObject({
    /** The id of the source whose claims the authority may contradict. */
    'claims-from': z.string().optional(),
    sources: z.array(Source).min(1),
    disagreements: z.array(Disagreement).default([]),
  })
  .refine((file) => file['claims-from'] === undefined || file.sources.some(({ id }) => id === file['claims-from']), {
    path: ['claims-from'],
    message: 'is not the id of a source',
  });

/** Discord's rule for the names of slash commands (Application Commands, "naming"). */
const commandName = z
  .string()
  .regex(/^[-_'\p{Ll}\p{Lo}\p{N}]{1,32}$/u, 'must be a slash command name, such as open-door');

/** The front matter of a guide file. A file without a command holds pages that the other guides share. */
export const FrontMatter = z.union([
  z.strictObject({ command: commandName, description: z.string().min(1).max(100), start: z.string().min(1) }),
  z.strictObject({ description: z.string().min(1).max(100) }),
]);
export type FrontMatter = z.infer<typeof FrontMatter>;

/** The five alerts of GitHub's Markdown. */
export const ALERTS = ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION'] as const;
export type AlertKind = (typeof ALERTS)[number];

/** A statement's id in a text, and its position. */
export interface Citation extends SourcePosition {
  readonly id: string;
}

export interface Alert extends SourcePosition {
  readonly kind: AlertKind;
  /** Markdown. A citation mark such as [1] is a position in `Page.sources`. */
  readonly text: string;
  readonly cites: readonly string[];
}

/** A button of a page: to another page (by its name) or to the web. */
export type Link = SourcePosition & { readonly label: string } & (
    | { readonly kind: 'page'; readonly page: string }
    | { readonly kind: 'web'; readonly url: string }
  );

/** One page of a guide: the text of one message, and its buttons. */
export interface Page extends SourcePosition {
  /** `file#id`, for example `open-door#front`: the same in every language. Codes are derived from it. */
  readonly name: string;
  /** Three characters that identify the page in buttons; derived from `name` alone. */
  readonly code: string;
  /** The file's name without its extension. */
  readonly guide: string;
  readonly title: string;
  readonly outcome: boolean;
  /** A mistake here could cost a member their account or money: a question needs more certainty to be answered with it. */
  readonly costly: boolean;
  /** A member who needs this page may need a person at once. */
  readonly urgent: boolean;
  /** Example questions: the search learns from them, and members do not see them. */
  readonly questions: readonly string[];
  /** Markdown. A citation mark such as [1] is a position in `sources`. */
  readonly text: string;
  readonly alerts: readonly Alert[];
  /** What a member has to do, in order; Markdown without citation marks. */
  readonly steps: readonly string[];
  readonly links: readonly Link[];
  /** What a member reads of text, alerts and steps, in code points: without Markdown and without addresses. */
  readonly visibleLength: number;
  readonly citations: readonly Citation[];
  /** The cited sources: first those that statements are marked with, in the order of the marks, then their others. */
  readonly sources: readonly Source[];
  /** Whether the page cites nothing but the source of the claims. */
  readonly isOnlyClaimed: boolean;
}

/** One guide: a command with its first page, or (without `command`) pages that other guides share. */
export interface Guide {
  readonly id: string;
  readonly path: string;
  readonly command?: string;
  readonly description: string;
  /** The first page's name. */
  readonly start?: string;
  readonly pages: readonly Page[];
  /** A digest of everything it was read from; only on a guide without findings, which can be reused as it is. */
  readonly digest?: string;
}

/** What the bot is about, in the whole sentences of `subject.yaml`: a translation can choose its own word order. */
export interface Subject {
  /** The title of /help. */
  readonly title: string;
  /** The first sentence of /help: what the guides help with. */
  readonly intro: string;
  /** Where the statements come from, and which source counts if two differ. */
  readonly sources: string;
  /** What the bot can't do or won't help with. */
  readonly limits: string;
  /** Under "I don't know that": what the bot knows about. */
  readonly scope: string;
  /** Where a person gets help that the bot can't give. */
  readonly support: string;
  /** The footer of every page. */
  readonly disclaimer: string;
  /** The footer of a page that only the source of the claims supports. */
  readonly unconfirmed: string;
}

/** What is known of a translation beside its pages. */
export interface Translation {
  /** Whether a native speaker has compared every page with the English one. */
  readonly isReviewed: boolean;
  /** The names of pages whose English page has changed since they were translated. */
  readonly older: ReadonlySet<string>;
  /** The names of pages that are not translated: they are shown in English. */
  readonly missing: ReadonlySet<string>;
}

/** Everything of one language. */
export interface Edition {
  readonly locale: string;
  /** What the bot is about, in this language. */
  readonly subject: Subject;
  readonly guides: readonly Guide[];
  /** By name. */
  readonly pages: ReadonlyMap<string, Page>;
  /** By code, and by the codes of names that a page had before. */
  readonly codes: ReadonlyMap<string, Page>;
  /** Names that pages had before → their names now, from renamed.yaml. */
  readonly renamed: ReadonlyMap<string, string>;
  /** What the search knows besides the pages: the edition's own, or that of English. */
  readonly search: SearchData;
  /** Undefined for English. */
  readonly translation?: Translation;
  /** The guides of a translation as they were parsed, to be used again if their files are the same. */
  readonly ownGuides?: readonly Guide[];
}

/** All content that is served at one time. It is replaced as a whole and never changed. */
export interface Content {
  /** A digest of every file: two processes with the same version serve the same pages. */
  readonly version: string;
  readonly sources: readonly Source[];
  readonly disagreements: readonly Disagreement[];
  readonly editions: ReadonlyMap<string, Edition>;
}

/** Limits of a page, in code points, given by the code that shows pages. */
export interface PageLimits {
  /** Of what a member reads on a phone: text, alerts and steps. More is a warning. Longer in other languages. */
  readonly visible: { readonly english: number; readonly others: number };
  readonly title: number;
  readonly text: number;
  readonly alert: number;
  readonly steps: number;
  readonly label: number;
  readonly links: number;
  /** Of a page that is urgent: its buttons leave room for one that leads to a person. */
  readonly urgentLinks: number;
  readonly url: number;
  readonly fields: number;
  readonly total: number;
  /** Labels that the bot's own buttons use in a language. */
  ownLabels(locale: string): readonly string[];
  /** Measures a page as it is shown, with what the bot may add: fields, and code points in total. */
  measure(page: Page, edition: Edition): { fields: number; total: number; longestField: number };
}
