import { appendFileSync } from 'node:fs';
import type { FromGenerator, Order } from './messages';
import { oracleLine, seenIn } from './seen';
import { LoadWindow } from './window';

// The load generator, a process of its own: takes an Order, runs it, tells what it saw.
const tell = (message: FromGenerator): void => {
  process.send?.(message);
};

const obey = async (order: Order): Promise<void> => {
  const window = new LoadWindow(order);
  await window.run(
    () => tell({ kind: 'begins' }),
    () => tell({ kind: 'ends' }),
  );
  if (order.oracleFile) appendFileSync(order.oracleFile, window.sent.map(oracleLine).join(''));
  tell({ kind: 'seen', seen: seenIn(window) });
};

// Ctrl-C reaches every process of the terminal: the bench stops this one in its own time.
process.on('SIGINT', () => undefined);
process.on('disconnect', () => process.exit(0));
process.on('message', (order: Order) => {
  obey(order).catch((error: unknown) =>
    tell({ kind: 'failed', message: error instanceof Error ? error.message : String(error) }),
  );
});
tell({ kind: 'ready' });
