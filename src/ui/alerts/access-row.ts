import type { AlertView } from '../../alerts/alert.schema';
import { flagWords, settingWords } from '../layout/domain-words';
import type { Tag } from '../layout/tag';
import { spokenTime } from '../layout/words';

/** One access in the child's history: who looked, when and where, never why. */
export interface AccessRow {
  readonly when: string;
  readonly where: string;
  readonly setting: string;
  readonly who: string;
  readonly role: string;
  readonly marks: readonly Tag[];
  readonly inThisAlert: boolean;
}

export function presentAccess(access: AlertView['history'][number]): AccessRow {
  const marks: (Tag | false)[] = [
    access.inThisAlert && { text: 'This alert', classes: 'govuk-tag--blue' },
    access.scheduled && { text: 'Planned care', classes: 'govuk-tag--grey' },
    ...access.flags.map((flag) => ({ text: flagWords(flag), classes: 'govuk-tag--yellow' })),
  ];
  return {
    when: spokenTime(access.at),
    where: access.organisation.name,
    setting: settingWords(access.setting),
    who: access.clinician.name,
    role: access.clinician.role,
    marks: marks.filter((mark) => mark !== false),
    inThisAlert: access.inThisAlert,
  };
}
