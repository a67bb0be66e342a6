import { Module } from '@nestjs/common';
import { AccessesModule } from '../accesses/accesses.module';
import { AlertsModule } from '../alerts/alerts.module';
import { BirthsModule } from '../births/births.module';
import { AuthoritiesModule } from '../authorities/authorities.module';
import { DiscoveryModule } from '@nestjs/core';
import { OpenApiService } from '../platform/http/open-api.service';
import { ApiPage } from './api/api.page';
import { AlertPages } from './alerts/alert.page';
import { AlertProblems } from './alerts/alert.problem';
import { CheckPages } from './checks/check.page';
import { CheckProblems } from './checks/check.problem';
import { PhoneBook } from './checks/phone-book';
import { HomePage } from './home/home.page';
import { ProblemPages } from './problems/problem.page';

/** The pages. They use the same services as the interface for systems, and nothing below those. */
@Module({
  imports: [DiscoveryModule, AccessesModule, AlertsModule, AuthoritiesModule, BirthsModule],
  controllers: [ApiPage, HomePage, AlertPages, CheckPages],
  providers: [OpenApiService, ProblemPages, AlertProblems, CheckProblems, PhoneBook],
  exports: [OpenApiService],
})
export class UiModule {}
