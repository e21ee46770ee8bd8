import * as z from "zod";

/** Issues as a check adds them. */
export type Issues = z.core.$ZodRawIssue[];

/** A check that runs whatever other checks found, so that one answer names all faults. */
export function always<T>(judgement: (value: T, issues: Issues) => void): z.core.$ZodCheck<T> {
  const check: z.core.$ZodCheck<T> = new z.core.$ZodCheck({ check: "custom", when: () => true }) as never;
  check._zod.check = ({ value, issues }) => judgement(value, issues as Issues);
  return check;
}
