import { z } from 'zod';

/** A planted sin for temporal-bundle.spec.ts: no workflow may bring a package along. */
export const planted = async (): Promise<string> => z.string().parse('x');
