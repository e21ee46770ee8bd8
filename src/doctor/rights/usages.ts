import inventory from "../../../generated/module-inventory.json" with { type: "json" };
import type { AccessClass, OperationId } from "../../schema/operation.ts";
import type { Usage } from "./needs.ts";

/** Gives rights to others: what it needs is an administrator's, and nothing that any token is advised to be given. */
const FOR_ADMINISTRATORS = "proxmox_bootstrap_node_access";

/** The operations that typed tools send, as the module inventory has them. */
export function typedUsages(): Usage[] {
  return inventory.groups
    .flatMap(({ rows }) =>
      rows.map((row) => ({
        operation: row.id as OperationId,
        class: row.class as AccessClass,
        tools: row.tools.filter((tool) => tool !== FOR_ADMINISTRATORS),
      })),
    )
    .filter(({ tools }) => tools.length > 0);
}
