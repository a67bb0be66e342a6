'use strict';
const { writeFileSync, writeSync } = require('node:fs');

/**
 * Ends the output of a test run with one line: `N passed, N failed`. What did not run has failed: a suite that could
 * not be loaded, a skipped test, a test still to be written, a run without a single test.
 * Under npm test it leaves the two numbers in the file TEST_COUNTS_FILE instead, for scripts/test.ts to add its own.
 */
class CountingReporter {
  onRunComplete(_contexts, results) {
    const notRun = results.numRuntimeErrorTestSuites + results.numPendingTests + results.numTodoTests;
    const broken = results.numTotalTests === 0 || results.wasInterrupted || results.runExecError ? 1 : 0;
    const passed = results.numPassedTests;
    const failed = Math.max(results.numFailedTests + notRun, broken);
    const file = process.env.TEST_COUNTS_FILE;
    if (file) writeFileSync(file, JSON.stringify({ passed, failed }));
    else process.once('exit', () => writeSync(1, `${passed} passed, ${failed} failed\n`));
  }
}

module.exports = CountingReporter;
