import { baseStep, firstBase, plannedBases } from '../load/numbers';
import { shares } from '../load/mix';

/**
 * What stands for each parameter of the check's statement in a pgbench script. A number variable cannot be turned into
 * a uuid or an instant before it is sent, so the server makes those itself.
 */
const parameters: Readonly<Record<number, string>> = {
  1: 'gen_random_uuid()',
  2: 'now()',
  3: 'current_date',
  4: ':number',
  5: ':silent',
  6: ':kind',
  7: ':organisation',
  8: ':setting',
  9: ':clinician',
  10: ':name',
  11: ':role',
  12: ':client',
  13: ':hash',
  14: 'null',
};

/** Constant through a run: given to pgbench by -D. */
export const definitions: Readonly<Record<string, string>> = {
  kind: 'unscheduled',
  organisation: 'ZZ101',
  setting: 'emergency-department',
  clinician: 'C1',
  name: 'Bench Clinician 1',
  role: 'Staff nurse',
  client: 'bench-pgbench',
  hash: '07070707-0707-4707-8707-070707070707',
};

// one base in eleven has no valid number and finds nothing: a little more than asked for
const plannedPerThousand = Math.round(shares.planned * 1100);

const draws = `
\\set planned random(1, 1000) <= ${plannedPerThousand}
\\set k ${baseStep} * random(0, ${plannedBases - 1}) + case when :planned then 0 else random(1, ${baseStep - 1}) end
\\set sum ${9 * (10 + 9 + 8)} + :k / 100000 * 7 + :k / 10000 % 10 * 6 + :k / 1000 % 10 * 5 + :k / 100 % 10 * 4 + :k / 10 % 10 * 3 + :k % 10 * 2
\\set number (${firstBase} + :k) * 10 + (11 - :sum % 11) % 11
\\set silent random(1, 1000) <= ${shares.scheduled * 1000}
`;

/** The check's statement as a custom script of pgbench, with the mix of the load generator. */
export const pgbenchScript = (statement: string): string => {
  const sql = statement.replace(/\$(\d+)/g, (_, place: string) => {
    const stands = parameters[Number(place)];
    if (stands === undefined)
      throw new Error(`the check's statement has a parameter $${place} that pgbench is not told of`);
    return stands;
  });
  return `${draws}${sql.trim()};\n`;
};
