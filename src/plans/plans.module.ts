import { Module } from '@nestjs/common';
import { AuthoritiesModule } from '../authorities/authorities.module';
import { PeopleModule } from '../people/people.module';
import { HeldChangesService } from './held-changes.service';
import { MergingRepository } from './merging.repository';
import { PlanProcesses } from './plan-processes';
import { PlansActivitiesOfPostgres } from './plans.activities';
import { PlansController } from './plans.controller';
import { PlansRepository } from './plans.repository';
import { PlansService } from './plans.service';
import { QuestionsController } from './questions.controller';
import { QuestionsRepository } from './questions.repository';
import { QuestionsService } from './questions.service';

@Module({
  imports: [AuthoritiesModule, PeopleModule],
  controllers: [PlansController, QuestionsController],
  providers: [
    HeldChangesService,
    MergingRepository,
    PlanProcesses,
    PlansActivitiesOfPostgres,
    PlansRepository,
    PlansService,
    QuestionsRepository,
    QuestionsService,
  ],
  exports: [HeldChangesService, PlanProcesses, PlansActivitiesOfPostgres, PlansService, QuestionsService],
})
export class PlansModule {}
