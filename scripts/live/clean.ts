import type { Session } from "../../tests/support/session.ts";
import { MARK, type Range } from "./guests.ts";

type Row = Readonly<Record<string, unknown>>;
type Call = { method: string; path: string; params?: object };

/** Carries one call out, and confirms it where that is asked for; rejects with what the error says. */
async function callApi(session: Session, call: Call): Promise<unknown> {
  return (await answerOf(session, { ...call, waitSeconds: 300 })).data;
}

/** The rows of a list, by a path of the API; a long one is read in parts. */
export async function readRows(session: Session, path: string, params: object = {}): Promise<readonly Row[]> {
  const rows: Row[] = [];
  for (;;) {
    const { data, shown } = await answerOf(session, { method: "GET", path, params, offset: rows.length });
    rows.push(...((data ?? []) as Row[]));
    if (shown === undefined || rows.length >= shown.of || shown.count === 0) return rows;
  }
}

interface Answer {
  data?: unknown;
  shown?: { count: number; of: number };
}

async function answerOf(session: Session, args: Record<string, unknown>): Promise<Answer> {
  let answer = await session.call("proxmox_api_call", args);
  if (answer.error?.code === "confirmation-required") {
    const { plan } = answer.error.data as { plan: { planId: string; confirm: string } };
    answer = await session.call("proxmox_api_call", { ...args, planId: plan.planId, confirm: plan.confirm });
  }
  if (answer.error) throw new Error(`${args.method} ${args.path}: ${answer.error.message} ${answer.error.next ?? ""}`);
  return answer.data as Answer;
}

/** Guests in the range: those of a run, which carry its mark, and others, which nobody may touch. */
export async function guestsInRange(session: Session, { first, last }: Range): Promise<{ own: Row[]; others: Row[] }> {
  const guests = (await readRows(session, "/cluster/resources", { type: "vm" })).filter(
    ({ vmid }) => Number(vmid) >= first && Number(vmid) <= last,
  );
  const isOwn = ({ tags }: Row) =>
    String(tags ?? "")
      .split(/[;, ]+/)
      .includes(MARK);
  return { own: guests.filter(isOwn), others: guests.filter((guest) => !isOwn(guest)) };
}

/** Removes all that runs have made, also those before; answers with what could not be removed, and why. */
export async function clean(session: Session, range: Range, say: (text: string) => void): Promise<string[]> {
  let left: string[] = [];
  const attempt = async (what: string, work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      say(`removed ${what}`);
    } catch (error) {
      left.push(`${what}: ${(error as Error).message}`);
    }
  };
  // Backups first: whose they are is known by the mark of their guests.
  for (const { node, storage, volid } of await volumesOf(session, range)) {
    const path = `/nodes/${node}/storage/${storage}/content/${volid}`;
    await attempt(`volume ${volid}`, () => callApi(session, { method: "DELETE", path }));
  }
  const before = left;
  // A template goes after its linked clones: what fails in the first round is tried once more.
  for (const _ of [1, 2]) {
    left = [...before];
    const { own } = await guestsInRange(session, range);
    for (const { vmid, type, node, status } of own.sort((a, b) => Number(b.vmid) - Number(a.vmid))) {
      const path = `/nodes/${node}/${type}/${vmid}`;
      await attempt(`guest ${vmid}`, async () => {
        if (status === "running") await callApi(session, { method: "POST", path: `${path}/status/stop` });
        await callApi(session, { method: "DELETE", path, params: { purge: 1 } });
      });
    }
    if (left.length === before.length) break;
  }
  const mappings = await readRows(session, "/cluster/mapping/pci");
  if (mappings.some(({ id }) => id === MARK)) {
    await attempt("the PCI mapping", () =>
      callApi(session, { method: "DELETE", path: `/cluster/mapping/pci/${MARK}` }),
    );
  }
  return left;
}

interface Volume {
  node: string;
  storage: string;
  volid: string;
}

/** Files under the mark's name, and backups of guests in the range that carry it as their note; each once. */
async function volumesOf(session: Session, { first, last }: Range): Promise<Volume[]> {
  const found = new Map<string, Volume>();
  const nodes = (await readRows(session, "/nodes")).filter(({ status }) => status === "online");
  for (const { node } of nodes) {
    for (const { storage, content, active, shared } of await readRows(session, `/nodes/${node}/storage`)) {
      if (Number(active) !== 1 || !/backup|iso|snippets/.test(String(content))) continue;
      for (const row of await readRows(session, `/nodes/${node}/storage/${storage}/content`)) {
        const volid = String(row.volid);
        const isFile = volid === `${storage}:iso/${MARK}.iso` || volid === `${storage}:snippets/${MARK}.yaml`;
        const vmid = Number(row.vmid);
        const isBackup = row.content === "backup" && vmid >= first && vmid <= last && row.notes === MARK;
        const key = Number(shared) === 1 ? volid : `${node} ${volid}`;
        if (isFile || isBackup) found.set(key, { node: String(node), storage: String(storage), volid });
      }
    }
  }
  return [...found.values()];
}
