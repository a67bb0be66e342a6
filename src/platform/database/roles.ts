import { Client } from 'pg';

interface Roles {
  readonly appPassword: string;
  readonly checkPassword: string;
}

/**
 * Makes the two non-owner roles that web and worker connect as, and keeps their passwords as configured.
 * Rejects with one sentence when the owner may not make roles and they are not there.
 */
export async function ensureRoles(ownerUrl: string, { appPassword, checkPassword }: Roles): Promise<void> {
  const client = new Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    // roles belong to the whole server: two migrations at once must not trip over each other
    await client.query('begin');
    await client.query('select pg_advisory_xact_lock(729174)');
    for (const [role, password] of [
      ['cpis_app', appPassword],
      ['cpis_check', checkPassword],
    ] as const)
      await ensureRole(client, role, password);
    await client.query('commit');
  } finally {
    await client.end();
  }
}

async function ensureRole(client: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await client.query('select from pg_roles where rolname = $1', [role]);
  const verb = rowCount === 0 ? 'create' : 'alter';
  try {
    await client.query('savepoint roles');
    await client.query(`${verb} role ${role} login nosuperuser password ${client.escapeLiteral(password)}`);
  } catch (cause) {
    await client.query('rollback to savepoint roles');
    if (verb === 'create')
      throw new Error(
        `The role ${role} is not there and DATABASE_URL's user may not create it: create it, or use an owner with CREATEROLE.`,
        { cause },
      );
  }
}
