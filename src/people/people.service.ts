import { Injectable } from '@nestjs/common';
import type { Directory } from '../../workflows/alert-task/routing.rules';
import { PeopleRepository } from './people.repository';
import type { Person } from './person.entity';
import type { Team } from './team.entity';

/** The people and teams of an authority: whom an alert can go to (domain 11), and who signed in. */
@Injectable()
export class PeopleService {
  constructor(private readonly repository: PeopleRepository) {}

  /** What routing looks at. `authority` is a GSS code. */
  async directory(authority: string): Promise<Directory> {
    const { people, teams } = await this.repository.findOf(authority);
    return {
      people: people.map(({ ref, role, state, teamRef }) => ({ ref, role, state, teamRef: teamRef ?? undefined })),
      teams: teams.map(({ ref, managerRef }) => ({ ref, managerRef: managerRef ?? undefined })),
    };
  }

  /** Names for pages of the authority itself: never shown to the NHS (domain 4). */
  listOf(authority: string): Promise<{ people: Person[]; teams: Team[] }> {
    return this.repository.findOf(authority);
  }
}
