import { randomUUID } from 'node:crypto';
import { clinician, people, type Person } from './people';
import { call, type Run } from './run';

export const checkOf = (nhsNumber: string) => ({
  nhsNumber,
  organisation: 'ZZ101',
  setting: 'emergency-department',
  clinician,
});

/** One plain check, which alerts. */
export const checks = (run: Run, { nhsNumber }: Person): Promise<string> =>
  call(run, { as: 'ed-system', path: '/checks', body: checkOf(nhsNumber), gives: [200] });

/** Checks of everybody: loud, silent, by a person, twice, wrong and garbled. */
export async function nhsAsks(run: Run): Promise<void> {
  const { child, nearly18, badNumber } = people;
  for (const person of Object.values(people).filter((each) => each !== badNumber)) await checks(run, person);
  await call(run, {
    as: 'ed-system',
    path: '/checks',
    body: checkOf(child.nhsNumber),
    requestId: 'a-request-of-the-run',
    gives: [200],
  });
  const silent = { ...checkOf(child.nhsNumber), kind: 'scheduled', organisation: 'ZZ201', setting: 'gp' };
  await call(run, { as: 'gp-system', path: '/checks', body: silent, gives: [200] });
  await call(run, { as: 'clinician', path: '/checks', body: { nhsNumber: nearly18.nhsNumber }, gives: [200] });
  await asksTwice(run);
  const wrong: readonly unknown[] = [
    checkOf(badNumber.nhsNumber),
    checkOf(`${child.nhsNumber.slice(0, 3)}-${child.nhsNumber.slice(3, 6)}-${child.nhsNumber.slice(6)}0`),
    { ...checkOf(child.nhsNumber), name: child.familyName, birthDate: child.birthDate },
    { ...checkOf(child.nhsNumber), clinician: { ...clinician, [child.givenName]: child.birthDate } },
    { nhsNumber: child.nhsNumber },
    [child.nhsNumber],
  ];
  for (const body of wrong) await call(run, { as: 'ed-system', path: '/checks', body, gives: [422] });
  await call(run, { as: 'worker', path: '/checks', body: checkOf(child.nhsNumber), gives: [403] });
  await garbled(run);
}

async function asksTwice(run: Run): Promise<void> {
  const requestId = randomUUID();
  const same = { as: 'ed-system', path: '/checks', requestId } as const;
  await call(run, { ...same, body: checkOf(people.child.nhsNumber), gives: [200] });
  await call(run, { ...same, body: checkOf(people.child.nhsNumber), gives: [200] });
  await call(run, { ...same, body: checkOf(people.amended.nhsNumber), gives: [422] });
}

/** JSON that breaks off in the middle of a name: parsers like to quote it. */
async function garbled({ product }: Run): Promise<void> {
  const token = await product.identity.tokenFor('ed-system');
  for (const body of [`{"nhsNumber": ${people.child.familyName}`, people.child.nhsNumber, people.child.familyName]) {
    const headers = {
      authorization: `Bearer ${token}`,
      'content-type': 'application/json',
      'x-request-id': randomUUID(),
    };
    const answer = await fetch(`${product.url}/checks`, { method: 'POST', headers, body });
    if (answer.status !== 400 && answer.status !== 422) throw new Error(`garbled JSON gave ${answer.status}`);
  }
}
