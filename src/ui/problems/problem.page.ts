import { Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ProblemPage } from '../../platform/http/problem.filter';
import type { Problem } from '../../platform/problems/problem';
import type { WithCaller } from '../../platform/sign-in/caller.decorator';
import { signInAndReturnTo } from '../../platform/sign-in/sign-in.paths';
import { AlertProblems } from '../alerts/alert.problem';
import { CheckProblems } from '../checks/check.problem';
import type { Page } from '../layout/page';
import { printPage } from '../layout/print-page';
import { paths } from '../paths';
import { presentProblem } from './problem.presenter';
import { returnPathOf } from './return-path';

type Request = FastifyRequest & WithCaller;

/** Shows every problem of the web process to a person: on the page where it happened when that can be, else on its own. */
@Injectable()
export class ProblemPages implements ProblemPage {
  constructor(
    private readonly checks: CheckProblems,
    private readonly alerts: AlertProblems,
  ) {}

  async render(problem: Problem, request: Request, reply: FastifyReply): Promise<unknown> {
    if (problem.status === 401) return reply.redirect(signInAndReturnTo(returnPathOf(request)), 303);
    const page = (await this.whereItHappened(problem, request)) ?? problemPage(problem, request.id);
    return reply.send(await printPage(page, request, reply));
  }

  private async whereItHappened(problem: Problem, request: Request): Promise<Page | undefined> {
    if (request.method !== 'POST') return undefined;
    const path = request.url.split('?', 1)[0] ?? '';
    if (path === paths.check && problem.type !== 'not-allowed') return this.checks.explain(problem, request);
    return path.startsWith(`${paths.alerts.list}/`) ? this.alerts.explain(problem, request) : undefined;
  }
}

const problemPage = (problem: Problem, requestId: string): Page => {
  const page = presentProblem(problem, requestId);
  return { template: 'problems/problem.njk', title: page.heading, section: 'none', status: problem.status, page };
};
