import { Config } from './platform/config';
import { migrate } from './migrate-database';

/** `node dist/src/migrate.js`: brings the database up to date. Exits with 1 and one sentence when it cannot. */
async function main(): Promise<void> {
  const config = new Config(process.env);
  await migrate(config.databaseUrl, {
    appPassword: config.databaseAppPassword,
    checkPassword: config.databaseCheckPassword,
  });
}

main().catch((error: unknown) => {
  process.stderr.write(
    `The database could not be brought up to date: ${error instanceof Error ? error.message : String(error)}\n`,
  );
  process.exitCode = 1;
});
