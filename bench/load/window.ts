import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { chanceOf, gapMs, type Chance } from './chance';
import type { Outcome } from './connection';
import { Connections } from './connections';
import type { Order } from './messages';
import { drawCheck } from './mix';

/** One check of a window: when it was due, sent and over (performance.now), and what came back. */
export interface Sent {
  readonly requestId: string;
  readonly silent: boolean;
  readonly dueAt: number;
  sentAt: number;
  overAt: number;
  outcome: Outcome;
}

/**
 * One window of open-loop load: checks are due at moments drawn from the seed, whatever became of those before, and
 * each is measured from the moment it was due.
 */
export class LoadWindow {
  /** Every check, also those of the first seconds. */
  readonly sent: Sent[] = [];
  readonly beginsAt: number;
  readonly endsAt: number;
  private readonly chance: Chance;
  private readonly connections: Connections;
  private readonly flying: Promise<void>[] = [];
  private dueAt: number;

  constructor(private readonly order: Order) {
    this.chance = chanceOf(order.seed);
    this.connections = new Connections(order.port);
    this.dueAt = performance.now() + 20;
    this.beginsAt = this.dueAt + order.dropSeconds * 1000;
    this.endsAt = this.beginsAt + order.seconds * 1000;
  }

  /** Resolves when the last check is answered or given up. The bells ring when the first seconds and the window are over. */
  async run(begins: () => void, ends: () => void): Promise<void> {
    const rung = [ring(this.beginsAt, begins), ring(this.endsAt, ends)];
    while (this.dueAt < this.endsAt) {
      this.sendWhatIsDue(performance.now());
      await pause(Math.max(1, this.dueAt - performance.now()));
    }
    await Promise.all([...rung, ...this.flying]);
    this.connections.closeAll();
  }

  private sendWhatIsDue(now: number): void {
    while (this.dueAt <= now && this.dueAt < this.endsAt) {
      this.flying.push(this.fly(this.dueAt));
      this.dueAt += gapMs(this.chance, this.order.ratePerSecond);
    }
  }

  private async fly(dueAt: number): Promise<void> {
    const { body, silent } = drawCheck(this.chance);
    const requestId = randomUUID();
    const check: Sent = { requestId, silent, dueAt, sentAt: dueAt, overAt: dueAt, outcome: { error: 'not sent' } };
    this.sent.push(check);
    check.outcome = await this.connections.send(this.request(body, check), (at) => {
      check.sentAt = at;
    });
    check.overAt = performance.now();
  }

  private request(body: string, { silent, requestId }: Sent): string {
    const { path, port, tokens } = this.order;
    return [
      `POST ${path} HTTP/1.1`,
      `host: 127.0.0.1:${port}`,
      'accept: application/json',
      'content-type: application/json',
      `authorization: Bearer ${silent ? tokens.silent : tokens.alerting}`,
      `x-request-id: ${requestId}`,
      `content-length: ${Buffer.byteLength(body)}`,
      '',
      body,
    ].join('\r\n');
  }
}

const ring = async (at: number, bell: () => void): Promise<void> => {
  await pause(Math.max(0, at - performance.now()));
  bell();
};
