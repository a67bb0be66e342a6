const swcrc = JSON.parse(require('node:fs').readFileSync(`${__dirname}/.swcrc`, 'utf8'));

/** The pure suites: beside the code they test, no server, no file. */
module.exports = {
  testEnvironment: 'node',
  rootDir: __dirname,
  roots: ['<rootDir>/src', '<rootDir>/workflows'],
  testMatch: ['**/*.spec.ts'],
  transform: { '^.+\\.ts$': ['@swc/jest', swcrc] },
  reporters: [['default', { summaryThreshold: 0 }], '<rootDir>/test/support/reporter.cjs'],
};
