import { londonDay } from '../../src/platform/clock';
import { addDays } from '../../workflows/dates.rules';
import type { CsvRow } from '../support/csv';
import { testNumber } from '../support/requests';
import type { Secret } from './secrets';
import type { PersonalDates } from './telling-days';

/** Somebody of the run: names that stand in no dictionary, dates that are none of the run's. */
export interface Person extends CsvRow {
  readonly familyName: string;
  readonly givenName: string;
  readonly birthDate: string;
  /** Other numbers that the person had or was given by mistake. */
  readonly otherNumbers?: readonly string[];
}

const today = londonDay(Date.now());
const fromToday = (days: number): string => addDays(today, days);
export const aMonthAgo = fromToday(-30);
/** So many years back, and so many days from today's place in the year. */
const born = (years: number, days: number): string => {
  const near = fromToday(days);
  const year = Number(near.slice(0, 4)) - years;
  return `${year}${near.slice(4) === '-02-29' ? '-03-01' : near.slice(4)}`;
};

const base = 61_000;
const number = (n: number): string => testNumber(base + n);
/** The last digit is wrong. */
const wrongNumber = (n: number): string => `${number(n).slice(0, 9)}${(Number(number(n).slice(9)) + 1) % 10}`;

const person = (n: number, fields: Omit<Person, 'nhsNumber'> & { readonly nhsNumber?: string }): Person => ({
  nhsNumber: number(n),
  ...fields,
});

/** Each is told of in one way or another by full-run.ts. Clocks that are near stand well away from the run's own days. */
export const people = {
  child: person(1, {
    localId: 'LX-70011',
    familyName: 'Thistlewick',
    givenName: 'Quenlindra',
    birthDate: born(9, -123),
  }),
  nearly18: person(2, {
    localId: 'LX-70012',
    familyName: 'Oakenfurl',
    givenName: 'Zephyrine',
    birthDate: born(18, 20),
  }),
  dueLongAgo: person(3, {
    localId: 'LX-70013',
    familyName: 'Brackenhythe',
    givenName: 'Isaudra',
    birthDate: born(24, -77),
    expectedDeliveryDate: fromToday(-20),
  }),
  dueFarAhead: person(4, {
    localId: 'LX-70014',
    familyName: 'Wrenfoldé',
    givenName: 'Mirabeth',
    birthDate: born(31, 140),
    expectedDeliveryDate: fromToday(101),
  }),
  amended: person(5, {
    localId: 'LX-70015',
    familyName: 'Gorsehollow',
    givenName: 'Tamsinelle',
    birthDate: born(6, 97),
    otherNumbers: [number(6)],
  }),
  ended: person(7, {
    localId: 'LX-70017',
    familyName: 'Sedgemarrow',
    givenName: 'Corwinda',
    birthDate: born(11, -201),
  }),
  /** The local id is one that an authority may well make: lower case, and the child's name. */
  putAlone: person(8, {
    localId: 'peverelda-dunmallow',
    familyName: 'Dunmallow',
    givenName: 'Peverelda',
    birthDate: born(3, 71),
  }),
  badNumber: person(9, {
    nhsNumber: wrongNumber(9),
    localId: 'LX-70019',
    familyName: 'Harrowquill',
    givenName: 'Odessamine',
    birthDate: born(8, -55),
  }),
  /** No due date, which an unborn plan needs. */
  badRow: person(10, { localId: 'LX-70020', familyName: 'Fenwimple', givenName: 'Lysanthe', birthDate: born(27, -19) }),
  badBody: person(11, {
    localId: 'LX-70021',
    familyName: 'Cobblemere',
    givenName: 'Euphrasia',
    birthDate: born(5, 48),
  }),
  /** PostgreSQL is made to refuse this one, and quotes the row. */
  refusedByRow: person(12, {
    localId: 'LX-70022',
    familyName: 'Underlithe',
    givenName: 'Bronwessa',
    birthDate: born(7, -88),
  }),
  unknown: person(13, {
    localId: 'LX-70023',
    familyName: 'Nettlecombe',
    givenName: 'Aurelind',
    birthDate: born(4, 64),
  }),
} as const satisfies Record<string, Person>;

/** Whose system sends the checks, and who stands in them. */
export const clinician = { id: 'clin-ottoverre-88', name: 'Dr Perpetua Ottoverre', role: 'Registrar' } as const;
export const note = 'Her great-aunt Wilhelmotte will be with her from Sunday' as const;

const everybody: readonly Person[] = Object.values(people);

export const personalDates: readonly PersonalDates[] = everybody.map(
  ({ localId, birthDate, expectedDeliveryDate }) => ({
    whose: localId,
    birthDate,
    ...(expectedDeliveryDate && { expectedDeliveryDate }),
  }),
);

export const secrets: readonly Secret[] = [
  ...everybody.flatMap(secretsOf),
  { kind: 'text', value: clinician.id, whose: 'the clinician' },
  { kind: 'name', value: 'Perpetua', whose: 'the clinician' },
  { kind: 'name', value: 'Ottoverre', whose: 'the clinician' },
  { kind: 'name', value: 'Wilhelmotte', whose: 'the closing note' },
];

function secretsOf(one: Person): Secret[] {
  const whose = one.localId;
  const dates = [one.birthDate, one.expectedDeliveryDate].filter((date) => date !== undefined);
  return [
    ...[one.nhsNumber, ...(one.otherNumbers ?? [])].map((value): Secret => ({ kind: 'nhs-number', value, whose })),
    ...[one.familyName, one.givenName].map((value): Secret => ({ kind: 'name', value, whose })),
    ...dates.map((value): Secret => ({ kind: 'date', value, whose })),
    { kind: 'text', value: one.localId, whose },
  ];
}
