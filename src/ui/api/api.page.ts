import { Controller, Get, UseInterceptors } from '@nestjs/common';
import { Audited, notPersonal } from '../../platform/audit/audited.decorator';
import { OpenApiService } from '../../platform/http/open-api.service';
import { anyone, May } from '../../platform/sign-in/may.decorator';
import type { Page } from '../layout/page';
import { PageInterceptor } from '../layout/page.interceptor';
import { paths } from '../paths';
import { presentApi } from './api.presenter';

/** The API for a reader; the document itself is `/openapi.json`. */
@Controller(paths.apiDescription)
@UseInterceptors(PageInterceptor)
export class ApiPage {
  constructor(private readonly description: OpenApiService) {}

  @Get()
  @May(anyone)
  @Audited(notPersonal)
  show(): Page {
    return {
      template: 'api/api.njk',
      title: 'The API',
      section: 'none',
      page: presentApi(this.description.document()),
    };
  }
}
