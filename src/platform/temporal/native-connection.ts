import { NativeConnection, TransportError } from '@temporalio/worker';

/** The SDK's own attempt has no end when a server accepts and says nothing: this one ends after 10 seconds or at `signal`. */
export const connectWithin = async (address: string, signal: AbortSignal): Promise<NativeConnection> => {
  const attempt = NativeConnection.connect({ address });
  const limit = AbortSignal.any([signal, AbortSignal.timeout(10_000)]);
  const given = new Promise<never>((_resolve, reject) => {
    limit.addEventListener('abort', () => reject(new TransportError(`No answer from ${address}.`)), { once: true });
  });
  try {
    return await Promise.race([attempt, given]);
  } catch (error) {
    void attempt.then((late) => late.close()).catch(() => undefined);
    throw error;
  }
};
