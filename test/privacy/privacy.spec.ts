import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { authorityReads, authoritySupplies } from './supplies';
import { nhsAsks } from './accesses';
import { alerts, batchRuns, everythingIsTold, theScheduleIsThere, workerDecides } from './decisions';
import { activitiesFail, connectionsBreak, logOf, postgresRefuses, temporalIsAway } from './outages';
import { peopleBrowse } from './pages';
import { people, personalDates, secrets } from './people';
import { plantIn, planted } from './planted';
import { askDoctor, startRun, type Run } from './run';
import { sightings, type Place } from './scanner';
import { storedPlaces } from './stored-places';
import { tellingSpans } from './telling-days';
import { contentsOf, type TemporalContents } from './temporal-places';

let run: Run;
let contents: TemporalContents;
let stored: readonly Place[];

/** Everything that the product does, and everything that goes wrong with it; then all that anybody could read. */
beforeAll(async () => {
  run = await startRun();
  await authoritySupplies(run);
  await everythingIsTold(run);
  await nhsAsks(run);
  await batchRuns(run);
  const [first] = await alerts(run);
  await workerDecides(run, first?.id ?? '');
  await postgresRefuses(run);
  await activitiesFail(run);
  await peopleBrowse(run);
  await temporalIsAway(run);
  await connectionsBreak(run);
  await authorityReads(run);
  await askDoctor(run);
  await theScheduleIsThere(run);
  await everythingIsTold(run);
  contents = await contentsOf(run.temporal);
  stored = await storedPlaces(run);
}, 600_000);
afterAll(() => run?.end());

const textOf = (name: string): string =>
  [...contents.places, ...stored, ...run.read]
    .filter((place) => place.name.startsWith(name))
    .map(({ text }) => text)
    .join('\n');

/** What must stand in the places, or they were not read, or the run was not the run that it says it was. */
const said: readonly (readonly [place: string, says: RegExp])[] = [
  ['current details of', /Stage: unborn/],
  ['summaries of', /Plan of authority E06000016/],
  ['summaries of', /looks again/],
  ['history of', /binary\/encrypted/],
  ['description of', /lastFailure/],
  ['schedule', /Alert batch of authority E06000016/],
  ['log of web and worker', /"level":20/],
  ['log of web and worker', /"code":"23514"/],
  ['log of web and worker', /"path":"\/authorities\/E06000016\/plans\/:localId"/],
  ['log of web and worker', /"requestId":"a-request-of-the-run"/],
  ['metrics', /cpis_checks_total\{answer="nhs-number-not-valid"\}/],
  ['rows of audit_entry', /plan-refused/],
  ['rows of audit_entry', /no id of ours/],
  ['rows of outbox', /accessed/],
  ['title, address', /Alert AL-/],
];

describe('after a full run', () => {
  it('was a full run: each process lived, each kind of place was read and says what it should', () => {
    expect([...contents.workflowTypes]).toEqual(expect.arrayContaining(['childPlan', 'alertBatch', 'alertTask']));
    expect(said.filter(([place, says]) => !says.test(textOf(place)))).toEqual([]);
  });

  it('nothing that Temporal shows in clear, or decrypted in a summary, is of a person', () => {
    expect(sightings(contents.places, secrets)).toEqual([]);
  });

  it('no log, no metric, no audit or outbox row, no page’s title or address is of a person', () => {
    expect(sightings([...stored, ...run.read], secrets)).toEqual([]);
  });

  it('no timer and no other length of time gives an expected delivery date or an 18th birthday away', () => {
    expect(contents.spans.filter(({ place }) => place.includes('startToFireTimeout')).length).toBeGreaterThan(7);
    expect(tellingSpans(contents.spans, personalDates)).toEqual([]);
  });

  it('two plans whose clocks are near nap alike, whenever theirs come', () => {
    const naps = contents.spans.filter(
      ({ place, lasts }) => place.startsWith('childPlan') && place.includes('startToFire') && lasts < 29 * 86_400_000,
    );
    expect(naps.length).toBeGreaterThan(1);
    for (const { startedAt, lasts } of naps) {
      expect(new Date(startedAt + lasts).getUTCHours()).toBeGreaterThanOrEqual(2);
      expect(new Date(startedAt + lasts).getUTCHours()).toBeLessThan(5);
      expect(lasts).toBeLessThanOrEqual(86_400_000);
    }
  });
});

describe('the same scan', () => {
  it('finds a canary in each place of Temporal where one was planted', async () => {
    await plantIn(run.temporal.client.connection, people.child);
    const { places, spans } = await contentsOf(run.temporal);
    const found = sightings(places, secrets)
      .map(({ place, around }) => `${place}: ${around}`)
      .join('\n');
    for (const plant of planted) expect(found).toMatch(plant);
    expect(tellingSpans(spans, personalDates).length).toBeGreaterThan(0);
  });

  it('finds a canary in a log, a metric and a row', async () => {
    const { familyName, nhsNumber } = people.child;
    const lines = [
      { name: 'log of web and worker', text: `${logOf(run)}{"level":20,"msg":"${familyName}"}` },
      { name: 'metrics', text: `${textOf('metrics')}x{number="${nhsNumber}"} 1` },
    ];
    expect(sightings(lines, secrets)).toHaveLength(2);
    await run.owner.query(
      `insert into audit_entry (at, action, phase, who, who_kind, name, roles, request_id, target)
       values (now(), 'planted', 'asked', 'x', 'system', 'x', '{}', 'x', jsonb_build_object('child', $1::text))`,
      [nhsNumber],
    );
    await run.owner.query(
      `insert into outbox (topic, key, authority, event, created_at, told_at) values ('planted', 'x', 'E06000016', jsonb_build_object('born', $1::text), now(), now())`,
      [people.child.birthDate],
    );
    const found = sightings(await storedPlaces(run), secrets).map(({ place }) => place);
    expect(found).toEqual(expect.arrayContaining(['rows of audit_entry', 'rows of outbox', 'database of Temporal']));
  });
});
