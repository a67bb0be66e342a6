import { mkdirSync, statfsSync } from 'node:fs';
import { startIdentity } from '../test/servers/identity';
import { keysFrom } from '../test/servers/identity-keys';
import { ClearError, runScript, sentenceOf } from './clear-error';
import { sayAloud } from './patience';
import { dataFolder, inData } from './places';
import { portIsBusy } from './ports';
import { startPostgres } from './postgres';
import { buildWhenNeeded, logOf, migrate, startWeb, startWorker } from './product';
import { claimCheckout, noteRunning, releaseCheckout } from './running';
import { secrets as storedSecrets } from './secrets';
import type { Secrets } from './secrets';
import { stopOnSignals } from './signals';
import { productSettings, startSettings } from './start-settings';
import type { StartSettings } from './start-settings';
import { Supervisor } from './supervisor';
import { refuseBusyTemporalPorts, startTemporal, temporalAnswers } from './temporal';
import { temporalBinary } from './temporal-binary';
import { welcome } from './welcome';

const say = sayAloud;
const neededBytes = 500_000_000;

// npm start: everything that the product needs, in this order; Ctrl-C stops it in the reverse order.
runScript(async () => {
  mkdirSync(inData('logs'), { recursive: true });
  refuseFullDisk();
  const secrets = storedSecrets();
  const settings = startSettings(secrets);
  await claimCheckout();
  const supervisor = new Supervisor(say);
  const stop = stopOnSignals(() => supervisor.stop().finally(releaseCheckout));
  try {
    await refuseBusyPorts(settings);
    await buildWhenNeeded(say);
    const databaseUrl = await database(supervisor, settings, secrets);
    const product = productSettings(settings, secrets, databaseUrl);
    noteRunning({ settings: product });
    await migrate({ ...process.env, ...product, DATABASE_URL: databaseUrl });
    const environment = { ...process.env, ...product, DATABASE_URL: undefined };
    await identity(supervisor, settings);
    const temporalUiUrl = await temporal(supervisor, settings);
    await supervisor.keep({ name: 'worker', rank: 3, start: startWorker(environment) });
    await supervisor.keep({ name: 'web', rank: 3, start: startWeb(environment, settings.port) });
    say(welcome(settings, temporalUiUrl));
  } catch (error) {
    await stop(sentenceOf(error));
  }
});

const refuseFullDisk = (): void => {
  const { bavail, bsize } = statfsSync(dataFolder());
  if (bavail * bsize > neededBytes) return;
  throw new ClearError(
    `The disk is nearly full: ${dataFolder()} has ${Math.round((bavail * bsize) / 1e6)} MB left, at least ${neededBytes / 1e6} MB are needed.`,
  );
};

const refuseBusyPorts = async (settings: StartSettings): Promise<void> => {
  const { port, identityPort, temporalPort, temporalUiPort: uiPort } = settings;
  if (await portIsBusy(port))
    throw new ClearError(`Port ${port} is taken: stop what runs there, or set PORT to another.`);
  if (!settings.givenIssuer && (await portIsBusy(identityPort)))
    throw new ClearError(
      `Port ${identityPort}, wanted by the identity server, is taken: set IDENTITY_PORT to another.`,
    );
  if (!settings.givenTemporal) await refuseBusyTemporalPorts({ port: temporalPort, uiPort });
};

const database = async (supervisor: Supervisor, settings: StartSettings, secrets: Secrets): Promise<string> => {
  if (settings.givenDatabase) return settings.givenDatabase;
  say('Starting PostgreSQL.');
  const start = () =>
    startPostgres({
      home: inData('postgres'),
      logFile: logOf('postgres'),
      ownerPassword: secrets.databaseOwnerPassword,
      database: 'cpis',
    });
  const { ownerUrl } = await supervisor.keep({ name: 'postgres', rank: 1, start });
  return ownerUrl;
};

const identity = async (supervisor: Supervisor, settings: StartSettings): Promise<void> => {
  if (settings.givenIssuer) return;
  const keys = await keysFrom(inData('identity-keys.json'));
  const { publicUrl: webUrl, identityPort: port, clientSecret } = settings;
  const { stop } = await startIdentity({ port, webUrl, clientSecret, keys });
  supervisor.alsoClose(stop);
};

/** Temporal may be missing: checks work without it, so a start goes on and says so. Gives the address of the Web UI. */
const temporal = async (supervisor: Supervisor, settings: StartSettings): Promise<string | undefined> => {
  if (settings.givenTemporal) {
    const answers = await temporalAnswers(settings.givenTemporal, process.env['TEMPORAL_NAMESPACE'] || 'default');
    if (!answers) say(`No Temporal answers at ${settings.givenTemporal}. ${withoutTemporal}`);
    return process.env['TEMPORAL_UI_URL'];
  }
  const tool = await temporalBinary(say).catch((error: unknown) => say(`${sentenceOf(error)} ${withoutTemporal}`));
  if (!tool) return undefined;
  say('Starting Temporal.');
  await supervisor.keep({ name: 'temporal', rank: 2, start: () => startOurTemporal(settings) });
  return settings.temporalUiUrl;
};

const withoutTemporal =
  'The service starts without it: checks are answered and stored, workflows wait until it is there.';

const startOurTemporal = ({ temporalPort, temporalUiPort, publicUrl }: StartSettings) =>
  startTemporal({
    port: temporalPort,
    uiPort: temporalUiPort,
    logFile: logOf('temporal'),
    databaseFile: inData('temporal.db'),
    codecUrl: `${publicUrl}/codec`,
    say,
  });
