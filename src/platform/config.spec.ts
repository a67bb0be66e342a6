import { describe, expect, it } from '@jest/globals';
import { Config, ConfigError } from './config';

const key = `live:${Buffer.alloc(32, 7).toString('base64')}`;
const production = {
  NODE_ENV: 'production',
  DATABASE_URL: 'postgres://owner:o@db/cpis',
  DATABASE_APP_URL: 'postgres://cpis_app:a@db/cpis',
  DATABASE_CHECK_URL: 'postgres://cpis_check:c@db/cpis',
  OIDC_ISSUER: 'https://identity.example',
  OIDC_CLIENT_SECRET: 'secret',
  ENCRYPTION_KEYS: key,
  SESSION_SECRET: 's'.repeat(32),
};

describe('the settings', () => {
  it('have a default for everything outside production, and give the roles connections of their own', () => {
    const config = new Config({ DATABASE_URL: 'postgres://owner:o@db:5433/cpis' });
    expect(config.databaseAppUrl).toBe('postgres://cpis_app:cpis_app@db:5433/cpis');
    expect(config.databaseCheckUrl).toBe('postgres://cpis_check:cpis_check@db:5433/cpis');
    expect(config.publicUrl).toBe('http://localhost:3000');
  });

  it('are accepted in production when every secret is given', () => {
    expect(new Config(production).production).toBe(true);
  });

  it.each(['DATABASE_APP_URL', 'DATABASE_CHECK_URL', 'OIDC_CLIENT_SECRET', 'ENCRYPTION_KEYS', 'SESSION_SECRET'])(
    'have no default for %s in production',
    (name) => {
      expect(() => new Config({ ...production, [name]: undefined })).toThrow(ConfigError);
    },
  );

  it.each([
    ['the development identity server', { OIDC_ISSUER: 'http://localhost:3001' }, 'OIDC_ISSUER'],
    ['a moved clock', { CLOCK_OFFSET_MS: '1' }, 'CLOCK_OFFSET_MS'],
    ['the development key', { ENCRYPTION_KEYS: `other:${Buffer.alloc(32).toString('base64')}` }, 'ENCRYPTION_KEYS'],
  ])('refuse %s in production, naming the setting', (_what, given, name) => {
    expect(() => new Config({ ...production, ...given })).toThrow(name);
  });

  it('name what is wrong with a setting', () => {
    expect(() => new Config({ PORT: 'many' })).toThrow(/PORT/);
    expect(() => new Config({ SESSION_SECRET: 'short' })).toThrow(/SESSION_SECRET/);
  });
});
