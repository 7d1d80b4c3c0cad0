import { SeedUser } from '../types';

const people: [login: string, name: string, bio: string][] = [
  [
    'dev-checkout',
    'Mina Okafor',
    'Checkout engineer. Keeps the intent state machine honest.',
  ],
  [
    'dev-checkout-2',
    'Jonas Lindqvist',
    'Checkout engineer, front of the house.',
  ],
  ['dev-ledger', 'Priya Raman', 'Ledger engineer. Debits equal credits.'],
  ['lead-payments', 'Camille Rousseau', 'Leads payments engineering.'],
  [
    'platform-engineer',
    'Tomasz Zielinski',
    'Paved road, portal, and everything under it.',
  ],
  ['security-1', 'Aisha Rahman', 'Application security.'],
  ['security-2', 'Daniel Weiss', 'Application security, keys and vaults.'],
  ['auditor', 'Helena Marques', 'Internal audit, technology.'],
  ['lucia-ferrari', 'Lucia Ferrari', 'Card processing.'],
  ['owen-mbeki', 'Owen Mbeki', 'Card processing and disputes.'],
  ['sven-halvorsen', 'Sven Halvorsen', 'Payouts and bank files.'],
  ['yuki-tanaka', 'Yuki Tanaka', 'Payouts.'],
  ['ravi-menon', 'Ravi Menon', 'Leads ledger and risk engineering.'],
  ['grace-oduya', 'Grace Oduya', 'Ledger and reconciliation.'],
  ['nadia-haddad', 'Nadia Haddad', 'Fraud prevention.'],
  ['felix-braun', 'Felix Braun', 'Fraud prevention, models in production.'],
  ['chloe-dubois', 'Chloe Dubois', 'Risk data.'],
  ['mateo-alvarez', 'Mateo Alvarez', 'Data platform.'],
  ['ingrid-nygaard', 'Ingrid Nygaard', 'Leads data.'],
  ['sam-whitfield', 'Sam Whitfield', 'Site reliability.'],
  ['fatou-diallo', 'Fatou Diallo', 'Site reliability, networks.'],
  ['kofi-asante', 'Kofi Asante', 'Developer experience.'],
  ['elena-petrova', 'Elena Petrova', 'Developer experience, documentation.'],
  ['harper-quinn', 'Harper Quinn', 'Web applications.'],
  ['luca-moretti', 'Luca Moretti', 'Web applications and design tokens.'],
  ['zoe-papadakis', 'Zoe Papadakis', 'Wallet and mobile.'],
  ['arjun-nair', 'Arjun Nair', 'Wallet and mobile.'],
  ['bea-lindholm', 'Bea Lindholm', 'Leads customer engineering.'],
  ['marta-kowalska', 'Marta Kowalska', 'Merchant experience.'],
  ['noah-adeyemi', 'Noah Adeyemi', 'Merchant experience.'],
  ['peter-vance', 'Peter Vance', 'Treasury systems until the reorganisation.'],
];

const initials = (name: string) =>
  name
    .split(' ')
    .map(part => part[0])
    .join('')
    .slice(0, 2)
    .toUpperCase();

/** Everybody in the organisation; the last one is the portal's own account. */
export const users: SeedUser[] = [
  ...people.map(([login, name, bio]) => ({
    login,
    name,
    email: `${login}@acme.example`,
    bio,
    avatarSvgInitials: initials(name),
  })),
  {
    login: 'waymark-portal',
    name: 'Waymark portal',
    email: 'waymark-portal@acme.example',
    bio: 'Commits and opens pull requests on behalf of people who use the portal.',
    avatarSvgInitials: 'WP',
  },
];
