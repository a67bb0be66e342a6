import { Module, type DynamicModule } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { AccessesModule } from './accesses/accesses.module';
import { AlertsModule } from './alerts/alerts.module';
import { AuthoritiesModule } from './authorities/authorities.module';
import { BatchesModule } from './batches/batches.module';
import { BirthsModule } from './births/births.module';
import { DoctorModule } from './doctor/doctor.module';
import { entities } from './entities';
import { OrganisationsModule } from './organisations/organisations.module';
import { PeopleModule } from './people/people.module';
import { rightsOf } from './people/rights';
import { PlansModule } from './plans/plans.module';
import type { Config } from './platform/config';
import { ApiDocsController } from './platform/http/api-docs.controller';
import { HealthController } from './platform/observability/health.controller';
import { logging } from './platform/observability/logging';
import { MetricsController } from './platform/observability/metrics.controller';
import { PlatformModule } from './platform/platform.module';
import { SignInController } from './platform/sign-in/sign-in.controller';
import { TemporalModule } from './platform/temporal/temporal.module';
import { CodecModule } from './platform/temporal/codec.module';
import { UiModule } from './ui/ui.module';
import { UploadsModule } from './uploads/uploads.module';

const nouns = [
  AccessesModule,
  AlertsModule,
  AuthoritiesModule,
  BatchesModule,
  BirthsModule,
  DoctorModule,
  OrganisationsModule,
  PeopleModule,
  PlansModule,
  UploadsModule,
];

/** The nouns on their platform: what web and worker have in common. */
@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    const platform = PlatformModule.with({ config, entities, rightsOf });
    return { module: AppModule, imports: [logging(config), platform, TemporalModule, ...nouns], exports: [...nouns] };
  }
}

/** The web process: the API, the pages, and what watches them. */
@Module({
  imports: [CodecModule, TerminusModule.forRoot({ logger: false }), UiModule],
  controllers: [ApiDocsController, HealthController, MetricsController, SignInController],
})
export class WebModule {
  static with(config: Config): DynamicModule {
    return { module: WebModule, imports: [AppModule.with(config)] };
  }
}
