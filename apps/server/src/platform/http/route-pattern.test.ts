import { expect, test } from 'vitest';
import { routePattern } from './route-pattern.ts';

test.each([
  ['GET', '/api/companies', '/api/companies'],
  ['POST', '/api/c/acme/orders', '/api/c/{company}/orders'],
  ['GET', '/api/c/acme/orders/1/invoice.pdf', '/api/c/{company}/orders/{order}/invoice.pdf'],
  ['GET', '/api/c/acme/orders/1/invoicexpdf', '(none)'],
  ['DELETE', '/api/c/acme/orders', '(none)'],
  ['GET', '/api/c/somebody@example.com/x', '(none)'],
])('%s %s is logged as %s', (method, path, pattern) => {
  expect(routePattern(method, path)).toBe(pattern);
});
