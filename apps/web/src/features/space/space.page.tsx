import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { familiesQuery } from '../../platform/company.queries.ts';
import { Loaded } from '../../platform/loaded.tsx';
import { StaffGate } from '../../platform/staff-gate.tsx';
import { useReading } from '../../ui/amounts.tsx';
import { classesOf } from '../../ui/classes.ts';
import { momentWords } from '../../ui/date.view.ts';
import { Select } from '../../ui/field.tsx';
import { Later } from '../../ui/later.tsx';
import { useText } from '../../ui/locale.tsx';
import { EmptyState } from '../../ui/notice.tsx';
import { Page } from '../../ui/page.tsx';
import { SkeletonLines } from '../../ui/skeleton.tsx';
import styles from './space.module.css';
import { spaceFamilyQuery, versionsQuery } from './space.queries.ts';
import { spaceRoute } from './space.routes.ts';
import { SpaceBoard } from './space-board.tsx';

const c = classesOf(styles);

/** The solution space of a product family: how large it is, whether it is sound, what it answers. */
export function SpacePage() {
  const { t } = useTranslation('space');
  const { company } = spaceRoute.useParams();
  return (
    <StaffGate company={company} roles={['product-manager']} title={t('title')}>
      <Page title={t('title')} lead={t('lead')}>
        <Families company={company} />
      </Page>
    </StaffGate>
  );
}

function Families({ company }: { readonly company: string }) {
  const { t } = useTranslation(['space', 'common']);
  const query = useQuery(familiesQuery(company));
  const search = spaceRoute.useSearch();
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={6} label={t('common:loading')} />}>
      {({ items }) => {
        const family = search.family ?? items[0]?.id;
        if (family === undefined) {
          return <EmptyState title={t('empty.title')}>{t('empty.text')}</EmptyState>;
        }
        return (
          <>
            <Picker company={company} family={family} families={items} version={search.version} />
            <Version company={company} family={family} version={search.version} />
          </>
        );
      }}
    </Loaded>
  );
}

interface VersionProps {
  readonly company: string;
  readonly family: string;
  readonly version: string | undefined;
}

function Version(key: VersionProps) {
  const { t } = useTranslation('common');
  const query = useQuery(spaceFamilyQuery(key));
  return (
    <Loaded query={query} skeleton={<SkeletonLines lines={8} label={t('loading')} />}>
      {(source) => (
        <Later key={source.modelHash} skeleton={<SkeletonLines lines={8} label={t('loading')} />}>
          <SpaceBoard source={source} />
        </Later>
      )}
    </Loaded>
  );
}

interface PickerProps extends VersionProps {
  readonly families: readonly { readonly id: string; readonly name: { readonly en: string } }[];
}

function Picker({ company, family, families, version }: PickerProps) {
  const { t } = useTranslation('space');
  const text = useText();
  const reading = useReading();
  const navigate = useNavigate({ from: spaceRoute.fullPath });
  const versions = useQuery(versionsQuery(company, family)).data?.items ?? [];
  const current = versions.find(({ isCurrent }) => isCurrent)?.modelHash;
  const { view } = spaceRoute.useSearch();
  const kept = view === undefined ? {} : { view };
  const go = (search: { readonly family: string; readonly version?: string }) =>
    void navigate({ search: { ...search, ...kept }, resetScroll: false });
  return (
    <div className={c('picker')}>
      <Select
        label={t('family')}
        value={family}
        onChange={(event) => go({ family: event.target.value })}
      >
        {families.map(({ id, name }) => (
          <option key={id} value={id}>
            {text(name)}
          </option>
        ))}
      </Select>
      {versions.length > 0 && (
        <Select
          label={t('version')}
          value={version ?? current ?? ''}
          onChange={(event) => {
            const { value } = event.target;
            go(value === current ? { family } : { family, version: value });
          }}
        >
          {versions.map(({ modelHash, publishedAt, isCurrent }) => (
            <option key={modelHash} value={modelHash}>
              {t(isCurrent ? 'versionNow' : 'versionOld', {
                date: momentWords(publishedAt, reading),
                hash: modelHash.slice(0, 7),
              })}
            </option>
          ))}
        </Select>
      )}
    </div>
  );
}
