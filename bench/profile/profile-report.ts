import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** As V8 writes it: a tree of functions, and which of them ran at each sample. */
interface Profile {
  /** Microseconds of the machine's monotonic clock. */
  readonly startTime: number;
  readonly nodes: readonly {
    readonly id: number;
    readonly callFrame: { readonly functionName: string; readonly url: string; readonly lineNumber: number };
  }[];
  readonly samples: readonly number[];
  readonly timeDeltas: readonly number[];
}

const most = 30;
const notWork = new Set(['(idle)', '(root)', '(program)']);

/** `node_modules/@scope/name`, the product's folder, or Node itself. */
const roomOf = (url: string): string => {
  const inPackage = /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (inPackage !== undefined) return inPackage;
  const own = /\/dist\/((?:src|workflows)\/[^/]+(?:\/[^/]+)?)/.exec(url)?.[1];
  return own ?? (url.startsWith('node:') || url === '' ? 'node' : url);
};

const add = (sums: Map<string, number>, name: string, ms: number): void =>
  void sums.set(name, (sums.get(name) ?? 0) + ms);

const ranked = (sums: ReadonlyMap<string, number>, inAll: number): string[] =>
  [...sums]
    .toSorted(([, a], [, b]) => b - a)
    .slice(0, most)
    .map(([name, ms]) => `  ${((ms / inAll) * 100).toFixed(1).padStart(5)} %  ${name}`);

/** Where the web process spent its time from a moment on (microseconds, monotonic), without waiting: by room, and by function. */
export const profileReport = (folder: string, fromUs: number): string => {
  const rooms = new Map<string, number>();
  const functions = new Map<string, number>();
  let inAll = 0;
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.cpuprofile'))) {
    const { nodes, samples, timeDeltas, startTime } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as Profile;
    const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
    let at = startTime;
    samples.forEach((id, place) => {
      at += timeDeltas[place] ?? 0;
      const frame = frames.get(id);
      if (at < fromUs || !frame || notWork.has(frame.functionName)) return;
      const ms = (timeDeltas[place] ?? 0) / 1000;
      const room = frame.functionName === '(garbage collector)' ? 'garbage collector' : roomOf(frame.url);
      inAll += ms;
      add(rooms, room, ms);
      add(functions, `${frame.functionName || '(anonymous)'}  ${room}:${frame.lineNumber + 1}`, ms);
    });
  }
  return [
    '',
    'Where the web process spends its time (self time)',
    ...ranked(rooms, inAll),
    '',
    ...ranked(functions, inAll),
  ].join('\n');
};
