import { planColumns, type PlanColumn, type PlanRow } from '../plans/supplied-plan';
import { MalformedFile } from './malformed-file';

const optional: readonly PlanColumn[] = ['end_reason'];
const required = planColumns.filter((column) => !optional.includes(column));

/** Turns the cells of a line into a row, by the names in the header. */
export interface Header {
  readonly width: number;
  readonly rowOf: (cells: readonly string[]) => PlanRow;
}

/**
 * Reads the first line. The columns may stand in any order; each required one must be there once and no other.
 * Throws CPF01 for a header with a fault, CPF06 when it names none of our columns: a file of another version.
 */
export function readHeader(cells: readonly string[]): Header {
  const names = cells.map((cell) => cell.trim().toLowerCase());
  refuseOtherSeparator(names);
  if (!names.some(isColumn))
    throw new MalformedFile(
      'CPF06',
      `The first line names none of the columns of this version: ${required.join(', ')}.`,
    );
  refuse(
    names.filter((name) => !isColumn(name)),
    'The file has columns that this version does not know',
  );
  refuse(
    names.filter((name, index) => names.indexOf(name) !== index),
    'The file has columns twice',
  );
  refuse(
    required.filter((column) => !names.includes(column)),
    'The file lacks columns',
  );
  return { width: names.length, rowOf: rowReader(names) };
}

const isColumn = (name: string): boolean => planColumns.some((column) => column === name);

/** The places are looked up once a file, not once a row. */
function rowReader(names: readonly string[]): (values: readonly string[]) => PlanRow {
  const place = Object.fromEntries(planColumns.map((column) => [column, names.indexOf(column)])) as Record<
    PlanColumn,
    number
  >;
  return (values) => ({
    local_id: values[place.local_id] ?? '',
    plan_type: values[place.plan_type] ?? '',
    nhs_number: values[place.nhs_number] ?? '',
    family_name: values[place.family_name] ?? '',
    given_name: values[place.given_name] ?? '',
    birth_date: values[place.birth_date] ?? '',
    start_date: values[place.start_date] ?? '',
    end_date: values[place.end_date] ?? '',
    expected_delivery_date: values[place.expected_delivery_date] ?? '',
    worker_ref: values[place.worker_ref] ?? '',
    team_ref: values[place.team_ref] ?? '',
    end_reason: values[place.end_reason] ?? '',
  });
}

function refuse(names: readonly string[], what: string): void {
  if (names.length === 0) return;
  const shown = [...new Set(names)]
    .slice(0, 10)
    .map((name) => (/^[\w -]{1,40}$/.test(name) ? name : 'one without a plain name'));
  throw new MalformedFile('CPF01', `${what}: ${shown.join(', ')}.`);
}

function refuseOtherSeparator(names: readonly string[]): void {
  const [only] = names;
  if (names.length !== 1 || only === undefined || !/[;\t|]/.test(only)) return;
  throw new MalformedFile('CPF01', 'The columns must be separated by commas.');
}
