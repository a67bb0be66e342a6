import { csvOf } from '../support/csv';
import { until } from '../support/live-product';
import { aMonthAgo, people, type Person } from './people';
import { call, count, leicester, type Run } from './run';

const system = 'leicester-system';

/** Files and single plans, good and bad: everything that an authority may send. */
export async function authoritySupplies(run: Run): Promise<void> {
  await sendsFile(run, 1, fileWithFaults());
  await sendsFile(run, 2, `${csvOf([people.unknown])}"${people.unknown.familyName}, "left open`);
  await sendsFile(run, 3, `${people.badBody.familyName};${people.badBody.nhsNumber};${people.badBody.birthDate}\r\n`);
  const path = `${leicester}/uploads?sequence=3&kind=delta`;
  await call(run, { as: system, path, csv: csvOf([people.badRow]), gives: [409] });
  await call(run, {
    as: system,
    path: `${leicester}/uploads?sequence=${people.child.nhsNumber}&kind=full`,
    csv: '',
    gives: [422],
  });
  await amends(run);
  await sendsNonsense(run);
}

/** What the authority's own people look at afterwards. */
export async function authorityReads(run: Run): Promise<void> {
  const plan = `${leicester}/plans/${people.putAlone.localId}`;
  const paths = [plan, `${leicester}/uploads/1`, `${leicester}/uploads/1/answers`, `${leicester}/questions`];
  for (const path of paths) await call(run, { as: 'data-quality', method: 'GET', path, gives: [200] });
}

export const planOf = ({ familyName, givenName, birthDate, nhsNumber, expectedDeliveryDate, endDate }: Person) => ({
  planType: expectedDeliveryDate ? 'UCPP' : 'CPP',
  nhsNumber,
  familyName,
  givenName,
  birthDate,
  startDate: '2026-02-05',
  workerRef: 'W001',
  teamRef: 'T01',
  ...(expectedDeliveryDate && { expectedDeliveryDate }),
  ...(endDate && { endDate }),
});

function fileWithFaults(): string {
  const { child, nearly18, dueLongAgo, dueFarAhead, amended, ended, badNumber, badRow } = people;
  const good = csvOf([child, nearly18, dueLongAgo, dueFarAhead, amended, ended, badNumber]);
  const { localId, nhsNumber, familyName, givenName, birthDate } = badRow;
  const unbornWithoutDate = [
    localId,
    'UCPP',
    nhsNumber,
    familyName,
    givenName,
    birthDate,
    '2026-02-05',
    '',
    '',
    '',
    '',
  ];
  return `${good}${unbornWithoutDate.join(',')}\r\n${localId},${familyName},too few\r\n`;
}

async function sendsFile(run: Run, sequence: number, csv: string): Promise<void> {
  await call(run, { as: system, path: `${leicester}/uploads?sequence=${sequence}&kind=full`, csv, gives: [202] });
  await until(`file ${sequence} is read`, async () => {
    const upload = JSON.parse(
      await call(run, { as: system, method: 'GET', path: `${leicester}/uploads/${sequence}`, gives: [200] }),
    ) as { state: string };
    return upload.state === 'done';
  });
}

async function amends(run: Run): Promise<void> {
  const { amended, ended, putAlone } = people;
  const [otherNumber = ''] = amended.otherNumbers ?? [];
  const supplied = [
    [putAlone, planOf(putAlone)],
    [amended, { ...planOf(amended), nhsNumber: otherNumber }],
    [ended, { ...planOf(ended), endDate: aMonthAgo, endReason: 'other' }],
  ] as const;
  for (const [{ localId }, body] of supplied)
    await call(run, { as: system, method: 'PUT', path: `${leicester}/plans/${localId}`, body, gives: [200] });
  await until('the plans are there', async () => (await count(run, 'select count(*) from plan')) === 7);
}

/** Each is refused, and what is wrong with it may be quoted to the sender alone. */
async function sendsNonsense(run: Run): Promise<void> {
  const { badBody, badNumber, child } = people;
  const path = `${leicester}/plans/${badBody.localId}`;
  const bodies: readonly unknown[] = [
    { ...planOf(badBody), [badBody.givenName]: badBody.birthDate },
    { ...planOf(badBody), birthDate: `${badBody.birthDate} or so` },
    { ...planOf(badBody), nhsNumber: badNumber.nhsNumber },
    { ...planOf(badBody), planType: badBody.familyName },
    [badBody.familyName],
  ];
  for (const body of bodies) await call(run, { as: system, method: 'PUT', path, body, gives: [422] });
  await call(run, { as: system, method: 'PUT', path, csv: badBody.familyName, gives: [415, 422] });
  for (const given of [badBody.localId, child.nhsNumber, child.familyName.toLowerCase(), child.birthDate]) {
    await call(run, { as: system, method: 'GET', path: `${leicester}/plans/${given}`, gives: [404] });
    await call(run, { as: 'worker', method: 'GET', path: `/alerts/${given}`, gives: [404] });
    await call(run, { as: system, method: 'GET', path: `${leicester}/uploads/${given}`, gives: [404] });
    await call(run, { as: system, method: 'GET', path: `${leicester}/batches/${given}`, gives: [404] });
    await call(run, { as: system, method: 'GET', path: `/${given}?name=${child.familyName}`, gives: [404] });
    await call(run, { as: 'worker', method: 'GET', path: `${leicester}/plans/${given}`, gives: [403] });
  }
}
