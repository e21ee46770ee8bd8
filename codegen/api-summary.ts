import { permissionText } from "./inventory.ts";
import type { OperationIr, SchemaIr } from "./ir.ts";

/** `docs/proxmox/api-summary.json`: every operation on a line of its own, for people and programs that look one up. */
export function emitApiSummary({ version, versions, operations, removed }: SchemaIr): string {
  const rows = [...operations, ...removed].map((one) => `    ${JSON.stringify(rowOf(one))}`);
  return [
    "{",
    `  "note": "Made by npm run codegen; do not edit.",`,
    `  "version": ${JSON.stringify(version)},`,
    `  "versions": ${JSON.stringify(versions)},`,
    `  "operations": [`,
    rows.join(",\n"),
    "  ]",
    "}\n",
  ].join("\n");
}

function rowOf({ method, path, summary, class: access, since, until, permissions, flags }: OperationIr): object {
  return {
    method,
    path,
    summary,
    class: access,
    ...(since === undefined ? {} : { since }),
    ...(until === undefined ? {} : { until }),
    needs: permissionText(permissions),
    ...(flags.task ? { task: true } : {}),
    ...(flags.noToken ? { noToken: true } : {}),
  };
}
