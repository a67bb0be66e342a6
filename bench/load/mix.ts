import { wholeBelow, type Chance } from './chance';
import { anyPlanned, anyUnplanned } from './numbers';

/** Of a hundred checks five find a plan, and ten are scheduled care: silent reads. */
export const shares = { planned: 0.05, scheduled: 0.1 } as const;

const unscheduledPlaces = [
  ['ZZ101', 'emergency-department'],
  ['ZZ108', 'emergency-department'],
  ['ZZ109', 'emergency-department'],
  ['ZZ102', 'maternity-unit'],
  ['ZZ103', 'paediatric-ward'],
  ['ZZ106', 'out-of-hours-gp'],
  ['ZZ110', 'nhs-111'],
] as const;
const scheduledPlaces = [
  ['ZZ201', 'gp'],
  ['ZZ202', 'camhs'],
] as const;
const roles = ['Registrar, emergency medicine', 'Staff nurse', 'Consultant paediatrician', 'Midwife'];
const clinicians = 400;

/** One check as a system sends it, and whether the caller is the one that may read silently. */
export interface Drawn {
  readonly body: string;
  readonly silent: boolean;
}

export const drawCheck = (chance: Chance): Drawn => {
  const silent = chance() < shares.scheduled;
  const nhsNumber = chance() < shares.planned ? anyPlanned(chance) : anyUnplanned(chance);
  const places = silent ? scheduledPlaces : unscheduledPlaces;
  const [organisation, setting] = places[wholeBelow(chance, places.length)] ?? unscheduledPlaces[0];
  const clinician = wholeBelow(chance, clinicians);
  const body = {
    nhsNumber,
    kind: silent ? 'scheduled' : 'unscheduled',
    organisation,
    setting,
    clinician: { id: `C${clinician}`, name: `Bench Clinician ${clinician}`, role: roles[clinician % roles.length] },
  };
  return { body: JSON.stringify(body), silent };
};
