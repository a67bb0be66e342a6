import { Module } from '@nestjs/common';
import { AlertsModule } from '../alerts/alerts.module';
import { BatchMetrics } from './batch-metrics';
import { BatchSchedules } from './batch-schedules';
import { BatchesActivitiesOfPostgres } from './batches.activities';
import { BatchesController } from './batches.controller';
import { BatchesRepository } from './batches.repository';
import { BatchesService } from './batches.service';

@Module({
  imports: [AlertsModule],
  controllers: [BatchesController],
  providers: [BatchMetrics, BatchSchedules, BatchesActivitiesOfPostgres, BatchesRepository, BatchesService],
  exports: [BatchSchedules, BatchesActivitiesOfPostgres],
})
export class BatchesModule {}
