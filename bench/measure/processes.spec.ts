import { expect, test } from '@jest/globals';
import { cpuOfTree, parseStat } from './processes';

const stat = (command: string, parent: number): string =>
  `7 (${command}) S ${parent} 7 7 0 -1 4194560 1 2 3 4 100 20 30 4 20 0 1 0 99 1000 10`;

test('reads the times of a process whose name holds brackets and spaces', () => {
  expect(parseStat(7, stat('odd ) name (', 3))).toEqual({ pid: 7, parent: 3, ownMs: 1200, endedChildrenMs: 340 });
});

test('adds up a process, its children and theirs, and no stranger', () => {
  const processes = [
    { pid: 1, parent: 0, ownMs: 1, endedChildrenMs: 10 },
    { pid: 2, parent: 1, ownMs: 2, endedChildrenMs: 0 },
    { pid: 3, parent: 2, ownMs: 4, endedChildrenMs: 0 },
    { pid: 4, parent: 9, ownMs: 1000, endedChildrenMs: 0 },
  ];
  expect(cpuOfTree(1, processes)).toBe(17);
});
