/** A PostgreSQL that this machine has, or that `TEST_DATABASE_URL` names. */
export interface Installation {
  /** Its major version. */
  readonly version: string;
  readonly kind: string;
  readonly place: string;
}

/** A throw-away server. */
export interface RunningPostgres {
  readonly url: string;
  stop(): Promise<void>;
}

export function findPostgres(): readonly Installation[];
export function startPostgres(installation: Installation): Promise<RunningPostgres>;
