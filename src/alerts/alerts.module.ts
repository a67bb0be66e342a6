import { Module } from '@nestjs/common';
import { AuthoritiesModule } from '../authorities/authorities.module';
import { BirthsModule } from '../births/births.module';
import { PeopleModule } from '../people/people.module';
import { AlertMetrics } from './alert-metrics';
import { AlertHistoryRepository } from './alert-history.repository';
import { AlertReadingRepository } from './alert-reading.repository';
import { AlertTasks } from './alert-tasks';
import { AlertsActivitiesOfPostgres } from './alerts.activities';
import { AlertsController } from './alerts.controller';
import { AlertsRepository } from './alerts.repository';
import { AlertsService } from './alerts.service';
import { BirthRaising } from './birth-raising.service';
import { RaisingRepository } from './raising.repository';
import { RaisingService } from './raising.service';
import { Watchdog } from './watchdog';

@Module({
  imports: [AuthoritiesModule, BirthsModule, PeopleModule],
  controllers: [AlertsController],
  providers: [
    AlertMetrics,
    AlertHistoryRepository,
    AlertReadingRepository,
    AlertTasks,
    AlertsActivitiesOfPostgres,
    AlertsRepository,
    AlertsService,
    BirthRaising,
    RaisingRepository,
    RaisingService,
    Watchdog,
  ],
  exports: [AlertTasks, AlertsActivitiesOfPostgres, AlertsService, RaisingService, Watchdog],
})
export class AlertsModule {}
