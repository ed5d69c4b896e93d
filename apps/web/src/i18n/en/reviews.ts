/** Words of what a person decides about customers: objections, and who is below zero. */
export const reviews = {
  title: 'To decide',
  lead: 'Nothing is done to anybody by itself. What stands here waits for you.',
  because: 'Why',
  save: 'Decide so',
  decide: 'Decide',
  contests: {
    title: 'Objections',
    text: 'While an objection stands, the tier has no effect. The oldest comes first.',
    none: 'Nobody objects.',
    tier: 'Given:',
    answer: 'Answer',
    save: 'Answer so',
    done: 'The objection is answered.',
  },
  open: {
    title: 'Customers below zero',
    text: 'They cost more than they bring, mostly for reasons that can be mended. Look at those first.',
    none: 'Nobody waits for a decision.',
  },
  why: {
    'below-zero':
      'Costs more than is brought in, and not even growth and all remedies are likely to mend that.',
    curable:
      'Costs more than is brought in as things are. With growth and all remedies that is no longer sure enough.',
  },
  expected: 'Expected: {{value}} ({{low}} to {{high}}), an estimate.',
  sure: 'Even with growth and all remedies below zero, with a probability of {{share}}.',
  loss: 'Parting may be a mistake: that is expected to lose {{amount}}.',
  opened: 'Since {{when}}.',
  remedies: {
    title: 'Remedies',
    of: 'Remedies for {{name}}',
    none: 'No remedy saves anything here.',
    saving: 'Saves',
    after: 'Value after',
    below: 'Still below zero',
    together: 'The best together',
    which: 'Together: {{names}}.',
    choose: 'Which remedies?',
    tried: 'Which remedies were tried?',
    saves: 'saves {{amount}}',
  },
  outcome: {
    title: 'What is done?',
    remedies: 'Remedies',
    'no-change': 'Leave it as it is',
    part: 'Part',
    notOpen:
      'Not open: with growth and all remedies it is not sure enough that this customer stays below zero.',
  },
  missing: { because: 'Say why.', remedies: 'Choose one at least.' },
  refused: {
    'no-reason': 'Say why.',
    'unknown-remedy': 'Choose among the remedies of this customer.',
    'remedies-untried':
      'Remedies that would save have not been tried: try them first, or tick them.',
    curable:
      'With growth and all remedies it is not sure enough that this customer stays below zero. Choose remedies, or leave it.',
  },
  done: {
    remedies: 'Decided: remedies.',
    'no-change': 'Decided: it stays as it is.',
    part: 'Decided: to part.',
  },
  closed: {
    title: 'Decided',
    none: 'Nothing was decided yet.',
    name: 'Customer',
    outcome: 'What',
    when: 'When',
    by: 'By',
    run: 'a later run',
    left: 'somebody who has left',
    how: {
      remedies: 'Remedies',
      'no-change': 'Left as it is',
      part: 'Parted',
      superseded: 'Below zero no more',
    },
  },
} as const;
