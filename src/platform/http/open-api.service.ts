import { Injectable } from '@nestjs/common';
import { DiscoveryService } from '@nestjs/core';
import { Config } from '../config';
import { openApi, type OpenApi } from './open-api';
import { routesOf } from './routes';

/** The description of the API, read from the routes themselves; the same for machines and for readers. */
@Injectable()
export class OpenApiService {
  constructor(
    private readonly discovery: DiscoveryService,
    private readonly config: Config,
  ) {}

  document(): OpenApi {
    return openApi(routesOf(this.discovery), this.config.publicUrl, this.config.oidcIssuer);
  }
}
