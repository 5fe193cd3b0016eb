// Files: as messages show them, as they are stored, and as a request uploads them.

/** A file that can be downloaded (Discord docs, Message resource, Attachment object). */
export interface Attachment {
  readonly id: string;
  readonly filename: string;
  /** Bytes. */
  readonly size: number;
  readonly url: string;
  readonly proxy_url: string;
  readonly content_type: string;
  readonly description?: string;
}

/** A file with its content. */
export interface StoredFile {
  readonly attachment: Attachment;
  readonly data: Uint8Array;
}

/** A file of a multipart request. Its field name is `files[n]`. */
export interface Upload {
  readonly field: string;
  readonly filename: string;
  readonly contentType: string;
  readonly data: Uint8Array;
}
