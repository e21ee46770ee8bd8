import { having, present } from "../../validate/pattern.ts";
import { MARK } from "../guests.ts";
import type { LiveScenarios } from "../stage.ts";

const NO_SSH = "no SSH identity";

/** Storages, backups, commands of nodes, and the jobs that all of them start. */
export const storageAndJobs: LiveScenarios = {
  async proxmox_storage_download_url({ call, fails, site, need }) {
    const url = need(site.downloadUrl, "no PROXMOX_LIVE_DOWNLOAD_URL");
    const storage = need(site.storages.iso, "no storage for ISO images");
    const file = { url, content: "iso", storage, node: site.node, filename: `${MARK}.iso` };
    await call(file, { volume: `${storage}:iso/${MARK}.iso`, job: { type: "download", state: "ok" } });
    await fails(file, "already-exists");
  },
  async proxmox_cloud_init_snippet_put({ call, site, need }) {
    if (!site.ssh) need(undefined, NO_SSH);
    const storage = need(site.storages.snippets, "no storage for snippets");
    await call(
      { volume: `${storage}:snippets/${MARK}.yaml`, content: "#cloud-config\n" },
      { nodes: having(site.node) },
    );
  },
  async proxmox_cloud_init_snippet_get({ call, use, site, need }) {
    if (!site.ssh) need(undefined, NO_SSH);
    const storage = need(site.storages.snippets, "no storage for snippets");
    const volume = `${storage}:snippets/${MARK}.yaml`;
    const { rows } = await use("proxmox_cloud_init_snippet_list", { fields: ["volume", "node"] });
    const [, node] = (rows as [string, string?][]).find(([one]) => one === volume) ?? [];
    await call({ volume, ...(node ? { node } : {}) }, { content: "#cloud-config\n", size: 14 });
  },
  async proxmox_cloud_init_snippet_delete({ confirmed, site, need }) {
    if (!site.ssh) need(undefined, NO_SSH);
    const storage = need(site.storages.snippets, "no storage for snippets");
    await confirmed({ volume: `${storage}:snippets/${MARK}.yaml` });
  },
  async proxmox_cli_run({ confirmed, fails, site, need }) {
    if (!site.ssh && !(site.console && site.nodeCommands)) need(undefined, NO_SSH);
    await confirmed(
      { family: "pvesh", node: site.node, args: ["get", "/version"] },
      { exitcode: 0, data: { release: present } },
    );
    await fails({ family: "qm", node: site.node, args: ["destroy", "100"] }, "policy-denied");
  },
  async proxmox_node_terminal_run({ confirmed, site, need }) {
    if (!site.nodeCommands) need(undefined, "PROXMOX_LIVE_NODE_COMMANDS is not 1");
    if (!site.ssh && !site.console) need(undefined, `${NO_SSH}, and no login for consoles`);
    const says = { command: "cat; echo grüße", stdin: "é\n" };
    await confirmed({ node: site.node, ...says }, { exitcode: 0, stdout: "é\ngrüße\n" });
  },
  async proxmox_backup_start({ call, site, need }) {
    const storage = need(site.storages.backup, "no storage for backups");
    await call(
      { vmids: [site.guests.vm], storage, notes: MARK },
      { guests: [{ vmid: site.guests.vm, state: "saved" }] },
    );
  },
  async proxmox_api_search({ call }) {
    await call(
      { query: "resize a disk" },
      { rows: (rows: unknown[][]) => rows.some(([id]) => /resize$/.test(String(id))) },
    );
  },
  async proxmox_api_describe({ call }) {
    await call({ call: "POST /nodes/{node}/qemu/{vmid}/clone" }, { class: "mutate", required: { newid: present } });
  },
  async proxmox_api_read({ call, site }) {
    await call(
      { path: "/nodes", filter: { node: site.node } },
      { operation: "GET /nodes", data: having({ node: site.node }) },
    );
  },
  async proxmox_api_write({ call, confirmed, site }) {
    const { spare: vmid } = site.guests;
    const path = `/nodes/${site.node}/qemu`;
    await call({ method: "POST", path, params: { vmid, name: `${MARK}-spare`, tags: MARK } }, { job: { state: "ok" } });
    await confirmed({ method: "DELETE", path: `${path}/${vmid}` }, { job: { state: "ok" } });
  },
  async proxmox_script_run({ call, site }) {
    const at = JSON.stringify({ node: site.node, vmid: site.guests.vm });
    await call(
      { script: "return (await pve.getNodes()).map(({ node }) => node);" },
      { data: having(site.node), calls: 1 },
    );
    await call(
      { script: `await pve.putNodesQemuConfig({ ...${at}, description: "scripted" }); return "done";` },
      { data: "done" },
    );
  },
  async proxmox_api_call({ call, fails, site }) {
    const config = { method: "PUT", path: `/nodes/${site.node}/qemu/${site.guests.vm}/config` };
    await call({ method: "GET", path: "/version" }, { data: { release: present } });
    await call({ ...config, params: { description: `${MARK} again` } }, { operation: having("PUT") });
    await fails({ method: "GET", path: "/nodez" }, "unknown-path");
    const stranger = site.strangers[0];
    if (stranger === undefined) return;
    const path = `/nodes/${site.node}/${stranger.type}/${stranger.vmid}/status/stop`;
    await fails({ method: "POST", path }, "policy-denied");
  },
  async job_list({ call, use, site }) {
    const { job } = await use("proxmox_vm_action", { vmid: site.guests.vm, action: "start" });
    await call({ fields: ["job"] }, { rows: having([job.id]) });
  },
  async job_get({ call, use, fails, site }) {
    const { job } = await use("proxmox_vm_action", { vmid: site.guests.vm, action: "suspend" });
    await call({ id: job.id }, { job: { id: job.id, state: "ok" } });
    await fails({ id: `${job.id}x` }, "unknown-job");
  },
  async job_wait({ call, use, site }) {
    const { job } = await use("proxmox_vm_action", { vmid: site.guests.vm, action: "resume", waitSeconds: 0 });
    await call({ id: job.id }, { job: { state: "ok" } });
  },
  async job_logs({ call, use, site }) {
    const { rows } = await use("job_list", { fields: ["job"] });
    await call({ id: rows[0][0] }, { state: present });
    await use("proxmox_node_action", { node: site.node, action: "startall", vmids: [site.guests.vm], force: true });
  },
  async job_cancel({ call, use, site }) {
    // Nothing is in the VM that would hear of a shutdown; where something is, it may be over before it can be stopped.
    const ended = (outcome: unknown) => outcome === "stopped" || outcome === "already-ended";
    const { job } = await use("proxmox_vm_action", { vmid: site.guests.vm, action: "shutdown", waitSeconds: 0 });
    await call({ id: job.id }, { outcome: ended });
  },
};
