import type { SearchAttributeType } from '@temporalio/common';
import { encodeSearchAttributeIndexedValueType as encoded } from '@temporalio/common/lib/search-attributes';
import type { TemporalClient } from './temporal-client';
import { TemporalUnreachable } from './temporal-errors';

/** Names and types, such as `{ Stage: 'KEYWORD' }`. Values of search attributes stand in clear: none may be personal. */
export type SearchAttributeTypes = Readonly<Record<string, SearchAttributeType>>;

/** The server has not got what we need and will not take it from us; the message names the commands that an operator runs. */
export class SearchAttributesMissing extends Error {
  override readonly name = 'SearchAttributesMissing';
}

const grpcAlreadyExists = 6;

/**
 * Makes sure that the namespace has these search attributes; returns the names that were added. Safe to repeat and to run
 * from several processes at once. Throws `SearchAttributesMissing` when the server refuses or has one of another type,
 * `TemporalUnreachable` when it could not be asked. A server with a cache may know a new one only after a minute.
 */
export const ensureSearchAttributes = async (
  temporal: TemporalClient,
  wanted: SearchAttributeTypes,
): Promise<readonly string[]> => {
  const { namespace } = temporal.client.options;
  const present = await temporal.ask(({ connection }) =>
    connection.operatorService.listSearchAttributes({ namespace }),
  );
  const known = { ...present.systemAttributes, ...present.customAttributes };
  const asked = Object.entries(wanted).map(([name, type]) => ({ name, type, code: encoded(type), has: known[name] }));
  const others = asked.filter(({ code, has }) => has !== undefined && has !== code);
  if (others.length > 0) throw new SearchAttributesMissing(otherTypes(namespace, others));
  const missing = asked.filter(({ has }) => has === undefined);
  if (missing.length > 0) await add(temporal, namespace, missing);
  return missing.map(({ name }) => name);
};

interface Asked {
  readonly name: string;
  readonly type: SearchAttributeType;
  readonly code: ReturnType<typeof encoded>;
}

const add = async (temporal: TemporalClient, namespace: string, missing: readonly Asked[]): Promise<void> => {
  const searchAttributes = Object.fromEntries(missing.flatMap(({ name, code }) => (code ? [[name, code]] : [])));
  try {
    await temporal.ask(({ connection }) =>
      connection.operatorService.addSearchAttributes({ namespace, searchAttributes }),
    );
  } catch (cause) {
    if (cause instanceof TemporalUnreachable) throw cause;
    if (cause instanceof Error && 'code' in cause && cause.code === grpcAlreadyExists) return;
    throw new SearchAttributesMissing(refused(namespace, missing), { cause });
  }
};

const refused = (namespace: string, missing: readonly Asked[]): string =>
  [
    'Temporal did not let us add search attributes. An operator must run:',
    ...missing.map(createCommand(namespace)),
  ].join('\n  ');

const otherTypes = (namespace: string, others: readonly Asked[]): string =>
  [
    'Temporal has search attributes of these names with another type. An operator must remove them, then run:',
    ...others.map(createCommand(namespace)),
  ].join('\n  ');

const createCommand =
  (namespace: string) =>
  ({ name, type }: Asked): string =>
    `temporal operator search-attribute create --namespace ${namespace} --name ${name} --type ${cliTypes[type]}`;

const cliTypes: Readonly<Record<SearchAttributeType, string>> = {
  TEXT: 'Text',
  KEYWORD: 'Keyword',
  INT: 'Int',
  DOUBLE: 'Double',
  BOOL: 'Bool',
  DATETIME: 'Datetime',
  KEYWORD_LIST: 'KeywordList',
};
