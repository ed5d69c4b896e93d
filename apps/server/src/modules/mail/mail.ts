/** A file that goes along with a mail. */
export interface Attachment {
  readonly filename: string;
  readonly contentType: string;
  readonly bytes: Uint8Array;
}

/** A mail as a module asks for it. */
export interface OutgoingMail {
  readonly company: string;
  /** Whom it concerns: its key seals the mail, and erasing them erases it. */
  readonly subject: string | null;
  readonly to: string;
  /** What it is for, such as `sign-in`. */
  readonly kind: string;
  readonly subjectLine: string;
  readonly text: string;
  readonly attachments?: readonly Attachment[];
}

/** A mail as it goes out. */
export interface Letter {
  readonly from: { readonly name: string; readonly address: string };
  readonly to: string;
  readonly subjectLine: string;
  readonly text: string;
  readonly attachments: readonly Attachment[];
}

/** An e-mail address as it is compared and looked up: without spaces around it, in lower case. */
export function normaliseEmail(address: string): string {
  return address.trim().toLowerCase();
}

/** A letter as the text that is sealed. */
export function letterToText(letter: Letter): string {
  const attachments = letter.attachments.map((each) => ({
    ...each,
    bytes: Buffer.from(each.bytes).toString('base64'),
  }));
  return JSON.stringify({ ...letter, attachments });
}

/** The letter of a text that `letterToText` made. */
export function letterFromText(text: string): Letter {
  const { attachments, ...rest } = JSON.parse(text) as Omit<Letter, 'attachments'> & {
    readonly attachments: readonly (Omit<Attachment, 'bytes'> & { readonly bytes: string })[];
  };
  return {
    ...rest,
    attachments: attachments.map((each) => ({
      ...each,
      bytes: new Uint8Array(Buffer.from(each.bytes, 'base64')),
    })),
  };
}

/** The bare address of `Name <address>`. */
export function bareAddress(from: string): string {
  return /<([^<>]+)>/.exec(from)?.[1] ?? from.trim();
}
