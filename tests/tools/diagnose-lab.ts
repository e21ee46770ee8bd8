import { expect } from "vitest";
import type { FaultByName, Lab } from "../../src/lab/index.ts";
import type { LabGuest } from "../../src/lab/state/types.ts";
import type { LabTask } from "../../src/lab/tasks.ts";
import { TOOL_MODULES, type ToolModule } from "../../src/tools/registry.ts";
import type { Session, ToolOutcome } from "../support/session.ts";
import { requestsOf } from "./rows.ts";

export interface Found {
  data: ToolOutcome["data"];
  text: string;
  error: ToolOutcome["error"];
  /** `severity cause`, in order. */
  causes: string[];
  requests: string[];
}

/** A next call names a tool that there is, with arguments that it takes. */
export async function expectCallable(next: { tool: string; arguments: Record<string, unknown> }): Promise<void> {
  expect(Object.keys(TOOL_MODULES)).toContain(next.tool);
  const load = (TOOL_MODULES as Record<string, ToolModule>)[next.tool]!;
  const parsed = (await load()).default.input.safeParse(next.arguments);
  expect(parsed.error?.issues ?? [], `${next.tool} ${JSON.stringify(next.arguments)}`).toEqual([]);
}

/** Most requests that one diagnosis may cost. */
const MOST = 13;

/** Diagnoses, and holds every answer to what all of them promise: few reads, none about others, calls that can be made. */
export async function diagnosed(
  session: Session & { lab: Lab },
  vmid: number | string,
  tool = "proxmox_vm_boot_diagnose",
): Promise<Found> {
  const { lab } = session;
  const { result, requests } = await requestsOf(lab, () => session.call(tool, { vmid }));
  const { data, text, error } = result;
  if (error) return { data, text, error, causes: [], requests };
  expect(JSON.parse(text)).toEqual(data);
  expect(text.length).toBeLessThan(9000);
  expect(requests.length).toBeLessThanOrEqual(MOST);
  for (const request of requests) {
    expect(request).toMatch(/^GET |^POST \/nodes\/[^/]+\/qemu\/\d+\/agent\/ping$/);
    const other = /\/(?:qemu|lxc)\/(\d+)/.exec(request)?.[1];
    if (other !== undefined) expect(other).toBe(String(data.vmid));
  }
  for (const { next, evidence, what } of data.causes) {
    await expectCallable(next);
    expect(what).not.toBe("");
    expect(evidence.length).toBeGreaterThan(0);
  }
  const causes = data.causes.map((one: { severity: string; cause: string }) => `${one.severity} ${one.cause}`);
  return { data, text, error, causes, requests };
}

/** Plants a fault in a lab for one test, and takes it out again. */
export class Plants {
  readonly #lab: () => Lab;
  readonly #undo: (() => void)[] = [];

  constructor(lab: () => Lab) {
    this.#lab = lab;
  }

  guest(vmid: number): LabGuest {
    const lab = this.#lab();
    const guest = lab.state.guests.get(vmid)!;
    const before = {
      ...guest,
      config: { ...guest.config },
      pending: { ...guest.pending },
      traits: { ...guest.traits },
    };
    this.#undo.push(() => {
      Object.assign(guest, before);
      lab.state.touch(guest);
    });
    return guest;
  }

  /** Changes a guest's configuration; null takes a key out. */
  config(vmid: number, change: Record<string, string | number | null>): LabGuest {
    const guest = this.guest(vmid);
    for (const [key, value] of Object.entries(change)) {
      if (value === null) delete guest.config[key];
      else guest.config[key] = value;
    }
    this.#lab().state.touch(guest);
    return guest;
  }

  fault(fault: FaultByName): void {
    this.#undo.push(this.#lab().faults.add(fault));
  }

  without(volid: string): void {
    const { volumes } = this.#lab().state;
    const volume = volumes.get(volid)!;
    volumes.delete(volid);
    this.#undo.push(() => volumes.set(volid, volume));
  }

  /** A task that runs until the test is over. */
  running(type: string, id: string, node = "pve1"): LabTask {
    const { tasks } = this.#lab().state;
    const task = tasks.start({ node, type, id, user: "root@pam", weight: 100_000 });
    task.visibleAt = 0;
    this.#undo.push(() => tasks.forget(task.upid));
    return task;
  }

  /** A task of the past. */
  ended(type: string, id: string, status: string, log: string[] = [], node = "pve1"): LabTask {
    const { tasks } = this.#lab().state;
    const task = tasks.record({ node, type, id, user: "root@pam" }, Date.now() - 60_000, 2, status, log);
    this.#undo.push(() => tasks.forget(task.upid));
    return task;
  }

  do(work: () => () => void): void {
    this.#undo.push(work());
  }

  clear(): void {
    for (const undo of this.#undo.splice(0).reverse()) undo();
    const { tasks } = this.#lab().state;
    for (const { upid, type, id } of [...tasks.all()])
      if (/^(?:qmstart|hastart)$/.test(type) && id !== "101") tasks.forget(upid);
  }
}
