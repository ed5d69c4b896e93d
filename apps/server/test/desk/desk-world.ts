/** Two houses of one hotel company behind a whole server, with a clerk who is signed in. */
import { putOntology } from '../../src/modules/memory/index.ts';
import { testOntology } from '../memory/memory-world.ts';
import {
  type Answer,
  addTestCompany,
  openTestServer,
  signInCustomer,
  signInStaff,
  type TestServer,
} from '../support/test-server.ts';

export const COMPANY = 'tidewater';
const plant = { workCentres: [], stock: [] };

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

export async function openDeskWorld(): Promise<DeskWorld> {
  const server = await openTestServer();
  await addTestCompany(server, COMPANY, {
    kind: 'stays',
    sites: [
      site('monterey', 'Tidewater Monterey', 'us/ca/monterey'),
      site('keywest', 'Tidewater Key West', 'us/fl/key-west'),
    ],
  });
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

function site(id: string, name: string, place: string) {
  return { id, name: { en: name }, place, timeZone: 'America/New_York', plant };
}
