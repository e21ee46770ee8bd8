import inventory from "../../../generated/module-inventory.json" with { type: "json" };
import type { AccessClass, OperationId } from "../../schema/operation.ts";
import type { Usage } from "./needs.ts";

/** The operations that typed tools send, as the module inventory has them. */
export function typedUsages(): Usage[] {
  return inventory.groups.flatMap(({ rows }) =>
    rows
      .filter(({ tools }) => tools.length > 0)
      .map((row) => ({ operation: row.id as OperationId, class: row.class as AccessClass, tools: row.tools })),
  );
}
