import { useTranslation } from 'react-i18next';
import { classesOf } from '../../ui/classes.ts';
import { Skeleton, SkeletonLines } from '../../ui/skeleton.tsx';
import styles from './studio.module.css';

const c = classesOf(styles);

/** The layout of the Studio in pale blocks, while it is loaded and opened. */
export function PaleStudio() {
  const { t } = useTranslation();
  return (
    <div className={c('studio')} aria-busy="true">
      <div className={c('stage')}>
        <Skeleton ratio="3 / 2" />
      </div>
      <div className={c('column')}>
        <Skeleton width="70%" height="2.5em" />
        <SkeletonLines lines={10} label={t('loading')} />
      </div>
    </div>
  );
}
