import { expect, test } from '@jest/globals';
import { checkStatement } from '../../src/accesses/check-statement';
import { pgbenchScript } from './pgbench-script';

test('leaves no parameter of the statement open, and says nothing else in it', () => {
  const script = pgbenchScript(checkStatement);
  expect(script).not.toMatch(/\$\d/);
  expect(script.trim().endsWith('from found f;')).toBe(true);
});

test('refuses a statement with a parameter that it does not know', () => {
  expect(() => pgbenchScript('select $17')).toThrow('$17');
});
