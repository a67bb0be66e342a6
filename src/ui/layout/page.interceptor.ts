import { Injectable, type CallHandler, type ExecutionContext, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { mergeMap, type Observable } from 'rxjs';
import type { WithCaller } from '../../platform/sign-in/caller.decorator';
import { isGoTo, type GoTo, type Page } from './page';
import { printPage } from './print-page';

/** Prints what a page's controller answered, or sends the browser on. */
@Injectable()
export class PageInterceptor implements NestInterceptor<Page | GoTo, string> {
  intercept(context: ExecutionContext, next: CallHandler<Page | GoTo>): Observable<string> {
    const http = context.switchToHttp();
    const request = http.getRequest<FastifyRequest & WithCaller>();
    const reply = http.getResponse<FastifyReply>();
    return next.handle().pipe(
      mergeMap(async (answer) => {
        if (!isGoTo(answer)) return printPage(answer, request, reply);
        reply.status(303).header('location', answer.goTo).header('cache-control', 'no-store');
        return '';
      }),
    );
  }
}
