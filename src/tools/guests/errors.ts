import { ProxmoxMcpError } from "../../errors/index.ts";

/** The guest is an ordinary VM where a template is wanted. */
export class NotATemplateError extends ProxmoxMcpError {
  constructor(vmid: number, name: string | undefined) {
    super({
      code: "not-a-template",
      message: `VM ${vmid}${name ? ` (${name})` : ""} is not a template.`,
      next: "proxmox_vm_template_list shows the templates; proxmox_vm_get shows an ordinary VM.",
      data: { vmid },
    });
  }
}

/** Something about a guest that keeps an action from being taken, and the way out of it. */
export interface Obstacle {
  /** Stable machine name. */
  reason: "running" | "locked" | "protected" | "ha-managed" | "replicated" | "snapshots" | "linked-clones";
  /** What is so, to follow "it". */
  is: string;
  wayOut: string;
}

/** Names that one obstacle lists. */
const LISTED = 20;

/** The first names of a list, and how many more there are. */
export function listed(names: readonly (string | number)[]): string {
  const rest = names.length - LISTED;
  return `${names.slice(0, LISTED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

/** A guest is in a state in which the host would refuse the action, or in which taking it would do harm. */
export class ObstacleError extends ProxmoxMcpError {
  constructor(vmid: number, name: string | undefined, action: string, obstacles: readonly Obstacle[]) {
    super({
      code: "guest-not-ready",
      message: `VM ${vmid}${name ? ` (${name})` : ""} cannot be ${action}: ${obstacles.map(({ is }) => `it ${is}`).join("; ")}. Nothing was sent.`,
      next: obstacles.map(({ wayOut }) => wayOut).join(" "),
      data: { vmid, obstacles: obstacles.map(({ reason }) => reason), problems: obstacles.map(({ is }) => is) },
    });
  }
}

/** A step that leads to the same end as a refused call, as another call. */
export interface Step {
  tool: string;
  arguments: Readonly<Record<string, unknown>>;
}

/** The clone cannot be made on that node directly (pve-facts 61). */
export class CloneTargetError extends ProxmoxMcpError {
  constructor(target: string, source: string, because: string, steps: readonly Step[]) {
    super({
      code: "clone-target",
      message: `The clone cannot be made on ${target} directly: ${because}. Nothing was sent.`,
      next: `In two steps: a full clone on ${source} (leave target out), then its migration to ${target} with its local disks; data.steps has both calls. A local ISO in its drive has to be ejected in between.`,
      data: { target, steps: steps.map((step) => ({ ...step })) },
    });
  }
}
