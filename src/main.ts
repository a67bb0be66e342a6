import 'reflect-metadata';
import { Logger } from 'nestjs-pino';
import { AccessPartitions } from './accesses/access-partitions';
import { Watchdog } from './alerts/watchdog';
import { Config } from './platform/config';
import { exitOn, onShutdown } from './platform/process';
import { discover } from './platform/sign-in/bearer';
import { UploadMerging } from './uploads/upload-merging';
import { createWebApp } from './web';

const webPatienceMs = 2000;

/** The web process: checks, uploads, alerts, pages – and the watchdog, which needs nobody. */
async function main(): Promise<void> {
  const config = new Config(process.env);
  if (config.production) await discover(config);
  const app = await createWebApp(config);
  const watchdog = app.get(Watchdog);
  const uploads = app.get(UploadMerging);
  await app.listen(config.port, '0.0.0.0');
  watchdog.start();
  // the worker reads files first; the web process steps in when no worker does
  uploads.start(webPatienceMs);
  void app.get(AccessPartitions).ensure();
  app.get(Logger).log(`listening on ${config.publicUrl}`);
  onShutdown(async () => {
    await watchdog.stop();
    await uploads.stop();
    await app.close();
  });
}

main().catch(exitOn('The web process could not start'));
