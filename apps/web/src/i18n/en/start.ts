/** Words of the start page and of a company's front page. */
export const start = {
  title: 'Made for you, and remembered',
  lead: 'Design your own, see at once what it costs and when it is yours. Whoever makes it knows exactly what you asked for, and you never have to say it twice.',
  how: {
    title: 'How it goes',
    design: 'You design',
    designText:
      'Every choice shows what still goes with it, the exact price and the day it will be ready.',
    make: 'It is made for you',
    makeText: 'Your design becomes work orders and parts. Nothing is made until you ask.',
    remember: 'It is remembered',
    rememberText:
      'What you tell is kept only as you allow. You can read it, correct it, take it along, erase it.',
  },
  companies: 'Three companies to try',
  companiesText:
    'Fictitious houses with real product families, ready to be designed, ordered and made.',
  from: 'from {{price}}',
  perNight: 'from {{price}}',
  design: 'Design yours',
  enter: 'Enter {{company}}',
  doors: {
    studio: 'Design something of your own',
    memory: 'What is known about me',
    desk: 'For those who greet guests',
    workshop: 'For those who make',
  },
  mailbox: 'Development mailbox',
  makes: 'What can be made for you',
  stays: 'What can be prepared for you',
  empty: 'Nothing is offered yet',
  emptyText: 'Product families appear here as soon as one is published.',
  noCompanies: 'No company lives here yet',
  noCompaniesText: 'Once a company is set up on this server, it appears here with its doors.',
  places: 'Where',
} as const;
