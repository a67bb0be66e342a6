import { Injectable } from '@nestjs/common';
import { Database } from '../platform/database/database';
import { PersonEntity, type Person } from './person.entity';
import { TeamEntity, type Team } from './team.entity';

@Injectable()
export class PeopleRepository {
  constructor(private readonly database: Database) {}

  /** Everybody of one authority (GSS code), also who has left. */
  findOf(authority: string): Promise<{ people: Person[]; teams: Team[] }> {
    return this.database.as(authority, async (em) => ({
      people: await em.find(PersonEntity, { authority }, { orderBy: { ref: 'asc' } }),
      teams: await em.find(TeamEntity, { authority }, { orderBy: { ref: 'asc' } }),
    }));
  }
}
