import { join } from 'node:path';
import { MikroORM } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { PostgreSqlDriver } from '@mikro-orm/postgresql';
import { Client } from 'pg';
import { AccessesMigration } from './migrations/004-accesses.migration';
import { BirthsMigration } from './migrations/008-births.migration';
import { AlertsMigration } from './migrations/005-alerts.migration';
import { PlansMigration } from './migrations/002-plans.migration';
import { PlatformMigration } from './migrations/006-platform.migration';
import { ReferenceMigration } from './migrations/001-reference.migration';
import { RightsMigration } from './migrations/007-rights.migration';
import { UploadsMigration } from './migrations/003-uploads.migration';
import { loadReferenceData } from './people/reference-data';
import { ensureRoles } from './platform/database/roles';

const migrations = [
  ReferenceMigration,
  PlansMigration,
  UploadsMigration,
  AccessesMigration,
  AlertsMigration,
  PlatformMigration,
  RightsMigration,
  BirthsMigration,
];
const developmentRoles = { appPassword: 'cpis_app', checkPassword: 'cpis_check' };

/** The project's `data` folder, seen from `src/` and from `dist/src/`. */
export const dataFolder = join(__dirname, __dirname.includes(`${join('dist', 'src')}`) ? '../../data' : '../data');

/** Roles, schema, partitions and reference data, as the owner. Doing it again changes nothing. */
export async function migrate(ownerUrl: string, roles = developmentRoles): Promise<void> {
  await ensureRoles(ownerUrl, roles);
  await migrateSchema(ownerUrl);
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('select ensure_access_partitions(now(), 3)');
    await loadReferenceData(client, dataFolder);
  } finally {
    await client.end();
  }
}

async function migrateSchema(ownerUrl: string): Promise<void> {
  const orm = await MikroORM.init<PostgreSqlDriver>({
    driver: PostgreSqlDriver,
    clientUrl: ownerUrl,
    entities: [],
    discovery: { warnWhenNoEntities: false },
    extensions: [Migrator],
    migrations: { migrationsList: [...migrations], tableName: 'migration', snapshot: false, transactional: true },
    logger: () => undefined,
  });
  try {
    await orm.migrator.up();
  } finally {
    await orm.close();
  }
}
