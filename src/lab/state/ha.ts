import { createHash } from "node:crypto";
import type { ClusterState } from "./cluster.ts";
import { shutDown, startContainer, startVm } from "./power.ts";
import { type Section, SectionConfig, splitList } from "./section-config.ts";
import type { HaResource, LabGuest } from "./types.ts";

/** What the HA manager knows beyond the resources themselves: rules, whether it watches, how it was told to pause. */
export class HaState {
  readonly rules = new SectionConfig();
  /** Before 9.0 only. */
  readonly groups = new SectionConfig();
  /** Rules are numbered in the order in which they were made. */
  readonly order = new Map<string, number>();
  /** The manager becomes active with the first resource, and stays so for a while. */
  used = false;
  disarmed: { mode: string; state: "disarming" | "disarmed" } | undefined;
  /** Configurations as they were given: what is not in them is left to defaults. */
  readonly #declared = new WeakMap<HaResource, Section>();

  declare(resource: HaResource, section: Section): void {
    this.#declared.set(resource, section);
  }

  /** A resource's configuration, with nothing that was not configured. */
  configured(resource: HaResource): Section {
    const declared = this.#declared.get(resource);
    if (!declared) {
      const { state: _, request, ...rest } = resource;
      return { ...rest, state: request };
    }
    const section: Section = { ...declared, sid: resource.sid, type: resource.type };
    if (section.state !== undefined || resource.request !== "started")
      section.state = section.state === "enabled" && resource.request === "started" ? "enabled" : resource.request;
    return section;
  }

  active(state: ClusterState): boolean {
    if (state.ha.size > 0) this.used = true;
    return this.used;
  }

  digest(state: ClusterState): string {
    const text = [...state.ha.values()].map((resource) => JSON.stringify(this.configured(resource))).join("\n");
    return createHash("sha1").update(text).digest("hex");
  }

  /** Takes a resource out of every rule; rules about nothing else go with it. */
  forget(sid: string): void {
    for (const id of this.rules.added) {
      const rule = this.rules.get(id)!;
      const others = splitList(rule.resources).filter((other) => other !== sid);
      if (others.length === 0) this.removeRule(id);
      else this.rules.set(id, { ...rule, resources: others.join(",") });
    }
  }

  removeRule(id: string): void {
    this.rules.delete(id);
    this.order.delete(id);
  }
}

/** The guest behind a resource, wherever it is. */
export function guestOf(state: ClusterState, sid: string): LabGuest | undefined {
  return state.guests.get(Number(sid.slice(sid.indexOf(":") + 1)));
}

function carryOut(state: ClusterState, guest: LabGuest, resource: HaResource, wanted: boolean): void {
  const prefix = guest.type === "qemu" ? "qm" : "vz";
  state.tasks.start({
    node: guest.node,
    type: `${prefix}${wanted ? "start" : "shutdown"}`,
    id: String(guest.vmid),
    user: "root@pam",
    weight: 1,
    work: (task) => {
      try {
        if (!wanted) return shutDown(state, guest, true);
        return guest.type === "qemu" ? startVm(state, guest, task) : startContainer(state, guest, task);
      } catch (error) {
        resource.state = "error";
        throw error;
      }
    },
  });
}

/** The manager does what was asked for some seconds later (pve-facts 89). */
export function followRequest(state: ClusterState, resource: HaResource): void {
  const wanted = resource.request;
  if (wanted === "ignored") {
    resource.state = "ignored";
    return;
  }
  if (resource.state === "error" && wanted !== "disabled") return;
  if (resource.state !== "queued") resource.state = wanted === "started" ? "starting" : "request_stop";
  state.timers.after(state.pace.haMs, () => {
    const guest = guestOf(state, resource.sid);
    if (state.ha.get(resource.sid) !== resource || resource.request !== wanted || !guest) return;
    if (state.datacenter.ha.disarmed) return;
    resource.state = wanted === "disabled" ? "stopped" : wanted;
    if (guest.running === (wanted === "started") || !state.nodes.get(guest.node)?.online) return;
    carryOut(state, guest, resource, wanted === "started");
  });
}

/** A migration or relocation that the manager was asked for; a node that it does not know it passes over. */
export function followMove(state: ClusterState, resource: HaResource, target: string, offline: boolean): void {
  state.timers.after(state.pace.haMs, () => {
    const guest = guestOf(state, resource.sid);
    if (state.ha.get(resource.sid) !== resource || !guest || guest.node === target) return;
    if (!state.nodes.get(target)?.online || state.datacenter.ha.disarmed) return;
    const before = resource.state;
    resource.state = offline ? "relocate" : "migrate";
    state.tasks.start({
      node: guest.node,
      type: guest.type === "qemu" ? "qmigrate" : "vzmigrate",
      id: String(guest.vmid),
      user: "root@pam",
      weight: 3,
      work: (task) => {
        task.log.push(`starting migration of ${guest.type === "qemu" ? "VM" : "CT"} ${guest.vmid} to node '${target}'`);
        guest.node = target;
        resource.state = before;
        return undefined;
      },
    });
  });
}
