import { Module } from '@nestjs/common';
import { BirthsModule } from '../births/births.module';
import { DoctorRepository } from './doctor.repository';
import { DoctorService } from './doctor.service';

@Module({ imports: [BirthsModule], providers: [DoctorRepository, DoctorService], exports: [DoctorService] })
export class DoctorModule {}
