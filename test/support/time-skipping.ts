import { existsSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClearError } from '../../scripts/clear-error';
import { longStep, sayAloud } from '../../scripts/patience';
import type { Say } from '../../scripts/patience';
import { inCache } from '../../scripts/places';
import { hasProgram, installPackages } from './tools';

const version = '1.32.0';

const pom = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>cpis-bridge</groupId><artifactId>temporal-test-server-and-all-it-needs</artifactId><version>1</version>
  <dependencies>
    <dependency><groupId>io.temporal</groupId><artifactId>temporal-test-server</artifactId><version>${version}</version></dependency>
  </dependencies>
</project>
`;

const wrapper = `#!/bin/sh
exec java -cp "$(dirname "$0")/jars/*" io.temporal.testserver.TestServer "$@"
`;

const installed = (): string => join(inCache(), `temporal-test-server-${version}`);
const startScript = (): string => join(installed(), 'temporal-test-server');

const install = async (say: Say): Promise<void> => {
  say('Getting Temporal’s time-skipping test server with Maven (once, 33 MB).');
  const draft = mkdtempSync(join(inCache(), 'getting-test-server-'));
  try {
    writeFileSync(join(draft, 'pom.xml'), pom);
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(draft, 'jars')}`, '-DincludeScope=runtime'];
    const args = ['--batch-mode', '--quiet', '-f', join(draft, 'pom.xml'), ...goal];
    const { failure } = await longStep({ title: 'getting the test server', command: 'mvn', args, say });
    if (failure) throw new ClearError(`Maven could not get io.temporal:temporal-test-server:${version}: ${failure}`);
    writeFileSync(join(draft, 'temporal-test-server'), wrapper, { mode: 0o755 });
    if (!existsSync(startScript())) renameSync(draft, installed());
  } finally {
    rmSync(draft, { recursive: true, force: true });
  }
};

/**
 * The path of Temporal's time-skipping test server, got into the cache the first time. For
 * `TestWorkflowEnvironment.createTimeSkipping({ server: { executable: { type: 'existing-path', path } } })`.
 * @throws ClearError that says how to get what is missing (Java, Maven).
 */
export const timeSkippingServer = async (say: Say = sayAloud): Promise<string> => {
  if (!hasProgram('java')) await installPackages({ title: 'Java', names: ['default-jre-headless'], say });
  if (existsSync(startScript())) return startScript();
  if (!hasProgram('mvn')) await installPackages({ title: 'Maven', names: ['maven'], say });
  await install(say);
  return startScript();
};
