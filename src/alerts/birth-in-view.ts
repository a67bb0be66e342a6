import type { NewbornView } from '../births/births.schema';
import { shownNhsNumber } from '../nhs-numbers/nhs-number';
import type { AlertView } from './alert.schema';

/** What an alert about a birth shows, and the two things that the authority still has to do (domain 7). */
export function birthIn(newborn: NewbornView, mayAnswer: boolean): NonNullable<AlertView['birth']> {
  const isAwaited = newborn.state === 'awaiting';
  return {
    newbornId: newborn.id,
    nhsNumber: shownNhsNumber(newborn.nhsNumber),
    motherNhsNumber: shownNhsNumber(newborn.motherNhsNumber),
    motherLocalId: newborn.motherLocalId,
    state: newborn.state,
    birthOrder: newborn.birthOrder,
    numberOfBirths: newborn.numberOfBirths,
    isUrgent: newborn.motherWasClosed && isAwaited,
    toDo: [
      ...(newborn.motherIsClosed ? [] : (['close-mother'] as const)),
      ...(isAwaited ? (['supply-or-decline'] as const) : []),
    ],
    mayDecline: isAwaited && mayAnswer,
  };
}
