import type { Role, Session } from '@keepsake/contract';
import { describe, expect, test } from 'vitest';
import { doorsFor } from './doors.view.ts';

const session = (roles: readonly Role[] | null, isCustomer: boolean): Session => ({
  customer: isCustomer
    ? { guest: '00000000-0000-7000-8000-000000000000', name: null, email: 'ada@example.test' }
    : null,
  staff: roles && { id: 's1', name: 'Kim', email: 'kim@example.test', roles: [...roles] },
  mailbox: false,
});

const ids = (value: Session | undefined) => doorsFor(value).map((door) => door.id);

describe('the doors of a company', () => {
  test('are Studio and My memory for anyone', () => {
    expect(ids(undefined)).toEqual(['studio', 'memory']);
  });

  test('show a customer their orders', () => {
    expect(ids(session(null, true))).toEqual(['studio', 'orders', 'memory']);
  });

  test('show staff what their roles open, and owners everything', () => {
    expect(ids(session(['maker'], false))).toEqual(['studio', 'workshop']);
    expect(ids(session(['clerk'], false))).toEqual(['studio', 'desk', 'workshop']);
    expect(ids(session(['marketing'], false))).toEqual(['studio', 'value']);
    expect(ids(session(['owner'], false))).toEqual([
      'studio',
      'desk',
      'workshop',
      'value',
      'space',
      'vocabulary',
      'privacy',
      'questions',
      'staff',
    ]);
    expect(ids(session(['product-manager'], false))).toEqual([
      'studio',
      'space',
      'vocabulary',
      'questions',
    ]);
    expect(ids(session(['privacy-officer'], false))).toEqual(['studio', 'privacy', 'questions']);
  });
});
