/** Two houses of one hotel company behind a whole server, with a clerk who is signed in. */
import { putOntology } from '../../src/modules/memory/index.ts';
import { testOntology, tidewater } from '../memory/memory-world.ts';
import {
  type Answer,
  addTestCompany,
  openTestServer,
  signInCustomer,
  signInStaff,
  type TestServer,
  type TestServerOptions,
} from '../support/test-server.ts';

export const COMPANY = 'tidewater';

export interface DeskWorld {
  readonly server: TestServer;
  readonly clerk: string;
  /** Calls an endpoint of the company as the clerk. */
  desk(path: string, body?: unknown, headers?: Record<string, string>): Promise<Answer>;
  /** Signs a customer in and answers how to call endpoints of the company as them. */
  signIn(email: string): Promise<CustomerCall>;
}

/** A call as a customer; with a body it posts unless told otherwise. */
export type CustomerCall = (
  path: string,
  body?: unknown,
  how?: { readonly method?: string; readonly headers?: Record<string, string> },
) => Promise<Answer>;

export async function openDeskWorld(options: TestServerOptions = {}): Promise<DeskWorld> {
  const server = await openTestServer(options);
  await addTestCompany(server, COMPANY, tidewater);
  await server.deps.database.transaction((tx) =>
    putOntology(tx, server.deps, COMPANY, testOntology()),
  );
  const clerk = await signInStaff(server, COMPANY, 'clerk');
  const desk: DeskWorld['desk'] = (path, body, headers = {}) =>
    server.call(`/api/c/${COMPANY}${path}`, { body, cookie: clerk, headers });
  return {
    server,
    clerk,
    desk,
    signIn: async (email) => {
      const cookie = await signInCustomer(server, COMPANY, email);
      return (path, body, how = {}) =>
        server.call(`/api/c/${COMPANY}${path}`, { body, cookie, ...how });
    },
  };
}
