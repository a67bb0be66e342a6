import { Controller, Get } from '@nestjs/common';
import { Audited, notPersonal } from '../audit/audited.decorator';
import { anyone, May } from '../sign-in/may.decorator';
import type { OpenApi } from './open-api';
import { OpenApiService } from './open-api.service';

/** `GET /openapi.json`: OpenAPI 3.1. */
@Controller()
export class ApiDocsController {
  constructor(private readonly description: OpenApiService) {}

  @Get('openapi.json')
  @May(anyone)
  @Audited(notPersonal)
  document(): OpenApi {
    return this.description.document();
  }
}
