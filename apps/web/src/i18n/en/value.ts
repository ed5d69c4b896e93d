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
      plain: 'How surely still a customer',
      more: 'more surely still a customer than the mean ({{own}}; mean {{mean}})',
      less: 'less surely still a customer than the mean ({{own}}; mean {{mean}})',
    },
    purchases: {
      plain: 'How often purchases are expected',
      more: 'buys more often than the mean customer ({{own}}; mean {{mean}})',
      less: 'buys less often than the mean customer ({{own}}; mean {{mean}})',
      times: 'buys {{times}} times as often as the mean customer',
    },
    spend: {
      plain: 'What is spent each time',
      more: 'spends more each time than the mean customer ({{own}}; mean {{mean}})',
      less: 'spends less each time than the mean customer ({{own}}; mean {{mean}})',
      times: 'spends {{times}} times as much each time as the mean customer',
    },
    margin: {
      plain: 'What remains of the price after the goods',
      more: 'more remains of the price than of the mean ({{own}}; mean {{mean}})',
      less: 'less remains of the price than of the mean ({{own}}; mean {{mean}})',
    },
    returnRate: {
      plain: 'How much is returned',
      more: 'returns more often than the mean customer ({{own}}; mean {{mean}})',
      less: 'returns less often than the mean customer ({{own}}; mean {{mean}})',
      times: 'returns {{times}} times as often as the mean customer',
    },
    lines: {
      plain: 'How many lines an order has',
      more: 'orders have more lines than the mean ({{own}}; mean {{mean}})',
      less: 'orders have fewer lines than the mean ({{own}}; mean {{mean}})',
      times: 'orders have {{times}} times as many lines as the mean',
    },
    contactCost: {
      plain: 'What contacts with service cost',
      more: 'contacts cost more for each purchase than the mean ({{own}}; mean {{mean}})',
      less: 'contacts cost less for each purchase than the mean ({{own}}; mean {{mean}})',
      times: 'contacts cost {{times}} times as much as the mean',
    },
  },
  kind: {
    'service-level': 'Service',
    offer: 'Offer',
    'starting-point': 'Starting point',
    'contact-rhythm': 'Rhythm of contact',
    'price-fence': 'Price on declared grounds',
  },
} as const;
