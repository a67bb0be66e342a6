import type { Outcome, Rung } from '../../../workflows/alert-task/contract';
import type { DeclineReason, NewbornState } from '../../../workflows/birth-transfer/contract';
import { unhyphenated } from './words';

/** Plan types as people in the NHS and the authorities say them (domain, "The job"). */
const planTypes: Readonly<Record<string, string>> = {
  CPP: 'Child protection plan',
  LAC: 'Looked-after child',
  UCPP: 'Unborn child protection plan',
};

const planStates: Readonly<Record<string, string>> = {
  active: 'Active',
  ended: 'Ended',
  'expired-unresolved': 'Past its date, unresolved',
  'out-of-sight': 'Out of sight',
};

/** Settings of domain 3. */
const settings: Readonly<Record<string, string>> = {
  'walk-in-centre': 'Walk-in centre',
  'out-of-hours-gp': 'Out-of-hours GP',
  'nhs-111': 'NHS 111',
  gp: 'GP',
  camhs: 'CAMHS',
};

/** Outcomes of an alert (domain 20), in the order of the list. */
export const outcomeWords = {
  'no-further-action': 'No further action',
  'family-contacted': 'Family contacted',
  'visit-planned': 'Visit planned',
  'strategy-discussion': 'Strategy discussion',
  'shared-with-partner': 'Shared with partner',
  'recorded-in-error': 'Recorded in error',
} as const satisfies Record<Outcome, string>;

/** Who is asked now (domain 11). */
export const rungWords = {
  owner: 'The owner',
  manager: 'The team manager',
  'duty-desk': 'The duty desk',
} as const satisfies Record<Rung, string>;

/** What did not fit together in a check (domain 3); a flagged check is alerted all the same. */
const flags: Readonly<Record<string, string>> = {
  'kind-mismatch': 'Kind and setting differ',
  'setting-unknown': 'Setting not known',
  'organisation-unknown': 'Organisation not known',
  'setting-mismatch': 'Setting differs from the register',
  'right-missing': 'No right to a silent read',
};

/** Nobody is asked about an alert that is closed. */
export const askedWords = (alert: { readonly stage: string; readonly rung: Rung }): string =>
  alert.stage === 'closed' ? 'Nobody' : rungWords[alert.rung];

export const planTypeWords = (type: string): string => planTypes[type] ?? type;
export const planStateWords = (state: string): string => planStates[state] ?? unhyphenated(state);
export const settingWords = (setting: string): string => settings[setting] ?? unhyphenated(setting);
export const flagWords = (flag: string): string => flags[flag] ?? unhyphenated(flag);

/** Reasons to decline a newborn's plan (domain 20), in the order of the list. */
export const declineReasonWords = {
  'no-plan-needed-after-birth': 'No plan needed after birth',
  'other-authority-responsible': 'Another authority is responsible',
  'wrong-match': 'Wrong match: this baby is not the one',
  'stillbirth-or-death': 'The baby was stillborn or has died',
} as const satisfies Record<DeclineReason, string>;

export const newbornStateWords = {
  awaiting: 'Awaited from you',
  supplied: 'Here',
  declined: 'Declined',
  'not-expected': 'Not asked for',
} as const satisfies Record<NewbornState, string>;
