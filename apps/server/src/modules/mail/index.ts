export {
  dispatchMails,
  type SendLetter,
  smtpSender,
  startMailDispatcher,
} from './mail.dispatch.ts';
export { discardMails, type MailDeps, queueMail, readMailbox } from './mail.service.ts';
export { eraseMails } from './mail.store.ts';
export { type MailText, type TemplateName, wordMail } from './mail.templates.ts';
export type { Attachment, Letter, OutgoingMail } from './mail.ts';
export { normaliseEmail } from './mail.ts';
