import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { ClearError } from './clear-error';

/** Reads a JSON file; undefined when there is none. @throws ClearError when it is there and damaged. */
export const readJson = <T>(file: string): T | undefined => {
  if (!existsSync(file)) return undefined;
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as T;
  } catch {
    throw new ClearError(`${file} is damaged: mend it, or start over with npm run reset.`);
  }
};

/** Writes a JSON file whole or not at all, readable by its owner only. */
export const writeJson = (file: string, value: object): void => {
  const draft = `${file}.${process.pid}.new`;
  writeFileSync(draft, `${JSON.stringify(value, null, 2)}\n`, { mode: 0o600 });
  renameSync(draft, file);
};
