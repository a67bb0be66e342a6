import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { Problem } from '../problems/problem';
import type { Caller } from './caller';

export interface WithCaller {
  caller?: Caller;
}

/** The caller that the guard found. */
export const CallerParam = createParamDecorator((_: unknown, context: ExecutionContext): Caller => {
  const { caller } = context.switchToHttp().getRequest<WithCaller>();
  if (!caller) throw new Problem('not-signed-in');
  return caller;
});
