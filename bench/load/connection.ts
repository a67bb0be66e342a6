import { connect, type Socket } from 'node:net';

/** What came back: the status, and the body as it came; or why nothing did. */
export type Outcome = { readonly status: number; readonly body: string } | { readonly error: string };

const patienceMs = 10_000;

/**
 * One keep-alive HTTP/1.1 connection, one request at a time. Written by hand because the generator shares the
 * processors with what it measures: it must cost next to nothing.
 */
export class Connection {
  private readonly socket: Socket;
  private received = '';
  private answer: ((outcome: Outcome) => void) | undefined;
  private timer: NodeJS.Timeout | undefined;
  private closed = false;

  constructor(port: number) {
    this.socket = connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.setEncoding('latin1');
    this.socket.on('data', (chunk) => this.take(String(chunk)));
    this.socket.on('error', (error: NodeJS.ErrnoException) => this.fail(error.code ?? error.message));
    this.socket.on('close', () => this.fail('closed'));
  }

  get usable(): boolean {
    return !this.closed;
  }

  /** Sends a whole request; never rejects. */
  send(request: string): Promise<Outcome> {
    if (this.closed) return Promise.resolve({ error: 'closed' });
    return new Promise((resolve) => {
      this.answer = resolve;
      this.timer = setTimeout(() => this.fail('timeout'), patienceMs);
      this.socket.write(request);
    });
  }

  close(): void {
    this.closed = true;
    this.socket.destroy();
  }

  private take(chunk: string): void {
    this.received = this.received === '' ? chunk : this.received + chunk;
    const headEnd = this.received.indexOf('\r\n\r\n');
    if (headEnd < 0) return;
    const head = this.received.slice(0, headEnd);
    const length = /\r\ncontent-length: (\d+)/i.exec(head)?.[1];
    if (length === undefined) return this.fail('no content-length');
    const end = headEnd + 4 + Number(length);
    if (this.received.length < end) return;
    const body = this.received.slice(headEnd + 4, end);
    this.received = '';
    if (/\r\nconnection: close/i.test(head)) this.close();
    this.settle({ status: Number(head.slice(9, 12)), body });
  }

  private fail(error: string): void {
    this.close();
    this.settle({ error });
  }

  private settle(outcome: Outcome): void {
    const { answer } = this;
    clearTimeout(this.timer);
    this.answer = undefined;
    answer?.(outcome);
  }
}
