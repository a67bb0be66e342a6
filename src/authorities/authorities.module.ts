import { Module } from '@nestjs/common';
import { AuthoritiesRepository } from './authorities.repository';
import { AuthoritiesService } from './authorities.service';

@Module({ providers: [AuthoritiesRepository, AuthoritiesService], exports: [AuthoritiesService] })
export class AuthoritiesModule {}
