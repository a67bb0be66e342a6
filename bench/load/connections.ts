import { Connection, type Outcome } from './connection';

const most = 256;

/** Connections to one port: a request takes a free one, a new one, or waits when there are too many. */
export class Connections {
  private readonly idle: Connection[] = [];
  private readonly all = new Set<Connection>();
  private readonly waiting: ((connection: Connection) => void)[] = [];

  constructor(private readonly port: number) {}

  /** Never rejects. `onSent` is told the moment of the send (performance.now). */
  async send(request: string, onSent: (at: number) => void): Promise<Outcome> {
    const connection = this.take() ?? (await new Promise<Connection>((resolve) => this.waiting.push(resolve)));
    onSent(performance.now());
    const outcome = await connection.send(request);
    this.give(connection);
    return outcome;
  }

  closeAll(): void {
    for (const connection of this.all) connection.close();
  }

  private take(): Connection | undefined {
    for (let free = this.idle.pop(); free; free = this.idle.pop()) {
      if (free.usable) return free;
      this.all.delete(free);
    }
    return this.all.size < most ? this.open() : undefined;
  }

  private open(): Connection {
    const made = new Connection(this.port);
    this.all.add(made);
    return made;
  }

  private give(connection: Connection): void {
    if (!connection.usable) this.all.delete(connection);
    const next = this.waiting.shift();
    if (next) next(connection.usable ? connection : this.open());
    else if (connection.usable) this.idle.push(connection);
  }
}
