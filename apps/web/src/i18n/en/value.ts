/** Words of what customers are worth, wherever that is shown. */
export const value = {
  tier: {
    keep: 'Keep',
    grow: 'Grow',
    maintain: 'Maintain',
    'below-zero': 'Below zero',
    undecided: 'Undecided',
    absent: 'Not there',
  },
  tierText: {
    keep: 'Among the most valuable.',
    grow: 'Would bring more than the effort costs.',
    maintain: 'Well as it is.',
    'below-zero': 'Costs more than is brought in, and no remedy mends it.',
    undecided: 'New, or the data cannot tell yet.',
  },
  estimate: 'estimate',
  range: '{{low}} to {{high}}',
  ranged: '{{value}}, most likely {{low}} to {{high}}',
  driver: {
    alive: 'Still a customer',
    purchases: 'How often',
    spend: 'Spent each time',
    margin: 'What remains of it',
    returnRate: 'Returns',
    lines: 'Lines of an order',
    contactCost: 'Contacts with service',
  },
  reason: {
    alive: {
      more: 'is still a customer with {{own}}, the mean customer with {{mean}}',
      less: 'is still a customer with {{own}} only, the mean customer with {{mean}}',
    },
    purchases: {
      more: 'buys more often than the mean customer ({{own}}; mean {{mean}})',
      less: 'buys less often than the mean customer ({{own}}; mean {{mean}})',
      times: 'buys {{times}} times as often as the mean customer',
    },
    spend: {
      more: 'spends more each time than the mean customer ({{own}}; mean {{mean}})',
      less: 'spends less each time than the mean customer ({{own}}; mean {{mean}})',
      times: 'spends {{times}} times as much each time as the mean customer',
    },
    margin: {
      more: 'more remains of the price than of the mean ({{own}}; mean {{mean}})',
      less: 'less remains of the price than of the mean ({{own}}; mean {{mean}})',
    },
    returnRate: {
      more: 'returns something of {{own}} of purchases, the mean customer of {{mean}}',
      less: 'returns something of {{own}} of purchases, the mean customer of {{mean}}',
      times: 'returns something of {{own}} of purchases, the mean customer of {{mean}}',
    },
    lines: {
      more: 'orders have more lines than the mean ({{own}}; mean {{mean}})',
      less: 'orders have fewer lines than the mean ({{own}}; mean {{mean}})',
      times: 'orders have {{times}} times as many lines as the mean',
    },
    contactCost: {
      more: 'contacts cost more for each purchase than the mean ({{own}}; mean {{mean}})',
      less: 'contacts cost less for each purchase than the mean ({{own}}; mean {{mean}})',
      times: 'contacts cost {{times}} times as much as the mean',
    },
  },
  counts: {
    purchases: 'Purchases',
    purchasesText_one: 'one, on {{to}}',
    purchasesText_other: '{{count, number}}, from {{from}} to {{to}}',
    meanSpend: 'Mean purchase',
    returns: 'Returns',
    returnsText_one: 'one',
    returnsText_other: '{{count, number}}',
    noReturns: 'none',
    contacts: 'Contacts with service',
    categories: 'Bought',
    times: '{{name}}: {{count, number}}',
  },
  treatment: {
    offered: 'Offered: {{words}}',
    done: 'Done for them: {{words}}',
  },
  kind: {
    'service-level': 'Service',
    offer: 'Offer',
    'starting-point': 'Starting point',
    'contact-rhythm': 'Rhythm of contact',
    'price-fence': 'Price on declared grounds',
  },
} as const;
