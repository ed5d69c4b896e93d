import { useTranslation } from 'react-i18next';

const NAMED = ['phone', 'mail', 'desk', 'chat'] as const;

/** Says how customers came, as the desk says it; ways of a company's own as they are called. */
export function useChannelName(): (channel: string) => string {
  const { t } = useTranslation('desk');
  return (channel) => {
    const named = NAMED.find((one) => one === channel);
    return named === undefined ? channel.replaceAll('-', ' ') : t(`contacts.channel.${named}`);
  };
}
