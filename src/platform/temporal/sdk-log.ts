import type { LogLevel, LogMetadata } from '@temporalio/common';
import { Runtime, type Logger } from '@temporalio/worker';

/** What the worker's logging needs of a logger; a pino logger is one. */
export interface WorkerLog {
  info(fields: Readonly<Record<string, unknown>>, message: string): void;
  warn(fields: Readonly<Record<string, unknown>>, message: string): void;
  error(fields: Readonly<Record<string, unknown>>, message: string): void;
}

/** Fields that never hold a payload. Everything else that the SDK would log is left out. */
const plainFields = [
  'activityId',
  'activityType',
  'attempt',
  'durationMs',
  'namespace',
  'runId',
  'sdkComponent',
  'state',
  'taskQueue',
  'workflowId',
  'workflowType',
] as const;

/**
 * Sends the SDK's own log lines to ours, without what an error says: its message may quote a row. Kept of an error are
 * its name, its type and where it was thrown. Call once, before anything else of the worker SDK; the process's signals
 * stay with whoever shuts the process down in order.
 */
export const installSdkRuntime = (log: WorkerLog): void => {
  Runtime.install({
    logger: sdkLogger(log),
    shutdownSignals: [],
    telemetryOptions: { logging: { filter: { core: 'WARN', other: 'ERROR' }, forward: {} } },
  });
};

/** The SDK's logger interface over ours. Levels below info are dropped. */
export const sdkLogger = (log: WorkerLog): Logger => {
  const write = (level: LogLevel, message: string, meta: LogMetadata = {}): void => {
    if (level === 'INFO') log.info(withoutContent(meta), message);
    if (level === 'WARN') log.warn(withoutContent(meta), message);
    if (level === 'ERROR') log.error(withoutContent(meta), message);
  };
  return {
    log: write,
    trace: () => undefined,
    debug: () => undefined,
    info: (message, meta) => write('INFO', message, meta),
    warn: (message, meta) => write('WARN', message, meta),
    error: (message, meta) => write('ERROR', message, meta),
  };
};

const withoutContent = (meta: LogMetadata): Record<string, unknown> => {
  const fields = Object.fromEntries(plainFields.flatMap((name) => (name in meta ? [[name, meta[name]]] : [])));
  return { ...fields, ...whereFailed(meta['error'] ?? meta['err']) };
};

const whereFailed = (error: unknown): Record<string, unknown> => {
  if (!(error instanceof Error)) return {};
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at .*:\d+:\d+\)?$/.test(line));
  const type = 'type' in error && typeof error.type === 'string' ? { failureType: error.type } : {};
  return { error: error.name, ...type, at: frames.map((frame) => frame.trim()) };
};
