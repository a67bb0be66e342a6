import { spawn, type ChildProcess } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { freePort } from '../../scripts/ports';
import { startIdentity, type Identity } from '../servers/identity';
import { databaseForSuite, type SuiteDatabase } from './postgres';
import { environmentOf, type CallOptions, type ProductOptions } from './product';
import { runFolder } from './run-folder';

const project = resolve(__dirname, '../..');
export type Role = 'web' | 'worker';
const entry: Record<Role, string> = { web: 'dist/src/main.js', worker: 'dist/src/worker.js' };

/**
 * The product as it ships: web and worker as processes of their own, from `dist`, on a database of the suite.
 * They can be killed and started again; the suite stops it.
 */
export class LiveProduct {
  private readonly running = new Map<Role, ChildProcess>();
  private readonly tokens = new Map<string, Promise<string>>();

  private constructor(
    readonly databases: SuiteDatabase,
    readonly identity: Identity,
    readonly url: string,
    readonly environment: Readonly<Record<string, string>>,
    /** Everything that the processes printed. */
    readonly logFile: string,
  ) {}

  static async start(options: ProductOptions = {}): Promise<LiveProduct> {
    if (!existsSync(join(project, entry.web))) throw new Error('dist is not there: run "npm run build" first');
    const databases = await databaseForSuite();
    const port = await freePort();
    const url = `http://localhost:${port}`;
    const identity = await startIdentity({ port: 0, webUrl: url });
    const environment = {
      ...environmentOf(databases, port, identity.issuer, options),
      LOG_LEVEL: 'info',
      ...options.environment,
    };
    const product = new LiveProduct(
      databases,
      identity,
      url,
      environment,
      join(runFolder(), `product-${randomUUID()}.log`),
    );
    product.run('web');
    product.run('worker');
    await product.untilAnswers();
    return product;
  }

  /** Starts it unless it runs; `changed` settings are of this life alone. */
  run(role: Role, changed: Readonly<Record<string, string>> = {}): void {
    if (this.running.has(role)) return;
    const child = spawn(process.execPath, [join(project, entry[role])], {
      cwd: project,
      env: { PATH: process.env['PATH'] ?? '', ...this.environment, ...changed },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const log = createWriteStream(this.logFile, { flags: 'a' });
    child.stdout.pipe(log, { end: false });
    child.stderr.pipe(log, { end: false });
    this.running.set(role, child);
  }

  /** SIGKILL: nothing of it gets to say anything more. Resolves when it is gone. */
  async kill(role: Role, signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const child = this.running.get(role);
    if (!child) return;
    this.running.delete(role);
    const gone = new Promise<void>((done) => child.once('exit', () => done()));
    if (child.exitCode === null && child.signalCode === null) {
      child.kill(signal);
      await gone;
    }
  }

  async untilAnswers(): Promise<void> {
    await until('the web process answers', () => fetch(`${this.url}/health/live`).then((answer) => answer.ok), 60);
  }

  async call(name: string, method: string, path: string, options: CallOptions = {}): Promise<Response> {
    const { body, csv, requestId = randomUUID() } = options;
    const token = this.tokens.get(name) ?? this.identity.tokenFor(name);
    this.tokens.set(name, token);
    const content = csv ?? (body === undefined ? undefined : JSON.stringify(body));
    return fetch(`${this.url}${path}`, {
      method,
      signal: AbortSignal.timeout(15_000),
      headers: {
        authorization: `Bearer ${await token}`,
        'x-request-id': requestId,
        ...(content !== undefined && { 'content-type': csv === undefined ? 'application/json' : 'text/csv' }),
      },
      ...(content !== undefined && { body: content }),
    });
  }

  async stop(): Promise<void> {
    await Promise.all([this.kill('web', 'SIGTERM'), this.kill('worker', 'SIGTERM')]);
    await this.identity.stop();
    await this.databases.drop();
  }
}

/** Asks again until it is true; an error counts as not yet. Rejects after so many seconds, naming what was waited for. */
export async function until(what: string, isTrue: () => Promise<boolean>, seconds = 60): Promise<void> {
  const end = Date.now() + seconds * 1000;
  let last: unknown;
  while (Date.now() < end) {
    try {
      if (await isTrue()) return;
    } catch (error) {
      last = error;
    }
    await pause(250);
  }
  throw new Error(`not within ${seconds} s: ${what}`, { cause: last });
}
