import * as z from "zod";

/** Issues as a check adds them. */
export type Issues = z.core.$ZodRawIssue[];

/** A check that runs whatever other checks found, so that one answer names all faults. */
export function always<T>(judgement: (value: T, issues: Issues) => void): z.core.$ZodCheck<T> {
  const check = z.check<T>(({ value, issues }) => judgement(value, issues as Issues)) as z.core.$ZodCheck<T>;
  check._zod.def.when = () => true;
  return check;
}
