/** Every suite, on real servers; `npm run unit` runs the pure ones alone. */
module.exports = {
  ...require('./jest.unit.config.cjs'),
  roots: ['<rootDir>/src', '<rootDir>/workflows', '<rootDir>/test', '<rootDir>/scripts', '<rootDir>/bench'],
  globalSetup: '<rootDir>/test/support/global-set-up.ts',
  globalTeardown: '<rootDir>/test/support/global-tear-down.ts',
  testTimeout: 120_000,
};
