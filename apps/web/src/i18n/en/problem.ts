/** Every problem of the API in the reader's words. */
export const problem = {
  'request/malformed': {
    title: 'The page sent something unreadable',
    advice: 'Nothing was changed. Load the page again and repeat the last step.',
  },
  'request/invalid': {
    title: 'Something in here does not fit',
    advice: 'Nothing was changed. Check what you entered and try again.',
  },
  'request/too-large': {
    title: 'That is too much at once',
    advice: 'Nothing was changed. Shorten it and try again.',
  },
  'request/too-many': {
    title: 'Too many tries in a short time',
    advice: 'Wait a minute, then try again.',
  },
  'request/key-reused': {
    title: 'This was sent before with other contents',
    advice: 'Load the page again to see how things stand.',
  },
  'request/in-progress': {
    title: 'Your first try is still being worked on',
    advice: 'Wait a moment, then look again. It will not happen twice.',
  },
  'route/not-found': { title: 'There is nothing here', advice: 'Check the address.' },
  'session/required': {
    title: 'Please sign in first',
    advice: 'This belongs to somebody. Sign in, and you come straight back.',
  },
  'session/forbidden': {
    title: 'This needs another role',
    advice: 'The owner of the company can give it to you.',
  },
  'session/link-invalid': {
    title: 'This link is used up or too old',
    advice: 'Each link works once, for a short time. Ask for a new one.',
  },
  'company/not-found': {
    title: 'There is no such company here',
    advice: 'Check the address, or go back to the start.',
  },
  'family/not-found': {
    title: 'This is not made here',
    advice: 'See what the company makes.',
  },
  'family/space-missing': {
    title: 'There is no compiled space of this version',
    advice: 'It may still be under way; until then this page works it out by itself.',
  },
  'family/invalid': {
    title: 'The product family cannot be published',
    advice: 'Mend what is named below. The published version stays as it is.',
  },
  'family/contradictory': {
    title: 'No design is possible under these rules',
    advice: 'Relax one of the rules below; together they exclude everything.',
  },
  'design/not-found': {
    title: 'There is no such design',
    advice: 'Check the link, or start a new design.',
  },
  'design/stale': {
    title: 'This design was changed elsewhere',
    advice: 'Nothing is lost: decide which of the two to keep.',
  },
  'design/conflict': {
    title: 'This choice does not go with the others',
    advice: 'Change one of the choices involved.',
  },
  'design/unknown-attribute': {
    title: 'This design asks for something that is no longer offered',
    advice: 'Open it in the Studio and save it again.',
  },
  'design/unknown-value': {
    title: 'This design has a choice that is no longer offered',
    advice: 'Open it in the Studio and choose again.',
  },
  'design/text-refused': {
    title: 'This text cannot be engraved',
    advice: 'Leave out unusual signs or line breaks, and keep to the length.',
  },
  'design/undecided': {
    title: 'This could not be worked out in time',
    advice: 'Make another choice first, or try again.',
  },
  'promise/moved': {
    title: 'The date has moved',
    advice: 'Nothing was ordered. Look at the new date and order again if it suits you.',
  },
  'promise/impossible': {
    title: 'There is no date for this',
    advice: 'Choose another place, another date or another design.',
  },
  'price/moved': {
    title: 'The price has changed',
    advice: 'Nothing was ordered. Look at the new price and order again if it suits you.',
  },
  'site/not-found': { title: 'There is no such place', advice: 'Choose one of the places shown.' },
  'order/not-found': {
    title: 'There is no such order',
    advice: 'Check the number, or look at your orders.',
  },
  'order/released': {
    title: 'Making has begun',
    advice: 'It can no longer be changed or cancelled; it can be returned once it is made.',
  },
  'order/not-returnable': {
    title: 'This order cannot be returned now',
    advice: 'It can be returned once it is made.',
  },
  'order/delivery-unavailable': {
    title: 'This delivery is not offered for that address',
    advice: 'Choose another delivery, or another country.',
  },
  'order/stay-required': {
    title: 'A stay needs dates',
    advice: 'Give arrival and departure, at most 60 nights, arrival not in the past.',
  },
  'operation/not-found': { title: 'This step is gone', advice: 'Load the board again.' },
  'operation/not-ready': {
    title: 'This step cannot do that now',
    advice: 'Somebody else may have been quicker. Load the board again.',
  },
  'stock/unknown-item': { title: 'No such part is kept here', advice: 'See the stock.' },
  'stock/insufficient': {
    title: 'Not enough on hand',
    advice: 'Count again, or book in what has arrived.',
  },
  'guest/not-found': { title: 'There is no such guest', advice: 'Search again.' },
  'guest/identifier-taken': {
    title: 'Somebody else has this address or number',
    advice: 'Open the guest that has it.',
  },
  'contact/not-found': {
    title: 'This contact is not there any more',
    advice: 'Load the card again: somebody may have undone it.',
  },
  'contact/undo-ended': {
    title: 'It is too late to undo this contact',
    advice: 'That goes for ten minutes after it was recorded.',
  },
  'verdict/not-found': {
    title: 'This was not decided, or has gone',
    advice: 'Load the card again: it may have gone with a guest who was erased.',
  },
  'verdict/stands': {
    title: 'Something else was decided of these two',
    advice: 'Open one of them, and take that back first.',
  },
  'memory/unknown-predicate': {
    title: 'Nothing of this kind is remembered here',
    advice: 'Choose one of the things offered.',
  },
  'memory/value-refused': { title: 'This does not fit', advice: 'Choose one of the values shown.' },
  'memory/fact-not-found': {
    title: 'This is not remembered any more',
    advice: 'Load the page again.',
  },
  'memory/consent-required': {
    title: 'This may only be remembered with consent',
    advice: 'Ask for it in so many words, and tick it.',
  },
  'memory/purpose-not-found': { title: 'There is no such purpose', advice: 'Load the page again.' },
  'memory/erase-unconfirmed': {
    title: 'Erasing needs to be confirmed',
    advice: 'Type the words exactly as they are shown.',
  },
  'memory/ontology-refused': {
    title: 'This does not fit together yet',
    advice: 'Mend what is marked. Nothing was changed.',
  },
  'memory/ontology-changed': {
    title: 'Somebody else changed it meanwhile',
    advice: 'Load it again and make your change once more. Nothing was changed.',
  },
  'valuation/costs-missing': {
    title: 'Nobody has stated yet what orders bring and customers cost',
    advice: 'Put a cost table first.',
  },
  'valuation/terms-refused': {
    title: 'This cannot be reckoned by',
    advice: 'Mend what is named below. Nothing was changed.',
  },
  'valuation/version-taken': {
    title: 'There is another version of this name',
    advice: 'Give what you changed a new version. Nothing was changed.',
  },
  'valuation/not-reckoned': {
    title: 'Nothing is reckoned of this customer',
    advice: 'Who has bought is reckoned with the next run.',
  },
  'valuation/month-not-found': {
    title: 'Nothing was decided in this month',
    advice: 'Choose another month.',
  },
  'valuation/run-not-found': {
    title: 'There is no such run',
    advice: 'Load the page again.',
  },
  'valuation/review-not-found': {
    title: 'There is no such review',
    advice: 'Load the list again.',
  },
  'valuation/review-closed': {
    title: 'Somebody has decided this already',
    advice: 'Load the list again to read what was decided.',
  },
  'valuation/outcome-refused': {
    title: 'A review cannot end like this',
    advice: 'Do what is named below. Nothing was changed.',
  },
  'treatments/not-found': {
    title: 'There is no such treatment',
    advice: 'Load the list again.',
  },
  'memory/orders-open': {
    title: 'Something is still being made for you',
    advice: 'Cancel it or let it finish first.',
  },
  'staff/not-found': { title: 'This person is no longer on the list', advice: 'Load it again.' },
  'staff/last-owner': {
    title: 'A company keeps at least one owner',
    advice: 'Make somebody else an owner first.',
  },
  'store/unavailable': {
    title: 'The server cannot reach its store',
    advice: 'Nothing was changed. Trying again is safe.',
  },
  'store/full': {
    title: 'The server’s disk is full',
    advice: 'Nothing was changed. Whoever runs the server has to make room.',
  },
  'store/not-empty': { title: 'The store is not empty', advice: 'Restore into an empty store.' },
  'store/backup-invalid': { title: 'This is no usable backup', advice: 'Choose another file.' },
  'server/failed': {
    title: 'Something went wrong on our side',
    advice: 'Nothing half-done was kept. Try again; if it stays, tell us.',
  },
} as const;
