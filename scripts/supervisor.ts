import { setTimeout as pause } from 'node:timers/promises';
import { sentenceOf } from './clear-error';
import type { Say } from './patience';
import { noteRunning } from './running';
import { know, stopLaunched, untilGone } from './processes';

/** Something that runs in a process of its own. */
export type Started = { readonly pid: number; readonly stop: () => Promise<void> };

export type Service<T extends Started = Started> = {
  readonly name: string;
  readonly start: () => Promise<T>;
  /** Services of the same rank stop together; the highest rank stops first. */
  readonly rank: number;
};

type Kept = { readonly service: Service; started: Started; failures: number; startedAt: number };

const steadySeconds = 60;
const longestPauseSeconds = 30;

/** Starts services, starts those again that end by themselves, and stops all in the right order. */
export class Supervisor {
  private readonly kept: Kept[] = [];
  private readonly closing: (() => Promise<void>)[] = [];
  private stopping = false;

  constructor(private readonly say: Say) {}

  /** Starts a service and keeps it running. @throws what `start` throws, the first time only. */
  async keep<T extends Started>(service: Service<T>): Promise<T> {
    const started = await service.start();
    const kept: Kept = { service, started, failures: 0, startedAt: Date.now() };
    this.kept.push(kept);
    this.note(kept);
    if (this.stopping) await started.stop();
    else void this.watch(kept);
    return started;
  }

  /** Something of this very process that is closed after all services have stopped. */
  alsoClose(close: () => Promise<void>): void {
    this.closing.push(close);
  }

  /** Stops everything; a second call does nothing more. */
  async stop(): Promise<void> {
    if (this.stopping) return;
    this.stopping = true;
    const ranks = [...new Set(this.kept.map(({ service }) => service.rank))].toSorted((a, b) => b - a);
    for (const rank of ranks) {
      const together = this.kept.filter(({ service }) => service.rank === rank);
      await Promise.all(together.map(({ started }) => started.stop()));
    }
    await stopLaunched(); // what was still starting
    await Promise.all(this.closing.map((close) => close()));
  }

  private note({ service, started }: Kept): void {
    const known = know(started.pid);
    if (known) noteRunning({ children: { [service.name]: known } });
  }

  private async watch(kept: Kept): Promise<void> {
    while (!this.stopping) {
      const known = know(kept.started.pid);
      if (known) await untilGone(known, () => this.stopping);
      if (!this.stopping) await this.restart(kept);
    }
  }

  private async restart(kept: Kept): Promise<void> {
    if (Date.now() - kept.startedAt > steadySeconds * 1000) kept.failures = 0;
    const seconds = kept.failures === 0 ? 0 : Math.min(2 ** (kept.failures - 1), longestPauseSeconds);
    kept.failures += 1;
    this.say(`${kept.service.name} ended by itself; starting it again${seconds ? ` in ${seconds} s` : ''}.`);
    await pause(seconds * 1000);
    if (this.stopping) return;
    try {
      kept.started = await kept.service.start();
      kept.startedAt = Date.now();
      this.note(kept);
      if (this.stopping) await kept.started.stop();
    } catch (error) {
      this.say(sentenceOf(error));
    }
  }
}
