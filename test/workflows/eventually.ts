import { setTimeout as pause } from 'node:timers/promises';

/** Checks again until it holds; after `withinSeconds` the check's own failure is thrown. */
export async function eventually<T>(check: () => T | Promise<T>, withinSeconds = 30): Promise<T> {
  for (const last = Date.now() + withinSeconds * 1_000; ; await pause(50)) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > last) throw error;
    }
  }
}
