import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { ClearError, runScript } from './clear-error';
import { checkout } from './places';
import { runningNow } from './running';

const doctor = join(checkout, 'dist', 'src', 'doctor-main.js');

// npm run doctor: examines the product that npm start runs, or the one that the environment names.
runScript(async () => {
  const settings = runningNow()?.settings;
  if (!settings && !process.env['DATABASE_URL'] && !process.env['DATABASE_APP_URL'])
    throw new ClearError('There is nothing to examine: start it with npm start, or set DATABASE_URL.');
  if (!existsSync(doctor)) throw new ClearError('The product is not built: run npm run build first.');
  const child = spawn(process.execPath, [doctor], { stdio: 'inherit', env: { ...settings, ...process.env } });
  process.exitCode = await new Promise((resolve) => child.once('close', (code) => resolve(code ?? 1)));
});
