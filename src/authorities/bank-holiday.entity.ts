import { defineEntity, p } from '@mikro-orm/core';

/** A day on which no working day is counted (domain 11). */
export const BankHolidayEntity = defineEntity({
  name: 'BankHoliday',
  tableName: 'bank_holiday',
  properties: { onDate: p.date().primary(), name: p.text() },
});
