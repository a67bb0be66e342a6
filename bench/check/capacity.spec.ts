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

test('strides upwards from a guess that holds, then halves what is between', async () => {
  const tried: number[] = [];
  expect(await seek(upTo(1250, tried), 1000, 4)).toEqual({ holds: 1233, next: 1233 });
  expect(tried).toEqual([1000, 1150, 1323, 1233]);
});

test('strides downwards from a guess that does not hold, then halves what is between', async () => {
  const tried: number[] = [];
  expect(await seek(upTo(850, tried), 1000, 4)).toEqual({ holds: 812, next: 812 });
  expect(tried).toEqual([1000, 870, 757, 812]);
});

test('stops when it is close enough', async () => {
  const tried: number[] = [];
  await seek(upTo(1000, tried), 1000, 20);
  expect(tried.length).toBeLessThan(6);
});

test('begins the next search below what did not hold', async () => {
  expect(await seek(upTo(1), 1000, 2)).toEqual({ holds: undefined, next: 757 });
});
