import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openSession, type Session } from "../support/session.ts";

type Hints = [readOnly: boolean, destructive: boolean, idempotent: boolean, openWorld: boolean];

const READ: Hints = [true, false, true, false];
const MUTATE: Hints = [false, false, false, false];
const MUTATE_AGAIN: Hints = [false, false, true, false];
const DESTRUCTIVE: Hints = [false, true, false, false];
const ESCAPE: Hints = [false, true, false, true];

/** Every tool, and what its worst call can do. */
const TOOLS: readonly [string, Hints][] = [
  ["proxmox_inventory_overview", READ],
  ["proxmox_cluster_status", READ],
  ["proxmox_node_list", READ],
  ["proxmox_node_get", READ],
  ["proxmox_pci_mapping_list", READ],
  ["proxmox_pci_mapping_get", READ],
  ["proxmox_node_action", DESTRUCTIVE],
  ["proxmox_network_list", READ],
  ["proxmox_sdn_list", READ],
  ["proxmox_pci_mapping_create", MUTATE],
  ["proxmox_pci_mapping_update", MUTATE_AGAIN],
  ["proxmox_pci_mapping_delete", [false, true, true, false]],
  ["proxmox_firewall_get", READ],
  ["proxmox_user_list", READ],
  ["proxmox_ceph_status", READ],
  ["proxmox_vm_list", READ],
  ["proxmox_vm_get", READ],
  ["proxmox_vm_template_list", READ],
  ["proxmox_vm_template_get", READ],
  ["proxmox_vm_action", DESTRUCTIVE],
  ["proxmox_vm_agent_ping", READ],
  ["proxmox_vm_agent_info", READ],
  ["proxmox_vm_clone", MUTATE],
  ["proxmox_vm_convert_to_template", [false, true, true, false]],
  ["proxmox_vm_destroy", DESTRUCTIVE],
  ["proxmox_vm_create", MUTATE],
  ["proxmox_vm_update_config", [false, true, true, false]],
  ["proxmox_vm_cloud_init_dump", READ],
  ["proxmox_vm_boot_diagnose", READ],
  ["proxmox_vm_guest_agent_diagnose", READ],
  ["proxmox_vm_guest_exec", ESCAPE],
  ["proxmox_vm_pci_attach", MUTATE],
  ["proxmox_vm_pci_detach", MUTATE_AGAIN],
  ["proxmox_lxc_list", READ],
  ["proxmox_lxc_get", READ],
  ["proxmox_lxc_action", DESTRUCTIVE],
  ["proxmox_storage_list", READ],
  ["proxmox_storage_get", READ],
  ["proxmox_storage_download_url", MUTATE],
  ["proxmox_cloud_init_snippet_list", READ],
  ["proxmox_cloud_init_snippet_get", READ],
  ["proxmox_cloud_init_snippet_put", MUTATE_AGAIN],
  ["proxmox_cloud_init_snippet_delete", [false, true, true, false]],
  ["proxmox_backup_start", MUTATE],
  ["proxmox_backup_jobs", READ],
  ["proxmox_task_list", READ],
  ["proxmox_task_get", READ],
  ["proxmox_capabilities", READ],
  ["proxmox_console_ticket", ESCAPE],
  ["proxmox_cli_run", ESCAPE],
  ["proxmox_node_terminal_run", ESCAPE],
  ["proxmox_shell_run", ESCAPE],
  ["proxmox_file_read", [false, true, true, true]],
  ["proxmox_file_write", [false, true, true, true]],
  ["proxmox_bootstrap_node_access", ESCAPE],
  ["proxmox_api_call", ESCAPE],
  ["proxmox_api_search", READ],
  ["proxmox_api_describe", READ],
  ["proxmox_api_read", READ],
  ["proxmox_api_write", ESCAPE],
  ["proxmox_script_run", MUTATE],
  ["job_list", READ],
  ["job_get", READ],
  ["job_wait", READ],
  ["job_cancel", MUTATE_AGAIN],
  ["job_logs", READ],
];

// biome-ignore lint/suspicious/noExplicitAny: a schema is looked at in many ways here
type Listed = { name: string; [key: string]: any };

/** Every object schema in a schema, with its place. */
function objectSchemas(schema: unknown, at = "input"): { at: string; schema: Record<string, unknown> }[] {
  if (typeof schema !== "object" || schema === null) return [];
  const inner = Object.entries(schema).flatMap(([key, value]) => objectSchemas(value, `${at}.${key}`));
  return "properties" in schema ? [{ at, schema: schema as Record<string, unknown> }, ...inner] : inner;
}

describe("the listed tools", () => {
  let session: Session;
  let listed: Listed[];
  beforeAll(async () => {
    session = await openSession({ PROXMOX_MCP_SCRIPTS: "read" });
    listed = (await session.listTools()) as Listed[];
  });
  afterAll(() => session?.close());
  const tool = (name: string): Listed => listed.find((one) => one.name === name)!;

  test("are these, and no others", () => {
    expect(listed.map(({ name }) => name).sort()).toEqual(TOOLS.map(([name]) => name).sort());
  });

  test.each(TOOLS)("%s has all four annotations, right for its class", (name, hints) => {
    const [readOnlyHint, destructiveHint, idempotentHint, openWorldHint] = hints;
    expect(tool(name).annotations).toEqual({ readOnlyHint, destructiveHint, idempotentHint, openWorldHint });
  });

  test.each(TOOLS)("%s has a title, and a description whose first sentence stands alone", (name) => {
    const { title, description } = tool(name);
    expect(title).toMatch(/^\S.{3,60}$/);
    const [first] = /^.*?[.](?= |$)/.exec(description) ?? [""];
    expect(first.length).toBeGreaterThan(20);
    expect(first.length).toBeLessThan(200);
    expect(first).not.toMatch(/\b(this tool|see above|as above)\b/i);
  });

  test.each(TOOLS)("%s has strict input, and an output schema of an object", (name) => {
    const { inputSchema, outputSchema } = tool(name);
    expect(inputSchema).toMatchObject({ type: "object" });
    for (const { at, schema } of objectSchemas(inputSchema)) {
      expect([at, schema.additionalProperties]).toEqual([at, false]);
    }
    expect(outputSchema).toMatchObject({ type: "object", properties: expect.any(Object) });
  });

  test("do not include one that is not there", async () => {
    await expect(session.call("proxmox_vm_lsit")).rejects.toThrow(/Unknown tool: proxmox_vm_lsit/);
  });

  test("are listed without a request and without a line in the record", async () => {
    expect(await session.record()).toEqual([]);
  });
});
