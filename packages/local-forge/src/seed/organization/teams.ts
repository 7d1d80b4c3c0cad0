import { SeedTeam, SeedTeamMember } from '../types';

const maintainer = (login: string): SeedTeamMember => ({
  login,
  role: 'maintainer',
});
const member = (login: string): SeedTeamMember => ({ login, role: 'member' });

/**
 * The teams, parents before children.
 *
 * `treasury` lost its people in a reorganisation and still owns production systems: an ownership problem that is
 * there to be found.
 */
export const teams: SeedTeam[] = [
  {
    slug: 'payments',
    name: 'Payments',
    description: 'Everything between a shopper and an acquirer.',
    members: [maintainer('lead-payments')],
  },
  {
    slug: 'checkout',
    name: 'Checkout',
    description: 'Payment intents and the hosted payment page.',
    parent: 'payments',
    members: [maintainer('dev-checkout'), member('dev-checkout-2')],
  },
  {
    slug: 'cards',
    name: 'Cards',
    description: 'Card authorisation, tokenisation and disputes.',
    parent: 'payments',
    members: [maintainer('lucia-ferrari'), member('owen-mbeki')],
  },
  {
    slug: 'payouts',
    name: 'Payouts',
    description: 'Money from Acme to merchants, by bank transfer.',
    parent: 'payments',
    members: [maintainer('sven-halvorsen'), member('yuki-tanaka')],
  },
  {
    slug: 'ledger-and-risk',
    name: 'Ledger and risk',
    description: 'The books of the firm and the risks it takes.',
    members: [maintainer('ravi-menon')],
  },
  {
    slug: 'ledger',
    name: 'Ledger',
    description: 'Double-entry ledger and reconciliation.',
    parent: 'ledger-and-risk',
    members: [maintainer('grace-oduya'), member('dev-ledger')],
  },
  {
    slug: 'fraud',
    name: 'Fraud',
    description: 'Fraud scoring, velocity limits and sanctions screening.',
    parent: 'ledger-and-risk',
    members: [maintainer('nadia-haddad'), member('felix-braun')],
  },
  {
    slug: 'risk-data',
    name: 'Risk data',
    description: 'Features and labels that the fraud models learn from.',
    parent: 'ledger-and-risk',
    members: [member('chloe-dubois')],
  },
  {
    slug: 'treasury',
    name: 'Treasury',
    description: 'Foreign exchange and liquidity. Being reorganised.',
    parent: 'ledger-and-risk',
    members: [],
  },
  {
    slug: 'platform',
    name: 'Platform',
    description: 'The paved road: portal, pipelines, clusters.',
    members: [maintainer('platform-engineer')],
  },
  {
    slug: 'developer-experience',
    name: 'Developer experience',
    description: 'Templates, documentation and feature flags.',
    parent: 'platform',
    members: [maintainer('kofi-asante'), member('elena-petrova')],
  },
  {
    slug: 'sre',
    name: 'Site reliability',
    description: 'Edge, observability and incident response.',
    parent: 'platform',
    members: [maintainer('sam-whitfield'), member('fatou-diallo')],
  },
  {
    slug: 'security',
    name: 'Security',
    description: 'Application security and key management.',
    members: [maintainer('security-1'), member('security-2')],
  },
  {
    slug: 'audit',
    name: 'Audit',
    description:
      'Internal audit of technology. Reads everything, changes nothing.',
    members: [maintainer('auditor')],
  },
  {
    slug: 'customer',
    name: 'Customer',
    description: 'What merchants and consumers see.',
    members: [maintainer('bea-lindholm')],
  },
  {
    slug: 'web',
    name: 'Web',
    description: 'Web applications for merchants.',
    parent: 'customer',
    members: [maintainer('harper-quinn'), member('luca-moretti')],
  },
  {
    slug: 'mobile',
    name: 'Mobile',
    description: 'The consumer wallet.',
    parent: 'customer',
    members: [maintainer('zoe-papadakis'), member('arjun-nair')],
  },
  {
    slug: 'merchant',
    name: 'Merchant',
    description: 'Merchant accounts, onboarding and webhooks.',
    parent: 'customer',
    members: [maintainer('marta-kowalska'), member('noah-adeyemi')],
  },
  {
    slug: 'data',
    name: 'Data',
    description: 'Data engineering across the firm.',
    members: [maintainer('ingrid-nygaard')],
  },
  {
    slug: 'data-platform',
    name: 'Data platform',
    description: 'Event archive and warehouse pipelines.',
    parent: 'data',
    members: [maintainer('mateo-alvarez')],
  },
];
