import { Module } from '@nestjs/common';
import { OrganisationsModule } from '../organisations/organisations.module';
import { AccessesController } from './accesses.controller';
import { AccessesRepository } from './accesses.repository';
import { AccessesService } from './accesses.service';
import { AccessPartitions } from './access-partitions';
import { CheckMetrics } from './check-metrics';
import { CheckPool } from './check-pool';

@Module({
  imports: [OrganisationsModule],
  controllers: [AccessesController],
  providers: [AccessPartitions, AccessesRepository, AccessesService, CheckMetrics, CheckPool],
  exports: [AccessPartitions, AccessesService],
})
export class AccessesModule {}
