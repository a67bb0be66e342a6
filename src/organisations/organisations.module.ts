import { Module } from '@nestjs/common';
import { OrganisationsRepository } from './organisations.repository';
import { OrganisationsService } from './organisations.service';

@Module({ providers: [OrganisationsRepository, OrganisationsService], exports: [OrganisationsService] })
export class OrganisationsModule {}
