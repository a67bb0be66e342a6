import { migrate } from '../../src/migrate-database';
import { inServer, template, testServer, urlOf } from './postgres';

/** Starts the server and migrates the template that every suite's database is copied from. Once a run. */
export const prepareTemplate = async (): Promise<void> => {
  const serverUrl = await testServer();
  await inServer(serverUrl, `drop database if exists ${template} with (force)`);
  await inServer(serverUrl, `create database ${template}`);
  await migrate(urlOf(serverUrl, template));
};
