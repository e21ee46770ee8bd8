import type { ResourceKind } from "./kind.ts";

/** What the official schema says of one API operation; nothing is asked of a host. */
export const operationSchema: ResourceKind = {
  template: "proxmox://schema/{operation}",
  name: "schema",
  title: "Schema of an API operation",
  description:
    "Parameters, property-string grammar, returns, privileges, class and versions of one operation of proxmox_api_call, e.g. POST /nodes/{node}/qemu, percent-encoded.",
  mimeType: "application/json",
  async read(_, { operation }) {
    // The facts of all operations are large.
    const { describeOperation } = await import("../../tools/api/describe-operation.ts");
    const found = await describeOperation(operation!);
    return found && { mimeType: "application/json", text: JSON.stringify(found) };
  },
};
