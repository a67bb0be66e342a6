import { Module } from '@nestjs/common';
import { PlansModule } from '../plans/plans.module';
import { BirthProcesses } from './birth-processes';
import { BirthSeal } from './birth-seal';
import { BirthsActivitiesOfPostgres } from './births.activities';
import { BirthsController } from './births.controller';
import { BirthsRepository } from './births.repository';
import { BirthsService } from './births.service';
import { NewbornsRepository } from './newborns.repository';
import { NewbornsService } from './newborns.service';
import { PlanFollowing } from './plan-following';

@Module({
  imports: [PlansModule],
  controllers: [BirthsController],
  providers: [
    BirthProcesses,
    BirthSeal,
    BirthsActivitiesOfPostgres,
    BirthsRepository,
    BirthsService,
    NewbornsRepository,
    NewbornsService,
    PlanFollowing,
  ],
  exports: [BirthProcesses, BirthsActivitiesOfPostgres, BirthsService, NewbornsService],
})
export class BirthsModule {}
