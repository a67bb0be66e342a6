import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { AuthorityEntity, type Authority } from './authority.entity';
import { BankHolidayEntity } from './bank-holiday.entity';

@Injectable()
export class AuthoritiesRepository {
  constructor(private readonly database: Database) {}

  findByGss(gss: string): Promise<Authority | null> {
    return this.database.everything((em) => em.findOne(AuthorityEntity, { gss }));
  }

  findAll(): Promise<Authority[]> {
    return this.database.everything((em) => em.find(AuthorityEntity, {}, { orderBy: { name: 'asc' } }));
  }

  async findBankHolidays(): Promise<string[]> {
    const days = await this.database.everything((em) => em.find(BankHolidayEntity, {}, { orderBy: { onDate: 'asc' } }));
    return days.map((day) => day.onDate);
  }
}
