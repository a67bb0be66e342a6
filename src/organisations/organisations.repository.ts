import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { OrganisationEntity, type Organisation } from './organisation.entity';

@Injectable()
export class OrganisationsRepository {
  constructor(private readonly database: Database) {}

  findAll(): Promise<Organisation[]> {
    return this.database.everything((em) => em.find(OrganisationEntity, {}));
  }
}
