import type { Config } from "../config/index.ts";
import { type Credentials, guestIdentity, secretTexts } from "../secrets/index.ts";
import type { Findings } from "./check.ts";
import { nextOf, reason } from "./nodes.ts";

/** Whether each entry of the table of guests has a key that can be used, and host keys to compare with; connects to none. */
export async function checkGuests(
  { guests, clusters }: Pick<Config, "guests" | "clusters">,
  credentials: Credentials,
  keep: (secret: string) => void,
  findings: Findings,
): Promise<void> {
  const usable: string[] = [];
  for (const entry of guests) {
    const cluster = entry.cluster ?? clusters[0]!.name;
    const data = { cluster, entry: entry.place };
    try {
      const identity = await guestIdentity(credentials, cluster, entry);
      if (identity) for (const text of secretTexts(identity)) keep(text);
      const lacks = identity === undefined ? "SSH identity" : identity.expectedHostKeys.length === 0 ? "host key" : "";
      if (lacks === "") usable.push(entry.place);
      else {
        const field = lacks === "host key" ? "hostKeys" : "keyFile or secretName";
        const next = `Set ${field} of ${entry.place} in PROXMOX_SHELL_SSH_GUESTS_FILE.`;
        findings.add("warn", "guests", `No ${lacks} is configured for ${entry.place}: nobody is logged in there.`, {
          next,
          data,
        });
      }
    } catch (error) {
      findings.add("warn", "guests", reason(error), { ...nextOf(error), data });
    }
  }
  if (usable.length === 0) return;
  const count = usable.length === 1 ? "1 entry has" : `${usable.length} entries have`;
  findings.add("ok", "guests", `${count} a key and host keys to compare with.`, { data: { entries: usable } });
}
