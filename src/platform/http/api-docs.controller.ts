import { Controller, Get, Header } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Audited, notPersonal } from '../audit/audited.decorator';
import { Config } from '../config';
import { anyone, May } from '../sign-in/may.decorator';
import { apiPage } from './api-page';
import { openApi } from './open-api';
import { routesOf } from './routes';

@Controller()
export class ApiDocsController {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: Config,
  ) {}

  @Get('openapi.json')
  @May(anyone)
  @Audited(notPersonal)
  document(): Readonly<Record<string, unknown>> {
    return openApi(routesOf(this.discovery), this.config.publicUrl, this.config.oidcIssuer);
  }

  @Get('docs')
  @May(anyone)
  @Audited(notPersonal)
  @Header('content-type', 'text/html; charset=utf-8')
  page(): string {
    return apiPage(routesOf(this.discovery));
  }
}
