// Checks which files may be chosen (Discord docs, API Reference, File Type Filtering).
import { z } from 'zod';
import { FILE_TYPES } from '../limits.ts';
import { arrayOf, report } from './form.ts';

/** `image`, `video`, `audio`, or an extension such as `.pdf`. */
export const fileTypes = arrayOf(
  z.string().superRefine((value, ctx) => {
    if (!/^(?:image|video|audio|\.[a-z0-9]+)$/i.test(value))
      report(ctx, 'FILE_TYPE_INVALID', `"${value}" is neither image, video, audio nor an extension such as .pdf.`);
  }),
  { max: FILE_TYPES },
);
