/** A failure that one sentence explains: what happened and what to do. It is shown without a stack trace. */
export class ClearError extends Error {
  override readonly name = 'ClearError';
}

const fullDisk = /ENOSPC|No space left on device|database or disk is full/i;

export const isDiskFull = (text: string): boolean => fullDisk.test(text);

/** The one sentence to show for any failure of a script; the unexpected ones keep their message, never a stack. */
export const sentenceOf = (error: unknown): string => {
  if (error instanceof ClearError) return error.message;
  const text = error instanceof Error ? error.message : String(error);
  if (isDiskFull(text)) return 'The disk is full: free some space and start again.';
  return `Something unexpected went wrong: ${text}`;
};

/** Runs a script's main function; a failure prints its sentence on standard error and ends with exit code 1. */
export const runScript = (main: () => Promise<void>): void => {
  // After the rest of the script has been read, so that main may stand at its top.
  const ended = Promise.resolve().then(main);
  ended.catch((error: unknown) => {
    if (process.env['DEBUG']) console.error(error);
    console.error(sentenceOf(error));
    process.exit(1);
  });
};
