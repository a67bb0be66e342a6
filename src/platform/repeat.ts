import { Logger } from '@nestjs/common';

/** A duty that is done again and again; a failure is logged and the next turn comes all the same. */
export interface Repeated {
  stop(): Promise<void>;
}

/** Does `work` now and then every `everyMs` after it ended. `stop` waits for the turn that is under way. */
export function repeat(name: string, everyMs: number, work: () => Promise<unknown>): Repeated {
  const log = new Logger(name);
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();
  const next = (): void => {
    turn = work()
      .catch((err: unknown) => log.warn({ err }, 'did not work; it will be tried again'))
      .then(() => {
        if (!stopped) timer = setTimeout(next, everyMs);
      });
  };
  next();
  return {
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await turn;
    },
  };
}
