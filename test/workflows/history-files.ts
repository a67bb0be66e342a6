import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import * as proto from '@temporalio/proto';
import { patchProtobufRoot } from '@temporalio/proto/lib/patch-protobuf-root';
import type { History } from './runs';

interface ProtoJson {
  toJson(type: object, message: object): unknown;
  fromJson(type: object, json: unknown, options: { readonly ignoreUnknownFields: boolean }): History;
}

// The SDK's own historyToJSON and historyFromJSON fail where npm gives each Temporal package a protobufjs of its own:
// this is the same conversion, with the protobufjs of the messages. The files are what `temporal workflow show` writes.
const protoJson: ProtoJson = createRequire(require.resolve('@temporalio/proto'))('protobufjs/ext/protojson');
const historyType: object = Object(patchProtobufRoot(proto)).lookupType('temporal.api.history.v1.History');

export const historiesFolder = join(__dirname, '..', 'histories');

/** One stored history; `workflowType` as its first event names it. */
export interface StoredHistory {
  readonly name: string;
  readonly workflowType: string;
  readonly history: History;
}

/** Every history in `test/histories`. */
export const storedHistories = (): readonly StoredHistory[] =>
  readdirSync(historiesFolder)
    .filter((name) => name.endsWith('.json'))
    .sort()
    .map((name) => stored(name, readFileSync(join(historiesFolder, name), 'utf8')));

/** Writes a history as `<name>.json`; gives the file's path. */
export function store(name: string, history: History): string {
  const file = join(historiesFolder, `${name}.json`);
  const message = proto.temporal.api.history.v1.History.fromObject(history);
  writeFileSync(file, `${JSON.stringify(protoJson.toJson(historyType, message), null, 1)}\n`);
  return file;
}

function stored(name: string, text: string): StoredHistory {
  const history = protoJson.fromJson(historyType, JSON.parse(text), { ignoreUnknownFields: true });
  const started = history.events?.[0]?.workflowExecutionStartedEventAttributes;
  return { name, history, workflowType: started?.workflowType?.name ?? '' };
}
