import { planColumns, type PlanRow } from '../../src/plans/supplied-plan';
import type { PlanRowBuilder } from './plan-row.builder';

const cell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const line = (row: PlanRow): string => planColumns.map((column) => cell(row[column])).join(',');

/** An upload file of these rows, as an authority's system writes it. */
export const fileOf = (rows: readonly PlanRowBuilder[]): string =>
  `${planColumns.join(',')}\r\n${rows.map((row) => `${line(row.build())}\r\n`).join('')}`;
