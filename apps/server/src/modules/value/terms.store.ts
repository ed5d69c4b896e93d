declare module '../../platform/database/schema.ts' {
  interface Schema {
    readonly value_documents: ValueDocumentsTable;
  }
}

/** One version of what a company reckons by. */
export interface ValueDocumentsTable {
  readonly company: string;
  readonly kind: 'costs' | 'policy' | 'settings' | 'treatments';
  readonly version: string;
  /** `YYYY-MM-DD`; of cost tables alone. */
  readonly valid_from: string | null;
  readonly body: unknown;
  readonly made_at: Date;
  readonly made_by: string | null;
}
