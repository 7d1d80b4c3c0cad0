/** Texts of what changed, and of the widget on the home page. */
export const changesMessages = {
  section: 'Changes',
  title: 'What changed',
  loading: 'Loading what changed',
  error: 'What changed could not be loaded',
  none: 'Nothing has changed yet',
  noneDescription:
    'Each change of a check or a level is listed here, with its cause.',
  more: 'Show older',
  first: 'First looked at',
  removed: 'Does not apply any more',
  mine: {
    title: 'What changed in what you own',
    since: 'Since',
    day: 'Yesterday',
    week: 'A week ago',
    month: 'A month ago',
    none: 'Nothing of yours has changed',
    noneDescription:
      'Levels and checks of what you and your teams own are compared with those of then. Choose an earlier day to see more.',
    nothing: 'You own nothing that scorecards are about',
    nothingDescription:
      'An entity is yours when spec.owner of its catalog-info.yaml names you or one of your teams.',
    level: '{{from}} → {{to}}',
    points: '{{points}} points',
    last: 'Last: {{time}}, because {{cause}}',
    cut: 'Of {{total}} entities that you own, the first {{shown}} by name are compared.',
  },
  widget: {
    title: 'Scorecards of what you own',
    all: 'What changed',
    dropped: '{{scorecard}} dropped: {{from}} → {{to}}',
    next: 'Next: {{check}}',
    nextEffort: 'Next: {{check}} ({{effort}})',
    towards_one: 'the only step to {{level}} of {{scorecard}}',
    towards_other: 'the first of {{count}} steps to {{level}} of {{scorecard}}',
    towardsEffort:
      'the first of {{steps}} steps ({{effort}}) to {{level}} of {{scorecard}}',
    effortAtLeast: 'at least {{effort}}',
    done: 'Nothing is missing',
    level: '{{scorecard}}: {{level}}',
    more: 'Show all {{all}}',
    fewer: 'Show fewer',
    none: 'No scorecard asks anything of what you own.',
    cut: 'Of {{total}} entities that you own, these are of the first {{shown}} by name.',
  },
} as const;
