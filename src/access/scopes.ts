import type { AccessClass } from "../schema/operation.ts";

/** OAuth scopes by what they let a caller do; a stronger one includes the weaker (`proxmox.admin` is apart). */
const SCOPES: readonly { scope: string; classes: readonly AccessClass[] }[] = [
  { scope: "proxmox.read", classes: ["read"] },
  { scope: "proxmox.mutate", classes: ["read", "mutate", "destructive"] },
  { scope: "proxmox.escape", classes: ["read", "mutate", "destructive", "escape"] },
];

/** The weakest scope that lets a call of this class pass. */
export function scopeFor(needed: AccessClass): string {
  return SCOPES.find(({ classes }) => classes.includes(needed))!.scope;
}

/** Whether a caller with these scopes may make such a call; a caller without scopes came by a transport that has none. */
export function hasScope(needed: AccessClass, held: readonly string[] | undefined): boolean {
  return held === undefined || SCOPES.some(({ scope, classes }) => held.includes(scope) && classes.includes(needed));
}
