import { Module } from '@nestjs/common';
import { DoctorRepository } from './doctor.repository';
import { DoctorService } from './doctor.service';

@Module({ providers: [DoctorRepository, DoctorService], exports: [DoctorService] })
export class DoctorModule {}
