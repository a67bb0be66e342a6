import { Pool } from 'pg';
import { checkStatement } from '../../src/accesses/check-statement';
import { checkOptions } from './check-options';
import { checkValues } from './check-values';
import { servePlainly } from './plain-server';

// The yardstick of G2: the least that Node needs to run the check's statement for a request.
const serve = async (checkUrl: string): Promise<void> => {
  const pool = new Pool({ connectionString: checkUrl, ...(await checkOptions(checkUrl)) });
  pool.on('error', () => undefined);
  servePlainly(async (asked) => {
    const values = checkValues(asked, 'bench-bare');
    const { rows } = await pool.query<object>({ name: 'check', text: checkStatement, values });
    return rows[0] ?? {};
  });
};

void serve(process.argv[2] ?? '');
