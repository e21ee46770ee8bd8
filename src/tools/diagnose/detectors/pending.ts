import { type Detector, STAGE } from "../cause.ts";
import type { VmFacts } from "../facts.ts";
import { vmAction } from "../next-calls.ts";

/** Changes that a running VM has not taken yet. */
const pending: Detector<VmFacts> = (facts) => {
  const changes = facts.pending ?? [];
  if (!facts.run?.running) return undefined;
  if (changes.length === 0) return facts.pending ? { fine: "no pending changes" } : undefined;
  return {
    causes: [
      {
        cause: "changes-pending",
        severity: "info",
        stage: STAGE.pending,
        what: `${changes.length === 1 ? "A change waits" : `${changes.length} changes wait`} for the next start: ${changes
          .slice(0, 8)
          .map(({ key }) => key)
          .join(", ")}.`,
        evidence: changes.slice(0, 4).map(({ key, from, to }) => ({
          where: `pending ${key}`,
          says: `${from === undefined ? "not set" : String(from)} -> ${to === undefined ? "to be removed" : String(to)}`,
        })),
        next: vmAction(facts, "reboot", "A reboot from inside the guest does not apply them."),
      },
    ],
  };
};

/** What waits for the next start. */
export const pendingDetectors = { pending };
