import { AlertEntity } from './alerts/alert.entity';
import { AuthorityEntity } from './authorities/authority.entity';
import { BankHolidayEntity } from './authorities/bank-holiday.entity';
import { OrganisationEntity } from './organisations/organisation.entity';
import { PersonEntity } from './people/person.entity';
import { TeamEntity } from './people/team.entity';
import { UploadEntity } from './uploads/upload.entity';

/** Every record that MikroORM knows. */
export const entities = [
  AlertEntity,
  AuthorityEntity,
  BankHolidayEntity,
  OrganisationEntity,
  PersonEntity,
  TeamEntity,
  UploadEntity,
];
