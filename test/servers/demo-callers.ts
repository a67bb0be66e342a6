import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';

/** The claims that a token carries about its holder, beside those of every token. Never anything about a child. */
export type CallerClaims = {
  readonly sub: string;
  readonly kind: 'person' | 'system';
  readonly name: string;
  readonly roles: readonly string[];
  readonly authority?: string;
  readonly person_ref?: string;
  readonly organisation?: string;
  readonly clinician_role?: string;
};

/** Somebody who can call in a demonstration. `demoName` is what `npm run token` takes. */
export type DemoCaller = { readonly claims: CallerClaims; readonly group: string; readonly demoName?: string };

type PersonRow = { authority: string; ref: string; name: string; role: string; state: string; demo_name: string };
type AuthorityRow = { gss_code: string; name: string };

const dataFile = <T>(name: string): T[] =>
  parse(readFileSync(join(__dirname, '..', '..', 'data', name)), { columns: true, bom: true, skip_empty_lines: true });

const system = (demoName: string, roles: readonly string[], place: Partial<CallerClaims>): DemoCaller => ({
  claims: { sub: demoName, kind: 'system', name: demoName, roles, ...place },
  group: 'Systems',
  demoName,
});

/** The systems that call with OAuth 2 client credentials; their secret is `<demo name>-secret`. */
export const demoSystems: readonly DemoCaller[] = [
  system('ed-system', ['B0107'], { organisation: 'ZZ101' }),
  system('maternity-system', ['B0107', 'births'], { organisation: 'ZZ102' }),
  system('demographics-system', ['demographics'], {}),
  system('gp-system', ['B0170'], { organisation: 'ZZ201' }),
  system('leicester-system', ['authority-system'], { authority: 'E06000016' }),
  system('leicestershire-system', ['authority-system'], { authority: 'E10000018' }),
];

const person = (demoName: string, group: string, claims: Omit<CallerClaims, 'sub' | 'kind'>): DemoCaller => ({
  claims: { sub: demoName, kind: 'person', ...claims },
  group,
  demoName,
});

const nhsPeople: readonly DemoCaller[] = [
  person('clinician', 'NHS', {
    name: 'Dr Asha Verma',
    roles: ['B0107'],
    organisation: 'ZZ101',
    clinician_role: 'Registrar, emergency medicine',
  }),
  person('midwife', 'NHS', { name: 'Morag Tait', roles: ['B0107'], organisation: 'ZZ102', clinician_role: 'Midwife' }),
  person('number-team', 'NHS', { name: 'NHS number team', roles: ['number-team'] }),
  person('operator', 'Operation of this service', { name: 'Service operator', roles: ['operator'] }),
];

const authorityPeople = (): DemoCaller[] => {
  const names = new Map(dataFile<AuthorityRow>('local-authorities.csv').map((row) => [row.gss_code, row.name]));
  return dataFile<PersonRow>('people.csv')
    .filter(({ state }) => state === 'active')
    .map(({ authority, ref, name, role, demo_name: demoName }) => ({
      claims: { sub: `${authority}/${ref}`, kind: 'person', name, roles: [role], authority, person_ref: ref },
      group: names.get(authority) ?? authority,
      ...(demoName ? { demoName } : {}),
    }));
};

/** The people who can sign in: the NHS's and the operator, then the active people of the authorities. */
export const demoPeople: readonly DemoCaller[] = [...nhsPeople, ...authorityPeople()];

const everybody = [...demoSystems, ...demoPeople];

/** All names that `npm run token` takes. */
export const demoNames: readonly string[] = everybody.flatMap(({ demoName }) => demoName ?? []);

/** By demo name, or by subject (`E06000016/W001`) for the people who have none. */
export const findCaller = (name: string): DemoCaller | undefined =>
  everybody.find(({ demoName, claims }) => demoName === name || claims.sub === name);
