import { Pool } from 'pg';
import { checkStatement } from '../../src/accesses/check-statement';
import { chanceOf } from '../load/chance';
import { drawCheck } from '../load/mix';
import { checkOptions } from './check-options';
import { checkValues, type Asked } from './check-values';
import type { DriverRun } from './driver-load';

// A closed loop of so many clients for so many seconds: what stands in for pgbench where there is none.
const run = async (checkUrl: string, seconds: number, clients: number): Promise<DriverRun> => {
  const { options } = await checkOptions(checkUrl);
  const pool = new Pool({ connectionString: checkUrl, options, max: clients });
  const chance = chanceOf(clients);
  const beginsAt = performance.now() + 1000;
  const latencies: number[] = [];
  let answered = 0;
  const client = async (): Promise<void> => {
    for (let at = performance.now(); at < beginsAt + seconds * 1000; at = performance.now()) {
      const asked = JSON.parse(drawCheck(chance).body) as Asked;
      const values = checkValues(asked, 'bench-driver');
      await pool.query({ name: 'check', text: checkStatement, values });
      answered += 1;
      if (at >= beginsAt) latencies.push(performance.now() - at);
    }
  };
  await Promise.all(Array.from({ length: clients }, client));
  await pool.end();
  return { latenciesMs: Float64Array.from(latencies), answered };
};

const [checkUrl = '', seconds = '5', clients = '16'] = process.argv.slice(2);
void run(checkUrl, Number(seconds), Number(clients)).then((done) => process.send?.(done, () => process.exit(0)));
