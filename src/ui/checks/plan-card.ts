import type { Awaited, PlanInSight } from '../../accesses/check.schema';
import { planStateWords, planTypeWords } from '../layout/domain-words';
import type { Summary } from '../layout/forms';
import type { Tag } from '../layout/tag';
import { dialled, spokenDay } from '../layout/words';

/** One plan in an answer: type, state and dates, the authority and its phones; no more goes to the NHS (domain 4). */
export interface PlanCard {
  readonly title: string;
  readonly state: Tag;
  readonly remark: string;
  readonly dates: readonly Summary[];
  readonly authority: string;
  readonly phones: readonly Phone[];
}

/** An authority that has not yet confirmed whether a newborn has a plan. */
export interface AwaitedCard {
  readonly authority: string;
  readonly phones: readonly Phone[];
}

export interface Phone {
  readonly label: string;
  readonly number: string;
  readonly href: string;
}

const unresolved =
  'The delivery date has passed and the authority has not said what happened. Treat it as a plan and phone the authority.';

export function presentPlan(plan: PlanInSight): PlanCard {
  const { authority } = plan;
  return {
    title: planTypeWords(plan.type),
    state: { text: planStateWords(plan.state), classes: plan.state === 'ended' ? 'govuk-tag--grey' : 'govuk-tag--red' },
    remark: plan.state === 'expired-unresolved' ? unresolved : '',
    dates: datesOf(plan),
    authority: authority.name,
    phones: phonesOf(authority),
  };
}

export const presentAwaited = ({ authority }: Awaited): AwaitedCard => ({
  authority: authority.name,
  phones: phonesOf(authority),
});

const phonesOf = ({ emergencyPhone, officePhone }: PlanInSight['authority']): Phone[] => [
  phone('Emergency duty team, day and night', emergencyPhone),
  ...(officePhone ? [phone('Office hours', officePhone)] : []),
];

export const phone = (label: string, number: string): Phone => ({ label, number, href: dialled(number) });

const datesOf = ({ start, end, expectedDeliveryDate }: PlanInSight): Summary[] => [
  { key: 'Start', text: spokenDay(start) },
  ...(end ? [{ key: 'End', text: spokenDay(end) }] : []),
  ...(expectedDeliveryDate ? [{ key: 'Expected delivery', text: spokenDay(expectedDeliveryDate) }] : []),
];
