import { Catch, Injectable, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import { asProblem, ProblemFilter } from '../platform/http/problem.filter';
import { Problem } from '../platform/problems/problem';

/** On the check's route every failure of ours, of sign-in too, is `could-not-check` (domain 5). */
@Catch()
@Injectable()
export class CouldNotCheckFilter implements ExceptionFilter {
  constructor(private readonly problems: ProblemFilter) {}

  catch(error: unknown, host: ArgumentsHost): Promise<void> {
    const problem = asProblem(error);
    const shown =
      problem.status < 500 ? problem : new Problem('could-not-check', { cause: error, retryAfterSeconds: 1 });
    return this.problems.catch(shown, host);
  }
}
