import type { ResourceKind } from "./kind.ts";
import { jsonContent } from "./reading.ts";

/** What runs where, as proxmox_inventory_overview answers. */
export const inventory: ResourceKind = {
  template: "proxmox://inventory",
  name: "inventory",
  title: "Inventory",
  description: "What runs where, counted, with problems first: the answer of proxmox_inventory_overview.",
  mimeType: "application/json",
  async read(reader) {
    const { default: overview } = await import("../../tools/inventory/overview.ts");
    const { data } = await overview.run(reader.context("resource:inventory"), {});
    return jsonContent(reader, "inventory", data);
  },
};
