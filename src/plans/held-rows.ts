import { mustWait } from './guard.rules';
import type { MergeRoom } from './merge-source';
import { countLive } from './comparing.sql';
import { askForApproval } from './questions.sql';
import * as sql from './waiting.sql';

/** Holds the ends and removals of a file when they are more than the guard lets through. `ends` counts them. */
export async function holdWhereTooMany({ client, source }: MergeRoom, ends: number): Promise<void> {
  const { authority, at, today, upload } = source;
  if (!upload) return;
  const { rows } = await client.query<{ live: number }>(countLive, [authority, today]);
  const live = rows[0]?.live ?? 0;
  if (!mustWait(ends, live)) return;
  await client.query(sql.holdRemovals);
  await client.query(sql.insertWaiting, [authority, at, upload.id]);
  await client.query(sql.answerHeld);
  await client.query(askForApproval, [authority, at, upload.id, upload.sequence, ends, live]);
}

/** Decides over everything of an upload that still waits. Returns how many rows that were. */
export async function decideWaiting(
  room: MergeRoom,
  uploadId: string,
  decision: 'applied' | 'discarded',
): Promise<number> {
  const { authority, at, by } = room.source;
  const { rowCount } = await room.client.query(sql.decideWaiting, [authority, uploadId, decision, at, by]);
  return rowCount ?? 0;
}

/** Lets through what waited of an upload, and stages it for a merge. Returns how many rows those are. */
export async function release(room: MergeRoom, uploadId: string): Promise<number> {
  const released = await decideWaiting(room, uploadId, 'applied');
  const { authority, at } = room.source;
  if (released > 0) await room.client.query(sql.stageWaiting, [authority, uploadId, at]);
  return released;
}
