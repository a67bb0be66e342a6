import { rmSync } from 'node:fs';
import { ClearError, runScript } from './clear-error';
import { dataFolder, inData } from './places';
import { placeOf } from './postgres';
import { clearLeftovers } from './postgres-cluster';
import { endLeftovers, runningNow } from './running';

// npm run reset: forgets everything that npm start keeps (database, workflows, secrets, logs).
runScript(async () => {
  const other = runningNow();
  if (other)
    throw new ClearError(`npm start is running (process ${other.launcher.pid}): stop it with Ctrl-C there first.`);
  await endLeftovers();
  const database = placeOf(inData('postgres'));
  await clearLeftovers(database);
  rmSync(database, { recursive: true, force: true });
  rmSync(dataFolder(), { recursive: true, force: true });
  console.log(`${dataFolder()} is gone: the next npm start begins anew.`);
});
