export type TaskOutcome = "running" | "ok" | "warnings" | "unknown" | "failed";

/** The server's status words that are not failures (pve-facts 48); anything else is an error text. */
export const TASK_OUTCOMES: readonly { matches: RegExp; outcome: TaskOutcome }[] = [
  { matches: /^OK$/, outcome: "ok" },
  { matches: /^WARNINGS: \d+$/, outcome: "warnings" },
  { matches: /^(|unexpected status|unable to (get last line|open) .*)$/, outcome: "unknown" },
];
