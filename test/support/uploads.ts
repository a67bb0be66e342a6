import { expect } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { UploadMerging } from '../../src/uploads/upload-merging';
import type { UploadView } from '../../src/uploads/uploads.schema';
import type { Product } from './product';

export type UploadSent = {
  readonly csv: string | Buffer;
  readonly sequence: number;
  readonly kind?: 'full' | 'delta';
  readonly authority?: string;
  readonly as?: string;
};

/** Sends a file as the authority's system does. */
export const sendUpload = (
  product: Product,
  { csv, sequence, kind = 'delta', authority = 'E06000016', as = 'leicester-system' }: UploadSent,
): Promise<Response> =>
  product.call(as, 'POST', `/authorities/${authority}/uploads?sequence=${sequence}&kind=${kind}`, { csv });

/** Sends a file and merges it; gives it as its address shows it then. */
export async function upload(product: Product, sent: UploadSent): Promise<UploadView> {
  const answer = await sendUpload(product, sent);
  expect({ status: answer.status, problem: answer.ok ? '' : await answer.text() }).toEqual({
    status: 202,
    problem: '',
  });
  await product.app.get(UploadMerging).mergeReceived();
  return readUpload(product, answer.headers.get('location') ?? '', sent.as);
}

export async function readUpload(product: Product, path: string, as = 'leicester-system'): Promise<UploadView> {
  return (await (await product.call(as, 'GET', path)).json()) as UploadView;
}

export type Answer = {
  readonly row: string;
  readonly local_id: string;
  readonly code: string;
  readonly field: string;
  readonly message: string;
};

/** The answers of an upload, row by row. */
export async function answersOf(product: Product, { answers }: UploadView, as = 'leicester-system'): Promise<Answer[]> {
  const response = await product.call(as, 'GET', answers);
  expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
  return parse<Answer>(await response.text(), { columns: true });
}
