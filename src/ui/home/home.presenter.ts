import type { AlertSummary } from '../../alerts/alert.schema';
import type { Caller } from '../../platform/sign-in/caller';
import type { Summary } from '../layout/forms';
import { productName } from '../layout/layout.presenter';
import type { Tag } from '../layout/tag';
import { counted } from '../layout/words';
import { paths } from '../paths';

export interface HomeView {
  readonly heading: string;
  readonly lead: string;
  readonly notice: string;
  /** Address of the sign-in; empty when somebody is signed in. */
  readonly signIn: string;
  readonly cards: readonly Card[];
  readonly steps: readonly Summary[];
}

export interface Card {
  readonly title: string;
  readonly href: string;
  readonly text: string;
  readonly marks: readonly Tag[];
}

const steps: readonly Summary[] = [
  {
    key: 'A child comes to be treated',
    text: 'A clinician checks the NHS number and knows at once whether there is a plan, and whom to phone.',
  },
  { key: 'The look is stored', text: 'Who looked, when and where: every check, whatever it found.' },
  {
    key: 'The social worker is told',
    text: 'Within 24 hours, with how often and at how many places the child was seen.',
  },
];

/** The first page for somebody who has not signed in. */
export const presentWelcome = (notice: string): HomeView => ({
  heading: productName,
  lead: 'NHS staff learn whether a child has a protection plan. Social workers learn that the child was seen.',
  notice,
  signIn: paths.signIn,
  cards: [],
  steps,
});

/** The first page of somebody who has signed in: what they can do, and what waits. `alerts` are theirs, if they have any. */
export function presentHome(caller: Caller, alerts: readonly AlertSummary[]): HomeView {
  const cards = [
    ...(caller.rights.includes('act-on-alerts') ? [alertsCard(alerts)] : []),
    ...(caller.rights.includes('check') ? [checkCard] : []),
    ...(caller.rights.includes('act-on-alerts') || caller.rights.includes('check') ? [] : [apiCard]),
  ];
  return { heading: `Hello, ${caller.name}`, lead: '', notice: '', signIn: '', cards, steps: [] };
}

function alertsCard(alerts: readonly AlertSummary[]): Card {
  const open = alerts.filter((alert) => alert.stage !== 'closed');
  const fresh = open.filter((alert) => alert.stage === 'open').length;
  const late = open.filter((alert) => alert.late !== undefined).length;
  return {
    title: 'My alerts',
    href: paths.alerts.list,
    text: open.length > 0 ? `${counted(open.length, 'open alert', 'open alerts')}.` : 'You have no open alerts.',
    marks: [
      ...(fresh > 0 ? [{ text: `${fresh} new`, classes: 'govuk-tag--blue' }] : []),
      ...(late > 0 ? [{ text: `${late} late`, classes: 'govuk-tag--red' }] : []),
    ],
  };
}

const checkCard: Card = {
  title: 'Check a number',
  href: paths.check,
  text: 'Find out whether an NHS number carries a plan, and whom to phone.',
  marks: [],
};

const apiCard: Card = {
  title: 'The interface for systems',
  href: paths.apiDescription,
  text: 'Your work is done through the interface; it is described here.',
  marks: [],
};
