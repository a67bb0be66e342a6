import { randomUUID } from 'node:crypto';

/** A check as the load generator sends it. */
export interface Asked {
  readonly nhsNumber: string;
  readonly kind: 'unscheduled' | 'scheduled';
  readonly organisation: string;
  readonly setting: string;
  readonly clinician: { readonly id: string; readonly name: string; readonly role: string };
}

const anyHash = '07070707-0707-4707-8707-070707070707';
const today = (): string => new Date().toISOString().slice(0, 10);

/** What the check's statement takes, $1 to $14, with nothing decided: the bare variants trust whoever asks. */
export const checkValues = (asked: Asked, client: string): unknown[] => [
  randomUUID(),
  new Date(),
  today(),
  asked.nhsNumber,
  asked.kind === 'scheduled',
  asked.kind,
  asked.organisation,
  asked.setting,
  asked.clinician.id,
  asked.clinician.name,
  asked.clinician.role,
  client,
  anyHash,
  null,
];
