import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Problem } from '../../platform/problems/problem';
import type { Page } from '../layout/page';
import { checkPage } from './check.page';
import { returnedForm } from './number-form';
import { PhoneBook } from './phone-book';

const notValid = 'That is not a valid NHS number, so nothing was checked. Look at the 10 digits again';

/**
 * What keeps a check from an answer: a number that is not valid is said at its field; everything else, whatever it was,
 * is "Could not check" and never looks like "no plan" (domain 5).
 */
@Injectable()
export class CheckProblems {
  constructor(private readonly phoneBook: PhoneBook) {}

  async explain(problem: Problem, request: FastifyRequest): Promise<Page> {
    const typed = typedIn(request.body);
    const error = errorOf(problem);
    if (error !== '') return checkPage(returnedForm('Check', typed, error), problem.status);
    return {
      template: 'checks/could-not-check.njk',
      title: 'Could not check',
      section: 'check',
      status: problem.status,
      page: { form: returnedForm('Try again', typed), phones: await this.phoneBook.list() },
    };
  }
}

/** What is wrong with the number itself; empty when something else kept us from an answer. */
function errorOf({ type, details }: Problem): string {
  if (type === 'nhs-number-not-valid') return notValid;
  return (type === 'invalid-request' && details.errors?.find(({ field }) => field === 'nhsNumber')?.message) || '';
}

function typedIn(body: unknown): string {
  const { nhsNumber } = (body ?? {}) as Record<string, unknown>;
  return typeof nhsNumber === 'string' ? nhsNumber.slice(0, 40) : '';
}
