/** Ends the process with one sentence and exit code 1. */
export const exitOn =
  (what: string) =>
  (error: unknown): void => {
    const code = (error as { code?: unknown } | null)?.code;
    const reason = code === 'EADDRINUSE' ? 'the port is in use; set PORT to a free one' : messageOf(error);
    process.stderr.write(`${what}: ${reason}\n`);
    process.exit(1);
  };

const longestShutdownMs = 20_000;

/** Runs `close` once on SIGTERM or SIGINT, then exits; a close that hangs is cut off. */
export function onShutdown(close: () => Promise<void>): void {
  let closing = false;
  const end = (): void => {
    if (closing) return;
    closing = true;
    setTimeout(() => process.exit(1), longestShutdownMs).unref();
    close().then(
      () => process.exit(0),
      (error: unknown) => exitOn('The process could not stop in order')(error),
    );
  };
  process.on('SIGTERM', end);
  process.on('SIGINT', end);
}

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
