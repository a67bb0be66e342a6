import { readdirSync, readFileSync } from 'node:fs';

/** Linux tells process times in hundredths of a second. */
const msPerTick = 10;

/** One line of /proc/<pid>/stat: the time it has used, that of its children that have ended, milliseconds. */
export interface ProcessTime {
  readonly pid: number;
  readonly parent: number;
  readonly ownMs: number;
  readonly endedChildrenMs: number;
}

const readText = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};

/** The command may hold spaces and brackets: what counts comes after its last bracket. */
export const parseStat = (pid: number, stat: string): ProcessTime => {
  const fields = stat
    .slice(stat.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  const field = (place: number): number => fields[place] ?? 0;
  return {
    pid,
    parent: field(1),
    ownMs: (field(11) + field(12)) * msPerTick,
    endedChildrenMs: (field(13) + field(14)) * msPerTick,
  };
};

/** Every process of the machine that can be seen. */
export const allProcesses = (): ProcessTime[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      const stat = readText(`/proc/${name}/stat`);
      return stat ? [parseStat(Number(name), stat)] : [];
    });

/** A process and all that it has started, and those have started, as far as they live. */
export const treeOf = (root: number, processes: readonly ProcessTime[]): ProcessTime[] => {
  const own = processes.filter(({ pid }) => pid === root);
  return [...own, ...processes.filter(({ parent }) => parent === root).flatMap(({ pid }) => treeOf(pid, processes))];
};

/** Processor time of a process, of all that it started, and of those among them that have ended, milliseconds. */
export const cpuOfTree = (root: number, processes: readonly ProcessTime[]): number =>
  treeOf(root, processes).reduce((sum, { ownMs, endedChildrenMs }) => sum + ownMs + endedChildrenMs, 0);

const kilobytes = (file: string, label: string): number =>
  Number(new RegExp(`^${label}:\\s+(\\d+)`, 'm').exec(readText(file) ?? '')?.[1] ?? 0);

/** Memory in use and the most that ever was, megabytes. */
export const memoryOf = (pid: number): { readonly rssMb: number; readonly peakMb: number } => ({
  rssMb: kilobytes(`/proc/${pid}/status`, 'VmRSS') / 1024,
  peakMb: kilobytes(`/proc/${pid}/status`, 'VmHWM') / 1024,
});

/** Memory of a process and all that it started, pages that they share counted once, megabytes. */
export const sharedMemoryOf = (root: number): number =>
  treeOf(root, allProcesses()).reduce((sum, { pid }) => sum + kilobytes(`/proc/${pid}/smaps_rollup`, 'Pss'), 0) / 1024;
