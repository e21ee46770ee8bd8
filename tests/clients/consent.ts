import { type Client, DOOMED } from "./client.ts";
import type { Action } from "./models/model.ts";
import { withSession } from "./session.ts";

/** Has a person type a name into the server's question in the client, and says what is not as it should be. */
export function consentFaults(
  client: Client,
  command: readonly string[],
  typed: string,
  http: boolean,
): Promise<string[]> {
  const steps: Action[] = [
    ...(client.search === undefined ? [] : [{ search: client.search }]),
    { call: "proxmox_vm_destroy", args: { vmid: DOOMED.vmid } },
  ];
  const script =
    () =>
    ({ results }: { results: readonly string[] }) =>
      steps[results.length] ?? { say: "done" };
  return withSession(
    client,
    command,
    { script, ...(http ? { server: "http" as const } : {}) },
    async ({ at, lab, model }) => {
      const shown = (await client.askWith?.(at, typed)) ?? "";
      const last = model.turns.at(-1)?.results.at(-1) ?? "";
      const faults: string[] = [];
      for (const part of ["(destructive)", `vmid=${DOOMED.vmid}`, "vm-101-disk-0", `Type ${DOOMED.name} to confirm`]) {
        if (!shown.includes(part)) faults.push(`the person is not shown ${part}: ${shown}`);
      }
      const gone = !lab.state.guests.has(DOOMED.vmid);
      if (gone !== (typed === DOOMED.name))
        faults.push(`the guest ${gone ? "was destroyed" : "is still there"}: ${last}`);
      if (!gone && !last.includes("plan-refused")) faults.push(`a wrong name gave ${last}`);
      return faults;
    },
  );
}
