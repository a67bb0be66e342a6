import view from '@fastify/view';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import nunjucks from 'nunjucks';
import { ProblemFilter } from '../platform/http/problem.filter';
import { serveAssets } from './layout/assets';
import { templateOptions, templateRoots } from './layout/templates';
import { ProblemPages } from './problems/problem.page';

/**
 * Makes the web process able to print pages: templates, stylesheet, and problems as pages for browsers. Cookies, forms
 * and CSRF protection are registered before.
 */
export async function setUpPages(app: NestFastifyApplication): Promise<void> {
  await app.register(view, { engine: { nunjucks }, templates: [...templateRoots], options: templateOptions });
  serveAssets(app.getHttpAdapter().getInstance());
  app.get(ProblemFilter).page = app.get(ProblemPages);
}
