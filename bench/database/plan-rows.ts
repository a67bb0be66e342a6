import { randomBytes, randomUUID } from 'node:crypto';
import { wholeBelow, type Chance } from '../load/chance';
import { plannedBases, plannedNumber } from '../load/numbers';

/** All plans in sight of England (domain 18). */
export const plansInAll = 220_000;
/** Active ones of 31 March 2025, and the unborn; all others ended within the last 365 days and are still in sight. */
const active = { CPP: 49_420, LAC: 81_770, UCPP: 4_000 } as const;

/** Days before today; negative lies ahead. */
interface Draft {
  readonly type: keyof typeof active;
  readonly born: number;
  readonly started: number;
  readonly ended?: number;
  readonly due?: number;
}

/** One plan as a line of COPY for each of the two tables. */
export interface PlanLines {
  readonly plan: string;
  readonly number: string;
}

export const planColumns =
  'id, authority, local_id, type, nhs_number, family_name, given_name, birth_date, start_date, end_date,' +
  ' expected_delivery_date, worker_ref, team_ref, content_hash, recorded_at, changed_at';
export const numberColumns = 'nhs_number, plan_id, authority, state, since';

/** One plan in fifty is a second one on somebody's number, often another authority's (domain 1). */
export const planLines = function* (chance: Chance, authorities: readonly string[]): Generator<PlanLines> {
  let made = 0;
  for (let lap = 0; made < plansInAll; lap += 1)
    for (let n = 0; n < plannedBases && made < plansInAll; n += 1) {
      const nhsNumber = plannedNumber(n);
      if (nhsNumber === undefined) continue;
      made += 1;
      const authority = authorities[(n * 7919 + lap) % authorities.length] ?? '';
      yield linesOf({ nhsNumber, authority, localId: `BENCH-${made}`, draft: draw(chance) }, chance);
    }
};

const draw = (chance: Chance): Draft => {
  const kind = chance() * plansInAll;
  if (kind < active.UCPP)
    return { type: 'UCPP', born: 6000 + wholeBelow(chance, 9000), started: 30, due: 20 - wholeBelow(chance, 200) };
  const born = 500 + wholeBelow(chance, 5500);
  const isActive = kind < active.UCPP + active.CPP + active.LAC;
  const type = chance() < active.CPP / (active.CPP + active.LAC) ? 'CPP' : 'LAC';
  const started = 1 + wholeBelow(chance, 400);
  return isActive ? { type, born, started } : { type, born, started: 450, ended: 1 + wholeBelow(chance, 360) };
};

interface Made {
  readonly nhsNumber: string;
  readonly authority: string;
  readonly localId: string;
  readonly draft: Draft;
}

const linesOf = ({ nhsNumber, authority, localId, draft }: Made, chance: Chance): PlanLines => {
  const id = randomUUID();
  const worker = chance() < 0.95 ? `W${wholeBelow(chance, 40)}` : empty;
  const family = `Bench${wholeBelow(chance, 5000)}`;
  const given = `Child${wholeBelow(chance, 900)}`;
  const dates = [draft.born, draft.started, draft.ended, draft.due].map(dayOf);
  const hash = `\\\\x${randomBytes(32).toString('hex')}`;
  const cells = [id, authority, localId, draft.type, nhsNumber, family, given, ...dates, worker, 'T1', hash, now, now];
  return { plan: `${cells.join('\t')}\n`, number: `${[nhsNumber, id, authority, 'current', now].join('\t')}\n` };
};

const empty = '\\N';
const now = new Date().toISOString();
const days = new Map<number | undefined, string>([[undefined, empty]]);

const dayOf = (before: number | undefined): string => {
  const known = days.get(before);
  if (known !== undefined || before === undefined) return known ?? empty;
  const made = new Date(Date.now() - before * 86_400_000).toISOString().slice(0, 10);
  days.set(before, made);
  return made;
};
