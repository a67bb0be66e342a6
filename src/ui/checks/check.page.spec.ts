import { describe, expect, it } from '@jest/globals';
import type { FastifyRequest } from 'fastify';
import { anAnswer } from '../../../test/builders/check-answer.builder';
import type { AccessesService } from '../../accesses/accesses.service';
import type { AuthoritiesService } from '../../authorities/authorities.service';
import { Problem, type ProblemDetails } from '../../platform/problems/problem';
import type { ProblemType } from '../../platform/problems/problem-catalogue';
import type { Caller } from '../../platform/sign-in/caller';
import { CheckPages } from './check.page';
import { CheckProblems } from './check.problem';
import { PhoneBook } from './phone-book';

const clinician: Caller = {
  kind: 'person',
  id: 'c',
  client: 'person:c',
  name: 'C',
  roles: ['B0107'],
  rights: ['check'],
};
const fields = { nhsNumber: '999 123 4567', requestId: 'r1', _csrf: 't' };

/** A service that refuses a number of times, and remembers under which request ids it was asked. */
function checksThatRefuse(...types: ProblemType[]) {
  const askedUnder: string[] = [];
  const check: AccessesService['check'] = async (_caller, _request, requestId) => {
    askedUnder.push(requestId);
    const type = types.shift();
    if (type) throw new Problem(type);
    return anAnswer().withPlan().build();
  };
  return { askedUnder, pages: new CheckPages({ check } as AccessesService) };
}

const phones = (list: () => Promise<unknown>): PhoneBook => new PhoneBook({ list } as AuthoritiesService);
const noPhones = phones(() => Promise.reject(new Error('down')));
const explain = (type: ProblemType, details: ProblemDetails = {}, book = noPhones) =>
  new CheckProblems(book).explain(new Problem(type, details), { body: fields } as FastifyRequest);

describe('the page that checks a number', () => {
  it('prints the answer, with nothing of the person in the title', async () => {
    const { pages } = checksThatRefuse();
    const page = await pages.check(clinician, fields, 'r1');
    expect([page.template, page.title]).toEqual(['checks/answer.njk', 'Child protection plan']);
  });

  it.each(['request-id-used', 'request-id-other-body'] as const)(
    'makes a new check of a form that is sent again (%s)',
    async (type) => {
      const { pages, askedUnder } = checksThatRefuse(type);
      await pages.check(clinician, fields, 'r1');
      expect(askedUnder).toHaveLength(2);
      expect(askedUnder[1]).not.toBe('r1');
    },
  );

  it('asks once when anything else is wrong', async () => {
    const { pages, askedUnder } = checksThatRefuse('could-not-check');
    await expect(pages.check(clinician, fields, 'r1')).rejects.toMatchObject({ type: 'could-not-check' });
    expect(askedUnder).toEqual(['r1']);
  });
});

describe('what keeps a check from an answer', () => {
  it('is said at the field when the number is not valid, and what was typed is still there', async () => {
    const page = await explain('nhs-number-not-valid');
    expect(page).toMatchObject({
      template: 'checks/check.njk',
      title: 'Error: check a number',
      status: 422,
      page: {
        form: { value: '999 123 4567', error: expect.stringMatching(/not a valid NHS number, so nothing was checked/) },
      },
    });
  });

  it('is said at the field when nothing was typed', async () => {
    const page = await explain('invalid-request', { errors: [{ field: 'nhsNumber', message: 'Enter an NHS number' }] });
    expect(page).toMatchObject({ page: { errors: [{ text: 'Enter an NHS number', href: '#nhsNumber' }] } });
  });

  it.each(['could-not-check', 'unavailable', 'internal-error', 'request-id-missing'] as const)(
    'is "Could not check" for %s',
    async (type) => {
      expect(await explain(type)).toMatchObject({ template: 'checks/could-not-check.njk', title: 'Could not check' });
    },
  );

  it('gives the telephones as last read when the database does not answer', async () => {
    let isDown = false;
    const book = phones(async () => {
      if (isDown) throw new Error('down');
      return [
        { name: 'Leicester', emergencyPhone: '0116 496 0101' },
        { name: 'Without', emergencyPhone: null },
      ];
    });
    await book.list();
    isDown = true;
    const leicester = { label: 'Leicester', number: '0116 496 0101', href: 'tel:01164960101' };
    expect(await explain('could-not-check', {}, book)).toMatchObject({ page: { phones: [leicester] } });
    expect(await explain('could-not-check')).toMatchObject({ page: { phones: [] } });
  });
});
