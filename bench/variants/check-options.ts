import type { PoolConfig } from 'pg';
import { CheckPool } from '../../src/accesses/check-pool';
import { Config } from '../../src/platform/config';

/** The connections of the product's own check path, so that every variant has the same number and settings. */
export const checkOptions = async (checkUrl: string): Promise<Required<Pick<PoolConfig, 'max' | 'options'>>> => {
  const checks = new CheckPool(new Config({ DATABASE_CHECK_URL: checkUrl }));
  const { max, options } = checks.pool.options as PoolConfig;
  await checks.onApplicationShutdown();
  return { max: max ?? 10, options: options ?? '' };
};
