import { expect, test } from '@jest/globals';
import { climb, seek, type Probe } from './capacity';

const upTo =
  (limit: number, tried: number[] = []): Probe =>
  async (rate) => {
    tried.push(rate);
    return rate <= limit;
  };

test('climbs until a rate does not hold', async () => {
  expect(await climb(upTo(500), 200, 1.5)).toEqual({ holds: 450, fails: 675 });
  expect(await climb(upTo(100), 200, 1.5)).toEqual({ holds: 0, fails: 200 });
});

test('seeks upwards from a guess that holds, and stops at the first that does not', async () => {
  const tried: number[] = [];
  expect(await seek(upTo(1150, tried), 1000, 1.1, 5)).toBe(1100);
  expect(tried).toEqual([1000, 1100, 1210]);
});

test('seeks downwards from a guess that does not hold, and stops at the first that does', async () => {
  const tried: number[] = [];
  expect(await seek(upTo(850, tried), 1000, 1.1, 5)).toBe(826);
  expect(tried).toEqual([1000, 909, 826]);
});

test('gives up after so many probes', async () => {
  expect(await seek(upTo(1), 1000, 1.1, 3)).toBeUndefined();
  expect(await seek(upTo(1e9), 1000, 1.1, 3)).toBe(1210);
});
