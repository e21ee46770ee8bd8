import type { Findings } from "./check.ts";

const WARN_MS = 60_000;
/** From here on the nodes' own tickets break (pve-facts 39). */
const FAIL_MS = 300_000;

/** Compares an endpoint's clock with this machine's; milliseconds, positive when the endpoint is ahead. */
export function checkClock(endpoint: string, skewMs: number | undefined, findings: Findings): void {
  if (skewMs === undefined) return;
  const off = Math.abs(skewMs);
  const data = { endpoint, skewMs };
  if (off <= WARN_MS) {
    findings.add("ok", "clock", `${endpoint} and this machine differ by less than a minute.`, { data });
    return;
  }
  findings.add(
    off > FAIL_MS ? "fail" : "warn",
    "clock",
    `The clock of ${endpoint} is ${duration(off)} ${skewMs > 0 ? "ahead of" : "behind"} this machine's.`,
    {
      next: `Set the one that is wrong (chronyc tracking on the node, timedatectl here). From five minutes on, logins, tickets and certificates fail${off > FAIL_MS ? "" : "; times in answers are off already"}.`,
      data,
    },
  );
}

function duration(ms: number): string {
  const seconds = Math.round(ms / 1000);
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.round(minutes / 60)} h`;
}
