/** Words of the pages about what customers are worth, for marketing. */
export const portfolio = {
  title: 'Who to keep, who to grow, who to reconsider',
  tabs: {
    label: 'Customer value',
    portfolio: 'Portfolio',
    customers: 'Customers',
    reviews: 'To decide',
    treatments: 'Treatments',
    terms: 'Terms',
  },
  equity: {
    label: 'Customer equity',
    text_one:
      'Customer equity, an estimate: what one customer is expected to bring in {{years}} years, in money of today.',
    text_other:
      'Customer equity, an estimate: what {{customers}} customers are expected to bring in {{years}} years, in money of today.',
    return: 'Return on customer in {{month}}: {{share}}',
    noReturn: 'Return on customer is known from the second month on.',
    reviews_one: 'One customer to decide about',
    reviews_other: '{{count, number}} customers to decide about',
    contests_one: 'one objection to answer',
    contests_other: '{{count, number}} objections to answer',
    when: 'Reckoned {{scored}}, with purchases to {{until}}.',
  },
  run: {
    title: 'Reckoning',
    start: 'Reckon now',
    again: 'Reckon anew',
    underWay: 'What customers are worth is being reckoned.',
    underWayMonths_one: 'What customers are worth is being reckoned, and the month before.',
    underWayMonths_other:
      'What customers are worth is being reckoned, and the {{count, number}} months before.',
    queued: 'It begins in a moment.',
    step: {
      'adding-up': 'Adding up purchases, returns and contacts',
      fitting: 'Learning how often customers buy, and when they stop',
      testing: 'Comparing the model with what came after an earlier day',
      scoring: 'Valuing each customer',
      keeping: 'Keeping what was found',
    },
    failed: 'The last run failed {{when}}',
    failedText: 'What is shown is of the run before. Nothing of the failed one was kept.',
  },
  tooLittle: {
    title: 'There is too little data for a model',
    purchases:
      'At least 30 customers are needed, and 10 of them who came again. Until then nobody has a value.',
    spend:
      'At least 30 customers are needed who came again and spent. Until then nobody has a value.',
    'spend-mean':
      'A few purchases outweigh all others, so that no mean can be told. Look for amounts that are mistyped.',
  },
  leftOut: {
    title_one: 'One purchase in {{currencies}} is not counted',
    title_other: '{{count, number}} purchases in {{currencies}} are not counted',
    text_one:
      'It concerns one customer. Values are reckoned in {{currency}} alone, and there is no cost table for another currency: such purchases are kept, and are in no value, tier or month. To have them counted, bring them in once more in {{currency}}, with order numbers of their own.',
    text_other:
      'It concerns {{count, number}} customers. Values are reckoned in {{currency}} alone, and there is no cost table for another currency: such purchases are kept, and are in no value, tier or month. To have them counted, bring them in once more in {{currency}}, with order numbers of their own.',
  },
  first: {
    title: 'Nothing is reckoned yet',
    text: 'From purchases, returns and contacts a model learns what each customer is expected to bring, and how sure that is. Two things are needed:',
    history:
      'A history of purchases: orders that were placed here count by themselves; earlier ones are brought in as files.',
    costs: 'A cost table: what orders bring, and what customers cost.',
    costsThere: 'A cost table: it is there.',
    toTerms: 'State costs',
    months: 'Past months to decide too',
    monthsHint:
      'So that you see at once how customers moved. Up to {{max}}; 0 for this month alone.',
  },
  tiers: {
    title: 'The base by tier',
    text: 'A tier is a decision with reasons: it is given only where the data are sure enough.',
    tier: 'Tier',
    customers: 'Customers',
    value: 'Value',
    share: 'Share of value',
    mean: 'Mean',
    growth: 'Growth',
    atStake: 'At stake',
    parts: 'The bar of value leaves out who is below zero.',
    spread: 'Value of a customer',
    spreadLabel: 'The middle customer {{value}}; four fifths of them {{low}} to {{high}}',
    legend:
      'All amounts are estimates. Growth: what customers would bring beyond that, after the effort; a dash where the effort would cost more. At stake: what it would save to know for sure. Lines: four fifths of a tier, and the middle customer; the upright one is zero.',
  },
  lists: {
    growth: 'Growth {{amount}}.',
    keep: {
      title: 'To keep',
      text: 'Worth the most.',
      none: 'Nobody is given this tier yet.',
      all_one: 'All of them',
      all_other: 'All {{count, number}}',
    },
    grow: {
      title: 'To grow',
      text: 'Would bring the most beyond what they bring.',
      none: 'Nobody is given this tier yet.',
      all_one: 'All of them',
      all_other: 'All {{count, number}}',
    },
    reconsider: {
      title: 'To reconsider',
      text: 'Cost more than they bring. A person decides what is done.',
      none: 'Nobody is below zero.',
      all_one: 'All of them',
      all_other: 'All {{count, number}}',
    },
  },
  flow: {
    title: 'Where customers went',
    none: 'From the second month on it is shown here who went from tier to tier.',
    from: 'From',
    to: 'To',
    label: 'Customers by tier in {{from}} and in {{to}}',
    link_one: 'One customer: {{from}} → {{to}}',
    link_other: '{{customers}} customers: {{from}} → {{to}}',
    stayed: '{{share}} of those who were there both times stayed where they were; {{came}} came.',
    nobody: 'Nobody was there both times.',
  },
  whale: {
    title: 'Who holds the value',
    takes: 'The best {{customers}} hold {{value}} of the equity; the rest takes some of it away.',
    holds: 'No customers together take value away.',
    none: 'All customers together are not expected to bring more than they cost.',
    tenth: 'The best tenth alone holds {{value}}.',
    chart: 'Value held by the best customers',
    x: 'Customers, the best first',
    y: 'Value held together',
    point: 'The best {{customers}} of customers hold {{value}}.',
    peak: 'Peak: {{value}}',
    rest: 'Dashed: if all were worth the same.',
  },
  months: {
    title: 'Month by month',
    none: 'From the second month on equity and return on customer are drawn here.',
    text: 'Return on customer: what a month brought, and what it changed of the equity, over the equity it began with. New costs, another policy or another horizon move it too.',
    month: 'Month',
    equity: 'Customer equity',
    equityText: 'Estimates, each as of the end of its month.',
    return: 'Return on customer',
    returnText: 'Above zero, the month left more than it found.',
    profit: 'Brought',
    point: '{{month}}: {{value}}',
    unknown: 'not known',
  },
  trust: {
    title: 'Can the model be trusted?',
    none: 'The history is too short to put the model beside what came. It is tried as soon as there is more.',
    text: 'The model was fitted with what was known on {{cut}}, and had to foretell what {{customers}} customers do until {{until}}. That is put beside what they did.',
    purchases: 'Purchases',
    revenue: 'Revenue',
    predicted: 'Foretold for a customer',
    actual: 'What came',
    chance: 'By chance alone',
    verdict: {
      inside:
        'In sum, yes: {{actual}} came, and {{predicted}} were foretold ({{low}} to {{high}}).',
      more: 'Too cautious: {{actual}} came, {{difference}} more than the {{predicted}} foretold ({{low}} to {{high}}).',
      fewer:
        'Too hopeful: {{actual}} came, {{difference}} less than the {{predicted}} foretold ({{low}} to {{high}}).',
      nothing: 'Nobody could be foretold.',
    },
    groups_one: 'The one group fits what came in {{within}} case.',
    groups_other: 'Of {{count, number}} groups, {{within}} fit what came.',
    label: {
      purchases: 'Purchases foretold and what came, in {{groups}} groups, of which {{within}} fit.',
      revenue: 'Revenue foretold and what came, in {{groups}} groups, of which {{within}} fit.',
    },
    legend:
      'Each point is a group of customers for whom alike was foretold. On the dashed line both are the same; the upright lines are what chance alone allows.',
    best: 'Does it find the best?',
    tenths:
      'The tenth foretold to be best brought {{model}} of the revenue. The tenth that had bought most before brought {{past}}.',
    tenth: {
      better: 'The model chooses better than a plain ranking by what was bought.',
      alike:
        'To choose the best, a plain ranking does as well. The model is for how much, and how sure.',
      worse:
        'To choose the best, a plain ranking did better here. Take the model for how much all together bring, not for who comes first.',
      unknown: 'Nothing came, so that nobody can say.',
    },
  },
  basis: {
    title: 'How to read this',
    value:
      'Value is what a customer is expected to bring from now on, after goods, payment and service, in money of today. It is an estimate: nine times in ten the true value lies inside the interval shown, if the model holds.',
    tiers:
      'A tier says what to do, and is given where deciding otherwise is expected to lose more. Who is new, or may be anything, stays undecided.',
    causes:
      'Nothing here says what would happen if you treated somebody differently. That is what treatments and their control groups are for.',
  },
  list: {
    title: 'Customers by value',
    tier: 'Tier',
    all: 'All tiers',
    sort: 'First',
    sorts: {
      value: 'Highest value',
      growth: 'Most growth',
      atStake: 'Most at stake',
      belowZero: 'Lowest value',
    },
    name: 'Customer',
    value: 'Value',
    interval: 'Interval',
    growth: 'Growth',
    atStake: 'At stake',
    reason: 'What sets them apart',
    since: 'In the tier',
    contested: 'The customer objects.',
    none: 'Nobody is here',
    noneText: 'Choose another tier, or look again after the next run.',
    shown_one: 'One customer',
    shown_other: '{{count, number}} customers shown',
  },
} as const;
