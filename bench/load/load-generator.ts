import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { ClearError } from '../../scripts/clear-error';
import { checkout } from '../../scripts/places';
import type { FromGenerator, Order, Seen } from './messages';

/** The TypeScript of the bench runs in child processes as it does here. */
export const forkOptions = { execArgv: ['-r', join(checkout, 'scripts', 'register.cjs')], cwd: checkout };

/** The load generator's process, seen from the bench. */
export class LoadGenerator {
  private constructor(private readonly child: ChildProcess) {}

  static async start(): Promise<LoadGenerator> {
    const child = fork(join(__dirname, 'generator.ts'), [], { ...forkOptions, serialization: 'advanced' });
    const generator = new LoadGenerator(child);
    await generator.until('ready');
    return generator;
  }

  get pid(): number {
    return this.child.pid ?? 0;
  }

  /** Runs one window; `begins` and `ends` are called at its borders, without the first seconds. */
  async run(order: Order, begins: () => Promise<void>, ends: () => Promise<void>): Promise<Seen> {
    const told = Promise.all([this.until('begins').then(begins), this.until('ends').then(ends), this.until('seen')]);
    this.child.send(order);
    const [, , { seen }] = await told;
    return seen;
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null || this.child.signalCode !== null) return;
    const gone = new Promise((resolve) => this.child.once('exit', resolve));
    this.child.disconnect();
    await gone;
  }

  private until<K extends FromGenerator['kind']>(kind: K): Promise<Extract<FromGenerator, { kind: K }>> {
    return new Promise((resolve, reject) => {
      const onMessage = (message: FromGenerator): void => {
        if (isOf(message, kind)) settle(() => resolve(message));
        else if (message.kind === 'failed')
          settle(() => reject(new ClearError(`The load generator failed: ${message.message}`)));
      };
      const onExit = (): void => settle(() => reject(new ClearError('The load generator stopped by itself.')));
      const settle = (then: () => void): void => {
        this.child.off('message', onMessage).off('exit', onExit);
        then();
      };
      this.child.on('message', onMessage).on('exit', onExit);
    });
  }
}

const isOf = <K extends FromGenerator['kind']>(
  message: FromGenerator,
  kind: K,
): message is Extract<FromGenerator, { kind: K }> => message.kind === kind;
