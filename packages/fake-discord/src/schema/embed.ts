// Checks embeds (Discord docs, Message resource, Embed object and Embed Limits).
import { z } from 'zod';
import { EMBED, MESSAGE } from '../limits.ts';
import { arrayOf, exact, integer, lengthOf, link, report, text } from './form.ts';
import { isIsoTime, notIsoTime } from './iso-time.ts';

const webLink = link(EMBED.url, ['http', 'https']);
const fileLink = link(EMBED.url, ['http', 'https', 'attachment']);
const picture = z.object({ url: fileLink });

const field = z.object({
  name: text({ min: 1, max: EMBED.fieldName }),
  value: text({ min: 1, max: EMBED.fieldValue }),
  inline: z.boolean().optional(),
});

const timestamp = exact({ max: 64 }).superRefine((value, ctx) => {
  if (!isIsoTime(value)) report(ctx, 'DATE_TIME_TYPE_PARSE', notIsoTime(value));
});

const embedFields = z.object({
  title: text({ max: EMBED.title }).optional(),
  description: text({ max: EMBED.description }).optional(),
  url: webLink.optional(),
  color: integer({ max: EMBED.color }).optional(),
  timestamp: timestamp.optional(),
  footer: z.object({ text: text({ max: EMBED.footer }), icon_url: fileLink.optional() }).optional(),
  author: z
    .object({ name: text({ max: EMBED.author }), url: webLink.optional(), icon_url: fileLink.optional() })
    .optional(),
  image: picture.optional(),
  thumbnail: picture.optional(),
  fields: arrayOf(field, { max: EMBED.fields }).optional(),
});

/** A valid embed. Its texts are trimmed. */
export type Embed = z.infer<typeof embedFields>;

/**
 * An embed that would show nothing is refused as one without a description. The documentation doesn't say so; Discord
 * answers `embeds[0].description[BASE_TYPE_REQUIRED]`.
 */
const embed = embedFields.superRefine((one, ctx) => {
  if (textLength(one) > 0 || one.image !== undefined || one.thumbnail !== undefined) return;
  report(ctx, 'BASE_TYPE_REQUIRED', 'This field is required', ['description']);
});

/** Up to ten embeds with at most 6,000 code points of text in total. */
export const embeds = arrayOf(embed, { max: MESSAGE.embeds }).superRefine((all, ctx) => {
  if (all.reduce((sum, each) => sum + textLength(each), 0) > MESSAGE.embedsTotal) {
    report(ctx, 'MAX_EMBED_SIZE_EXCEEDED', `Embed size exceeds maximum size of ${MESSAGE.embedsTotal}`);
  }
});

/** The code points that count towards the total. */
function textLength({ title = '', description = '', footer, author, fields = [] }: Embed): number {
  const texts = [
    title,
    description,
    footer?.text ?? '',
    author?.name ?? '',
    ...fields.flatMap(({ name, value }) => [name, value]),
  ];
  return texts.reduce((sum, each) => sum + lengthOf(each), 0);
}
