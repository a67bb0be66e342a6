const parentCheckMs = 1000;

/**
 * Ends this process cleanly on Ctrl-C, on SIGTERM, when the terminal closes, and when npm, which started it, is gone.
 * The function that comes back ends it for a reason: the sentence is shown and the exit code is 1.
 */
export const stopOnSignals = (stopAll: () => Promise<void>): ((sentence: string) => Promise<never>) => {
  let ending: Promise<never> | undefined;
  const end = (code: number): Promise<never> => {
    ending ??= stopAll()
      .catch((error: unknown) => console.error(error instanceof Error ? error.message : String(error)))
      .then(() => process.exit(code));
    return ending;
  };
  const politely = () => {
    if (!ending) console.log('\nStopping.');
    void end(0);
  };
  // npm passes signals on that the terminal has already sent: every further one is the same wish.
  for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(name, politely);
  if (process.env['npm_lifecycle_event']) watchParent(politely);
  return (sentence) => {
    if (!ending) console.error(sentence);
    return end(1);
  };
};

const watchParent = (politely: () => void): void => {
  const parent = process.ppid;
  setInterval(() => process.ppid === parent || politely(), parentCheckMs).unref();
};
