import { z } from 'zod';
import { paths } from '../paths';

/** What the browser sends. Whether the number is valid is the service's to say. */
export const numberFields = z
  .object({
    nhsNumber: z.string().trim().min(1, 'Enter an NHS number').max(40, 'An NHS number has 10 digits'),
    requestId: z.string(),
    _csrf: z.string(),
  })
  .strict();
export type NumberFields = z.output<typeof numberFields>;

/** The form that asks for an NHS number. What was typed wrong comes back; it never stands in an address. */
export interface NumberForm {
  readonly action: string;
  readonly button: string;
  readonly value: string;
  readonly error: string;
}

export const emptyForm = (button: string): NumberForm => returnedForm(button, '');
export const returnedForm = (button: string, value: string, error = ''): NumberForm => ({
  action: paths.check,
  button,
  value,
  error,
});
