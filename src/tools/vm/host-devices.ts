import * as z from "zod";
import { ProxmoxMcpError } from "../../errors/index.ts";
import { parameterFact } from "../../pve/wire-facts.ts";
import { type Keys, PropertyStringError, parsePropertyString, propertyKeys } from "../../schema/property-string.ts";
import type { ToolCluster, ToolContext } from "../context.ts";
import { ArgumentError } from "../errors.ts";
import type { CurrentConfig } from "./config-edit.ts";

/** The caller asks for what only root may do to be done as root. */
export const overSsh = z.boolean().default(false).describe("By qm as root, for a device by address");

/** Devices that a VM can have. */
const SLOTS = 16;

/** No API token may give a VM a device by its address (pve-facts 37). */
export class RawDeviceError extends ProxmoxMcpError {
  constructor(what: string, next: string) {
    super({
      code: "needs-root",
      message: `${what} names a device of the host by its address, which only root@pam itself may do, and no API token is that. Nothing was sent.`,
      next,
    });
  }
}

/** How such a change is made all the same: by this server over SSH, where it may, or by a person. */
export function rootWay({ server }: ToolContext, { hosts, ownWays }: ToolCluster, command: string): string {
  const ceiling = server.config.access === "escape" ? undefined : "raise PROXMOX_MCP_ACCESS to escape";
  const own = ownWays
    ? "set PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH"
    : "set ssh: true in your entry of PROXMOX_MCP_IDENTITIES_FILE";
  const identity = hosts === undefined ? own : undefined;
  const missing = [ceiling, identity].filter((one) => one !== undefined);
  return missing.length === 0
    ? `With overSsh true this server does it as root on the node (${command}), once a person has confirmed it.`
    : `A person can do it as root on the node: ${command}; or let the operator ${missing.join(" and ")}, and call again with overSsh true.`;
}

function keysOf(): Keys {
  return propertyKeys(parameterFact("POST /nodes/{node}/qemu/{vmid}/config", "hostpci0", {})!)!;
}

/** The host devices of a configuration by their option, those that can be read. */
export function hostDevices(config: CurrentConfig): Map<string, Readonly<Record<string, string>>> {
  const found = new Map<string, Readonly<Record<string, string>>>();
  for (const [key, text] of Object.entries(config)) {
    if (!/^hostpci\d+$/.test(key)) continue;
    try {
      found.set(key, parsePropertyString(keysOf(), text));
    } catch (error) {
      if (!(error instanceof PropertyStringError)) throw error;
      found.set(key, {});
    }
  }
  return found;
}

/** The option for a new device: the one asked for, if it is free, or the first free one. */
export function freeSlot(index: number | undefined, current: CurrentConfig, inForce: ReadonlySet<string>): string {
  if (index !== undefined) {
    const key = `hostpci${index}`;
    if (current[key] === undefined) return key;
    throw new ArgumentError(
      "index",
      `is taken: ${key} is ${current[key]}`,
      "Leave index out for the first free one; proxmox_vm_update_config changes the options of a device.",
    );
  }
  for (let slot = 0; slot < SLOTS; slot++) {
    const key = `hostpci${slot}`;
    if (current[key] === undefined && !inForce.has(key)) return key;
  }
  throw new ArgumentError("index", `is missing, and all ${SLOTS} are taken`, "Detach a device first.");
}
