/**
 * Every problem the API can answer with: RFC 9457, where `type` is the code. Codes are never reused.
 * `advice` says what to do about it.
 */
export const PROBLEMS = {
  'request/malformed': {
    status: 400,
    title: 'The request could not be read',
    advice: 'Send JSON as the reference describes it.',
  },
  'request/invalid': {
    status: 400,
    title: 'The request does not fit the contract',
    advice: 'Mend the fields that `issues` names.',
  },
  'request/too-large': {
    status: 413,
    title: 'The request is too large',
    advice: 'Send less than the limit that the reference names.',
  },
  'request/too-many': {
    status: 429,
    title: 'Too many requests',
    advice: 'Wait for the seconds that Retry-After names.',
  },
  'request/key-reused': {
    status: 422,
    title: 'This idempotency key was used for another request',
    advice: 'Use a new key for a new request; repeat the old body to get the old answer.',
  },
  'request/in-progress': {
    status: 409,
    title: 'The first request with this key is still being worked on',
    advice: 'Ask again in a moment with the same key.',
  },
  'route/not-found': {
    status: 404,
    title: 'There is nothing at this address',
    advice: 'See /docs for what there is.',
  },
  'session/required': {
    status: 401,
    title: 'Please sign in first',
    advice: 'Sign in and try again.',
  },
  'session/forbidden': {
    status: 403,
    title: 'This needs another role',
    advice: 'Ask the owner of the company for the role that `roles` names.',
  },
  'session/link-invalid': {
    status: 410,
    title: 'This sign-in link is used up or too old',
    advice: 'Ask for a new link.',
  },
  'company/not-found': {
    status: 404,
    title: 'There is no such company',
    advice: 'Check the address.',
  },
  'family/not-found': {
    status: 404,
    title: 'There is no such product family',
    advice: 'See the families of this company.',
  },
  'family/invalid': {
    status: 422,
    title: 'The product family cannot be published',
    advice: 'Mend what `issues` names, with line and column.',
  },
  'family/contradictory': {
    status: 422,
    title: 'No design is possible under these rules',
    advice: 'Relax one of the rules that `rules` names; together they exclude everything.',
  },
  'family/space-missing': {
    status: 404,
    title: 'There is no compiled space of this version',
    advice: 'Compile it yourself, or ask again in a while: it may be under way.',
  },
  'design/not-found': {
    status: 404,
    title: 'There is no such design',
    advice: 'Check the link, or start a new design.',
  },
  'design/stale': {
    status: 409,
    title: 'This design was changed elsewhere',
    advice: 'Load version `version` and decide which changes to keep.',
  },
  'design/conflict': {
    status: 409,
    title: 'This choice does not go with the others',
    advice: 'See `rules` for why; ask `families.explain` how to have it all the same.',
  },
  'design/unknown-attribute': {
    status: 422,
    title: 'The family has no such attribute',
    advice: 'See the attributes of the family.',
  },
  'design/unknown-value': {
    status: 422,
    title: 'The attribute has no such value',
    advice: 'See the values of the attribute, its bounds and its step.',
  },
  'design/text-refused': {
    status: 422,
    title: 'This text cannot be used',
    advice: 'Take out what `reason` names.',
  },
  'design/undecided': {
    status: 503,
    title: 'This could not be worked out within the budget',
    advice: 'Make another choice first, or try again.',
  },
  'promise/moved': {
    status: 409,
    title: 'The date has moved',
    advice: 'See `ready` and `reasons`; order again with the new date if it suits you.',
  },
  'promise/impossible': {
    status: 409,
    title: 'There is no date for this',
    advice: 'See `reasons`; choose another site, date or design.',
  },
  'price/moved': {
    status: 409,
    title: 'The price has changed',
    advice: 'See `total`; order again at the new price if it suits you.',
  },
  'site/not-found': {
    status: 404,
    title: 'There is no such site',
    advice: 'See the sites of the company.',
  },
  'order/not-found': {
    status: 404,
    title: 'There is no such order',
    advice: 'Check the number.',
  },
  'order/released': {
    status: 409,
    title: 'Making has begun',
    advice: 'It can no longer be changed or cancelled; it can be returned once it is made.',
  },
  'order/not-returnable': {
    status: 409,
    title: 'This order cannot be returned now',
    advice: 'An order can be returned once it is made.',
  },
  'order/delivery-unavailable': {
    status: 422,
    title: 'This delivery is not offered for that address',
    advice: 'See the delivery rules of the company.',
  },
  'order/stay-required': {
    status: 422,
    title: 'A stay needs dates',
    advice: 'Give arrival and departure, at most 60 nights, arrival not in the past.',
  },
  'operation/not-found': {
    status: 404,
    title: 'There is no such operation',
    advice: 'Load the board again.',
  },
  'operation/not-ready': {
    status: 409,
    title: 'This operation cannot do that now',
    advice: 'See `state`; load the board again.',
  },
  'stock/unknown-item': {
    status: 404,
    title: 'The site keeps no such item',
    advice: 'See the stock of the site.',
  },
  'stock/insufficient': {
    status: 409,
    title: 'Not enough on hand',
    advice: 'Correct the stock that `item` names, or receive more.',
  },
  'guest/not-found': {
    status: 404,
    title: 'There is no such guest',
    advice: 'Search again.',
  },
  'guest/identifier-taken': {
    status: 409,
    title: 'Somebody else has this address or number',
    advice: 'Open the guest that has it.',
  },
  'contact/not-found': {
    status: 404,
    title: 'There is no such contact',
    advice: 'Ask for the contacts of the guest again.',
  },
  'contact/undo-ended': {
    status: 409,
    title: 'It is too late to undo this contact',
    advice: 'A contact can be undone for ten minutes after it was recorded.',
  },
  'verdict/not-found': {
    status: 404,
    title: 'There is no such verdict',
    advice: 'Load the card again: it may have gone with a guest who was erased.',
  },
  'verdict/stands': {
    status: 409,
    title: 'Something else was decided of these two',
    advice: 'Open one of them, and take that back first.',
  },
  'memory/unknown-predicate': {
    status: 422,
    title: 'Nothing of this kind is remembered',
    advice: 'See the ontology.',
  },
  'memory/value-refused': {
    status: 422,
    title: 'This value does not fit',
    advice: 'See the values that the ontology names.',
  },
  'memory/fact-not-found': {
    status: 404,
    title: 'There is no such fact',
    advice: 'Load the memory again.',
  },
  'memory/consent-required': {
    status: 409,
    title: 'This may only be remembered with consent',
    advice: 'Ask for the consents that `purposes` names, and send them along.',
  },
  'memory/purpose-not-found': {
    status: 404,
    title: 'There is no such purpose',
    advice: 'See the purposes of the company.',
  },
  'memory/erase-unconfirmed': {
    status: 422,
    title: 'Erasing needs to be confirmed',
    advice: 'Send the words that `confirm` names.',
  },
  'memory/ontology-refused': {
    status: 422,
    title: 'The ontology is not sound',
    advice: 'Mend what `issues` names, each with its path.',
  },
  'memory/ontology-changed': {
    status: 409,
    title: 'The ontology was changed meanwhile',
    advice: 'Load it again and make your change to what there is now.',
  },
  'memory/orders-open': {
    status: 409,
    title: 'An order is still being made for you',
    advice: 'Cancel it or let it finish first; `orders` names it.',
  },
  'staff/not-found': {
    status: 404,
    title: 'There is no such member of staff',
    advice: 'Load the list again.',
  },
  'staff/last-owner': {
    status: 409,
    title: 'A company keeps at least one owner',
    advice: 'Make somebody else an owner first.',
  },
  'store/unavailable': {
    status: 503,
    title: 'The store cannot be reached',
    advice: 'Nothing was changed. Try again; the same idempotency key is safe.',
  },
  'store/full': {
    status: 507,
    title: 'The disk is full',
    advice: 'Nothing was changed. Make room, then try again.',
  },
  'store/not-empty': {
    status: 409,
    title: 'The store is not empty',
    advice: 'Restore into an empty store.',
  },
  'store/backup-invalid': {
    status: 422,
    title: 'This is no usable backup',
    advice: 'See `detail`.',
  },
  'server/failed': {
    status: 500,
    title: 'Something went wrong on our side',
    advice: 'Nothing half-done was kept. Tell us the `instance`.',
  },
  'valuation/costs-missing': {
    status: 409,
    title: 'Nobody has stated yet what orders bring and customers cost',
    advice: 'Put a cost table first.',
  },
  'valuation/terms-refused': {
    status: 422,
    title: 'This cannot be reckoned by',
    advice: 'Mend what `issues` names, each with its path.',
  },
  'valuation/version-taken': {
    status: 409,
    title: 'There is another version of this name',
    advice: 'Give what you changed a new version.',
  },
  'valuation/not-reckoned': {
    status: 404,
    title: 'Nothing is reckoned of this customer',
    advice: 'Who has bought is reckoned with the next run.',
  },
  'valuation/month-not-found': {
    status: 404,
    title: 'Nothing was decided in this month',
    advice: 'Ask for months that the portfolio lists.',
  },
  'valuation/run-not-found': {
    status: 404,
    title: 'There is no such run',
    advice: 'Ask for the runs of the company.',
  },
  'valuation/review-not-found': {
    status: 404,
    title: 'There is no such review',
    advice: 'Ask for the reviews of the company.',
  },
  'valuation/review-closed': {
    status: 409,
    title: 'Somebody has decided this already',
    advice: 'Read what was decided; the next run opens another review where there is need.',
  },
  'valuation/outcome-refused': {
    status: 422,
    title: 'A review cannot end like this',
    advice: 'Do what `issues` names.',
  },
  'treatments/not-found': {
    status: 404,
    title: 'There is no such treatment',
    advice: 'Ask for the treatments of the company.',
  },
} as const satisfies Record<
  string,
  { readonly status: number; readonly title: string; readonly advice: string }
>;

/** The code of a problem, such as `order/released`. */
export type ProblemCode = keyof typeof PROBLEMS;
