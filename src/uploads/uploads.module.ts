import { Module } from '@nestjs/common';
import { AuthoritiesModule } from '../authorities/authorities.module';
import { PlansModule } from '../plans/plans.module';
import { ArrivalsRepository } from './arrivals.repository';
import { UploadMerging } from './upload-merging';
import { UploadsController } from './uploads.controller';
import { UploadsRepository } from './uploads.repository';
import { UploadsService } from './uploads.service';

@Module({
  imports: [AuthoritiesModule, PlansModule],
  controllers: [UploadsController],
  providers: [ArrivalsRepository, UploadMerging, UploadsRepository, UploadsService],
  exports: [UploadMerging, UploadsService],
})
export class UploadsModule {}
