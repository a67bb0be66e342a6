import { randomBytes } from 'node:crypto';
import { readJson, writeJson } from './json-file';
import { inData } from './places';

/** What `npm start` makes up once and keeps in the data folder (mode 0600), so that a second start opens the first one's data. */
export type Secrets = {
  readonly databaseOwnerPassword: string;
  readonly databaseAppPassword: string;
  readonly databaseCheckPassword: string;
  /** `<key id>:<base64 of 32 bytes>`, the newest first. */
  readonly encryptionKeys: string;
  readonly sessionSecret: string;
  readonly oidcClientSecret: string;
};

const password = (): string => randomBytes(24).toString('base64url');

const made = (): Secrets => ({
  databaseOwnerPassword: password(),
  databaseAppPassword: password(),
  databaseCheckPassword: password(),
  encryptionKeys: `${new Date().toISOString().slice(0, 10)}:${randomBytes(32).toString('base64')}`,
  sessionSecret: randomBytes(48).toString('base64url'),
  oidcClientSecret: password(),
});

/** The secrets of this data folder; those that are missing are made and stored. */
export const secrets = (): Secrets => {
  const file = inData('secrets.json');
  const known = readJson<Partial<Secrets>>(file) ?? {};
  const all = { ...made(), ...known };
  if (Object.keys(known).length < Object.keys(all).length) writeJson(file, all);
  return all;
};
