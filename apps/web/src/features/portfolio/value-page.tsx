import type { ReactNode } from 'react';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { Page } from '../../ui/page.tsx';
import { ValueTabs } from './value-tabs.tsx';

interface ValuePageProps {
  readonly company: string;
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** A page about what customers are worth: for those of marketing, with the ways to the other sides. */
export function ValuePage({ company, title, lead, children }: ValuePageProps) {
  return (
    <StaffGate company={company} roles={['marketing']} title={title}>
      <Page title={title} {...(lead === undefined ? {} : { lead })}>
        <ValueTabs company={company} />
        {children}
      </Page>
    </StaffGate>
  );
}
