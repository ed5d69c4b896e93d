/** What the benches use of autocannon 9, which comes without types. */
declare module 'autocannon' {
  import type { EventEmitter } from 'node:events';

  function autocannon(settings: autocannon.Settings): autocannon.Instance;

  namespace autocannon {
    interface Client {
      setRequests(requests: readonly Request[]): void;
    }

    interface Request {
      readonly method: string;
      readonly path: string;
      readonly headers?: Readonly<Record<string, string>>;
      readonly body?: string;
    }

    interface Settings {
      readonly url: string;
      readonly connections: number;
      /** In seconds. */
      readonly duration: number;
      readonly setupClient: (client: Client) => void;
    }

    interface Outcome {
      /** In seconds. */
      readonly duration: number;
    }

    interface Instance extends EventEmitter, PromiseLike<Outcome> {}
  }

  export = autocannon;
}
