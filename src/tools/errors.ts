import { ProxmoxMcpError } from "../errors/index.ts";
import { nearest } from "../schema/nearest.ts";

/** The input names no configured cluster. */
export class UnknownClusterError extends ProxmoxMcpError {
  constructor(given: string | undefined, known: readonly string[]) {
    super({
      code: "unknown-cluster",
      message:
        given === undefined
          ? "Several clusters are configured, so the call must name one."
          : `No cluster ${JSON.stringify(given)} is configured.`,
      next: `Set cluster to one of: ${known.join(", ")}.`,
      data: { clusters: known },
    });
  }
}

/** No guest that this token can see has that id or name. */
export class UnknownGuestError extends ProxmoxMcpError {
  constructor(given: string, cluster: string, names: readonly string[]) {
    const [near] = /^\d+$/.test(given) ? [] : nearest(given, names);
    super({
      code: "unknown-guest",
      message: `No guest ${JSON.stringify(given)} is visible to this token on cluster ${cluster}.`,
      next: near
        ? `Did you mean ${JSON.stringify(near)}? proxmox_vm_list and proxmox_lxc_list show what there is.`
        : "proxmox_vm_list and proxmox_lxc_list show what there is; a token without VM.Audit on the guest does not see it.",
      data: { guest: given, ...(near ? { nearest: near } : {}) },
    });
  }
}

/** A cluster did not answer, so that it may have a guest of that id or name too. */
export class GuestSearchError extends ProxmoxMcpError {
  constructor(given: string, cluster: string, reason: string, clusters: readonly string[]) {
    super({
      code: "guest-search-incomplete",
      message: `Cluster ${cluster} did not answer, so guest ${JSON.stringify(given)} may be there too (${reason}).`,
      next: `Set cluster to the one that is meant: ${clusters.join(", ")}.`,
      data: { guest: given, cluster, clusters },
    });
  }
}

/** Candidates that an error names. */
const CANDIDATES = 20;

/** Several guests carry the name, or several clusters have the vmid. */
export class AmbiguousGuestError extends ProxmoxMcpError {
  constructor(
    given: string,
    candidates: readonly { cluster?: string; vmid: number; type: string; node: string; status?: string }[],
  ) {
    const several = candidates.some((one) => one.cluster !== undefined);
    const shown = candidates.slice(0, CANDIDATES);
    const list = shown.map(
      (one) => `${one.vmid} (${one.type} on ${one.node}${one.cluster === undefined ? "" : `, cluster ${one.cluster}`})`,
    );
    super({
      code: "ambiguous-guest",
      message: `${candidates.length} guests are meant by ${JSON.stringify(given)}.`,
      next: `Give ${several ? "cluster and vmid" : "the vmid instead"}: ${list.join(", ")}.`,
      data: { candidates: shown.map((one) => ({ ...one })), total: candidates.length },
    });
  }
}

/** The guest is a container where a VM is wanted, or the other way round. */
export class WrongGuestKindError extends ProxmoxMcpError {
  constructor(vmid: number, name: string | undefined, is: "qemu" | "lxc", tool: string) {
    const kind = is === "qemu" ? "a virtual machine" : "a container";
    const other = is === "qemu" ? tool.replace("_lxc_", "_vm_") : tool.replace("_vm_", "_lxc_");
    super({
      code: "wrong-guest-kind",
      message: `Guest ${vmid}${name ? ` (${name})` : ""} is ${kind}.`,
      next: `Call ${other} instead.`,
      data: { vmid, ...(name ? { name } : {}), type: is, tool: other },
    });
  }
}

/** An argument that the schema lets through and the situation does not. */
export class ArgumentError extends ProxmoxMcpError {
  constructor(argument: string, fault: string, next: string) {
    super({ code: "invalid-argument", message: `${argument} ${fault}.`, next, data: { argument } });
  }
}

/** The API has no operation of that method and path. */
export class UnknownPathError extends ProxmoxMcpError {
  constructor(method: string, path: string, near: readonly string[]) {
    super({
      code: "unknown-path",
      message: `The Proxmox VE API has no operation ${method} ${path}. Nothing was sent.`,
      next: near.length > 0 ? `Nearest known: ${near.join(", ")}.` : "Check the path in the API documentation.",
      data: { method, path, nearest: near },
    });
  }
}

/** A request that the tool would make does not fit the API schema. */
export class ParametersError extends ProxmoxMcpError {
  constructor(operation: string, errors: Readonly<Record<string, string>>) {
    const faults = Object.entries(errors).map(([name, fault]) => `${name}: ${fault}`);
    super({
      code: "invalid-parameters",
      message: `${operation} would be refused: ${faults.join("; ")}. Nothing was sent.`,
      next: "Correct them and call again.",
      data: { operation, errors },
    });
  }
}
