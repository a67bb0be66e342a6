import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Post, UseInterceptors } from '@nestjs/common';
import { AccessesService } from '../../accesses/accesses.service';
import type { CheckAnswer } from '../../accesses/check.schema';
import { Audited, notPersonal, storedAsAccess } from '../../platform/audit/audited.decorator';
import { RequestId } from '../../platform/http/request-id.decorator';
import { valid } from '../../platform/http/valid.pipe';
import { Problem } from '../../platform/problems/problem';
import type { Caller } from '../../platform/sign-in/caller';
import { CallerParam } from '../../platform/sign-in/caller.decorator';
import { May } from '../../platform/sign-in/may.decorator';
import type { Page } from '../layout/page';
import { PageInterceptor } from '../layout/page.interceptor';
import { paths } from '../paths';
import { answerTitle, presentAnswer } from './answer.presenter';
import { emptyForm, numberFields, type NumberFields, type NumberForm } from './number-form';

/** The clinician's page. The answer is printed by the POST itself: an NHS number never stands in an address. */
@Controller(paths.check)
@UseInterceptors(PageInterceptor)
export class CheckPages {
  constructor(private readonly accesses: AccessesService) {}

  @Get()
  @May('check')
  @Audited(notPersonal)
  form(): Page {
    return checkPage(emptyForm('Check'));
  }

  /** Whatever keeps it from an answer is said by `check.problem.ts`. */
  @Post()
  @May('check')
  @Audited(storedAsAccess)
  async check(
    @CallerParam() caller: Caller,
    @Body(valid(numberFields)) { nhsNumber }: NumberFields,
    @RequestId() requestId: string,
  ): Promise<Page> {
    const answer = await this.ask(caller, nhsNumber, requestId);
    return { template: 'checks/answer.njk', title: answerTitle(answer), section: 'check', page: presentAnswer(answer) };
  }

  /** A form sent again with another number (by the "back" button), or much later, is a new check, stored as one. */
  private async ask(caller: Caller, nhsNumber: string, requestId: string): Promise<CheckAnswer> {
    try {
      return await this.accesses.check(caller, { nhsNumber }, requestId);
    } catch (error) {
      const isReused = error instanceof Problem && /^request-id-(used|other-body)$/.test(error.type);
      if (!isReused) throw error;
      return this.accesses.check(caller, { nhsNumber }, randomUUID());
    }
  }
}

/** The empty form, or the form that comes back with what is wrong at its field. */
export const checkPage = (form: NumberForm, status = 200): Page => ({
  template: 'checks/check.njk',
  title: form.error ? 'Error: check a number' : 'Check a number',
  section: 'check',
  status,
  page: { form, errors: form.error ? [{ field: 'nhsNumber', text: form.error, href: '#nhsNumber' }] : [] },
});
