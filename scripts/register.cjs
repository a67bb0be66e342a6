'use strict';
// Lets Node run the TypeScript of scripts/ and test/ without a build: node -r ./scripts/register.cjs <file>.ts
// The compiler and the options are those of the build (.swcrc), so that nothing behaves differently in a script.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { transformSync } = require('@swc/core');

const checkout = join(__dirname, '..');
const options = { ...JSON.parse(readFileSync(join(checkout, '.swcrc'), 'utf8')), sourceMaps: 'inline', swcrc: false };

process.setSourceMapsEnabled(true);
Module._extensions['.ts'] = (module, filename) => {
  const { code } = transformSync(readFileSync(filename, 'utf8'), { ...options, filename, cwd: checkout });
  module._compile(code, filename);
};
