import { afterAll, beforeAll, expect, test } from "vitest";
import type { LabGuest } from "../../src/lab/state/types.ts";
import { agreeing } from "../support/agreeing.ts";
import { openLabSession } from "../support/session.ts";
import { objects } from "../tools/rows.ts";

type Data = Record<string, unknown>;

// What docs/runbooks/ says, call by call in its order, with one server on one lab; each has guests of its own.
let session: Awaited<ReturnType<typeof openLabSession>>;
const guest = (vmid: number): LabGuest => session.lab.state.guests.get(vmid)!;
const GIB = 1_073_741_824;

beforeAll(async () => {
  session = await openLabSession({ seed: "medium", taskMs: 5 });
  // On the third node: a VM on local disks, one on shared storage with snapshots, one of HA, and a container.
  const { guests } = session.lab.state;
  const kept = new Set([110, 114, containerOn("pve3").vmid]);
  for (const { vmid, node } of guests.values()) if (node === "pve3" && !kept.has(vmid)) guests.delete(vmid);
  guest(107).node = "pve3";
});
afterAll(() => session?.close());

/** The first container of a node that runs and is not locked. */
function containerOn(where: string): LabGuest {
  return [...session.lab.state.guests.values()].find(
    ({ node, type, running, config }) => node === where && type === "lxc" && running && config.lock === undefined,
  )!;
}

test("node-evacuation: every guest moves, and runs as before", async () => {
  const { call, read, rows, write } = agreeing(session);
  const node = "pve3";
  const target = "pve2";
  const { vmid: container } = containerOn(node);
  expect(await call("proxmox_cluster_status")).toMatchObject({ standalone: false, quorate: true });
  const vms = await rows("proxmox_vm_list", { node, fields: ["vmid", "status", "hastate"] });
  expect(vms.map(({ vmid }) => vmid)).toEqual([107, 110, 114]);
  expect(vms[0]!.hastate).toBe("started");
  expect((await rows("proxmox_lxc_list", { node })).map(({ vmid }) => vmid)).toEqual([container]);
  expect(await rows("proxmox_vm_template_list", { node })).toEqual([]);
  expect(await rows("proxmox_task_list", { node, running: true })).toEqual([]);

  const checks = new Map<unknown, Data>();
  for (const { vmid } of vms) checks.set(vmid, await read(`/nodes/${node}/qemu/${vmid}/migrate`));
  expect(checks.get(110)).toMatchObject({ allowed_nodes: ["pve1", target], local_resources: [] });
  expect([...checks.values()].map(({ local_disks }) => (local_disks as object[]).length)).toEqual([0, 1, 0]);
  expect((await rows("proxmox_node_list")).length).toBe(3);

  const params = (vmid: unknown) => ({
    target,
    online: true,
    ...((checks.get(vmid)!.local_disks as object[]).length > 0 ? { "with-local-disks": true } : {}),
  });
  const { plan } = await write("POST", `/nodes/${node}/qemu/110/migrate`, params(110), { dryRun: true });
  expect(plan).toMatchObject({ class: "mutate", allowed: true, privileges: { held: true } });
  expect(guest(110).node).toBe(node);

  for (const { vmid } of vms) {
    const { job } = await write("POST", `/nodes/${node}/qemu/${vmid}/migrate`, params(vmid));
    expect(job).toMatchObject({ state: "ok", type: vmid === 107 ? "hamigrate" : "qmigrate" });
  }
  await write("POST", `/nodes/${node}/lxc/${container}/migrate`, { target, restart: true });
  // HA was only asked; it takes its time.
  await expect
    .poll(async () => (await read("/cluster/ha/status/current")).find(({ sid }: Data) => sid === "vm:107"))
    .toMatchObject({ node: target, state: "started" });
  for (const { vmid } of vms)
    expect(await call("proxmox_vm_get", { vmid })).toMatchObject({ node: target, status: "running" });
  expect(await call("proxmox_lxc_get", { vmid: container })).toMatchObject({ node: target, status: "running" });
  for (const list of ["proxmox_vm_list", "proxmox_lxc_list", "proxmox_vm_template_list"])
    expect(await call(list, { node })).toMatchObject({ total: 0 });

  // Undo: the same call, from the new node.
  await write("POST", `/nodes/${target}/qemu/114/migrate`, { target: node, online: true });
  expect(guest(114).node).toBe(node);
});

test.concurrent("restore-test: a VM's backup becomes a new VM, which is looked at and removed", async () => {
  const { call, confirmations, read, rows, write } = agreeing(session);
  const before = await call("proxmox_vm_get", { vmid: "web01" });
  await call("proxmox_backup_start", { vmids: ["web01"], storage: "nfs" });

  const stores = await rows("proxmox_storage_list", { content: "backup" });
  expect(new Set(stores.map(({ storage }) => storage))).toEqual(new Set(["local", "nfs"]));
  const found: Data[] = await read("/nodes/pve1/storage/nfs/content", { content: "backup", vmid: 100 });
  const [newest] = found.sort((a, b) => Number(b.ctime) - Number(a.ctime));
  const archive = newest!.volid;
  const saved = await read("/nodes/pve1/vzdump/extractconfig", { volume: archive });
  expect(saved).toMatch(/^net0: virtio=/m);
  expect(saved).toMatch(/^scsi0: local-lvm:vm-100-disk-0,size=64G$/m);
  expect(Number(await read("/cluster/nextid"))).toBeGreaterThan(99);

  const restore = { vmid: 9100, archive, storage: "nfs", unique: true, name: "restore-test-100" };
  const { plan } = await write("POST", "/nodes/pve1/qemu", restore, { dryRun: true });
  expect(plan).toMatchObject({ class: "mutate", allowed: true });
  expect(session.lab.state.guests.has(9100)).toBe(false);
  expect((await write("POST", "/nodes/pve1/qemu", restore)).job).toMatchObject({ state: "ok", type: "qmrestore" });
  await call("proxmox_vm_update_config", { vmid: 9100, config: { onboot: false, net0: { link_down: true } } });
  const copy = await call("proxmox_vm_get", { vmid: 9100 });
  expect(copy).toMatchObject({ name: "restore-test-100", status: "stopped", config: { onboot: false } });
  expect(copy.config.net0).toMatch(/link_down=1/);
  expect(copy.config.net0.split(",")[0]).not.toBe(before.config.net0.split(",")[0]);
  expect(copy.config.scsi0).toMatch(/^nfs:9100\/.*size=64G/);

  await call("proxmox_vm_action", { vmid: 9100, action: "start" });
  const { causes } = await call("proxmox_vm_boot_diagnose", { vmid: 9100 });
  expect(causes).toMatchObject([{ cause: "link-down", severity: "info" }]);
  expect(await call("proxmox_vm_agent_ping", { vmid: 9100 })).toMatchObject({ state: "answers" });
  const inside = async (vmid: unknown) => (await call("proxmox_vm_agent_info", { vmid })).filesystems.rows;
  expect((await inside(9100)).length).toBe((await inside("web01")).length);

  const asked = await confirmations(async () => {
    await call("proxmox_vm_action", { vmid: 9100, action: "stop" });
    await call("proxmox_vm_destroy", { vmid: 9100 });
  });
  expect(asked).toEqual(["proxmox_vm_action: restore-test-100", "proxmox_vm_destroy: restore-test-100"]);
  expect(session.lab.state.guests.has(9100)).toBe(false);
  expect([...session.lab.state.volumes.values()].filter(({ vmid }) => vmid === 9100)).toEqual([]);
  const after = await call("proxmox_vm_get", { vmid: "web01" });
  expect([after.digest, after.status, after.node]).toEqual([before.digest, before.status, before.node]);
});

test.concurrent("restore-test: a VMID that exists is refused, and a container is restored too", async () => {
  const { call, confirmations, read, write } = agreeing(session);
  const { vmid, node, config } = containerOn("pve1");
  await call("proxmox_backup_start", { vmids: [vmid], storage: "nfs" });
  const [backup] = await read(`/nodes/${node}/storage/nfs/content`, { content: "backup", vmid });
  const restore = { ostemplate: backup.volid, restore: true, storage: "nfs", unique: true };
  const path = `/nodes/${node}/lxc`;
  const { error } = await session.call("proxmox_api_write", {
    method: "POST",
    path,
    params: { ...restore, vmid: 100 },
  });
  expect(error!.message).toMatch(/already exists/);
  await write("POST", path, { ...restore, vmid: 9101, hostname: `restore-test-${vmid}` });
  await write("PUT", `${path}/9101/config`, {
    delete: Object.keys(config)
      .filter((key) => /^net\d/.test(key))
      .join(","),
  });
  const copy = await call("proxmox_lxc_get", { vmid: 9101 });
  expect(Object.keys(copy.config).filter((key) => /^net\d/.test(key))).toEqual([]);
  await call("proxmox_lxc_action", { vmid: 9101, action: "start" });
  const asked = await confirmations(async () => {
    await call("proxmox_lxc_action", { vmid: 9101, action: "stop" });
    await write("DELETE", `${path}/9101`);
  });
  expect(asked).toHaveLength(2);
  expect(session.lab.state.guests.has(9101)).toBe(false);
  expect(guest(vmid)).toMatchObject({ running: true, config });
});

test.concurrent("certificate-renewal: what is shown ends later, and can be taken back", async () => {
  const { confirmations, read, rows, write } = agreeing(session);
  const certificate = "/nodes/pve1/certificates/acme/certificate";
  const fields = ["filename", "subject", "issuer", "san", "notafter", "fingerprint"];
  const info = (): Promise<Data[]> => read("/nodes/pve1/certificates/info", {}, { fields });
  expect((await info()).map(({ filename }) => filename)).toEqual(["pve-root-ca.pem", "pve-ssl.pem"]);
  const own = (await info()).at(-1)!;
  expect(await read("/nodes/pve1/config")).toEqual({});
  expect(await read("/cluster/acme/account")).toEqual([]);
  // A person sets ACME up, which the runbook leaves to them.
  session.lab.state.datacenter.acmeAccounts.set("default", { directory: "", location: "", account: {} });
  await write("PUT", "/nodes/pve1/config", { acmedomain0: { domain: "pve1.example.net" } });
  const tasks = { node: "pve1", type: "acmerenew", since: "720h", errors: true };
  expect(await rows("proxmox_task_list", tasks)).toEqual([]);
  expect((await read("/nodes/pve1/time")).time).toBeGreaterThan(0);

  expect(await confirmations(() => write("POST", certificate))).toEqual(["proxmox_api_write: pve1"]);
  const first = (await info()).at(-1)!;
  expect(first).toMatchObject({ filename: "pveproxy-ssl.pem", san: ["pve1.example.net"] });
  // Earlier than in its last 30 days only by force.
  const plan = await session.call("proxmox_api_write", { method: "PUT", path: certificate });
  const { planId, confirm } = (plan.error!.data as { plan: Data }).plan;
  const early = await session.call("proxmox_api_write", { method: "PUT", path: certificate, planId, confirm });
  expect(JSON.stringify(early.error)).toContain("does not expire within the next 30 days");
  await write("PUT", certificate, { force: true });
  const second = (await info()).at(-1)!;
  expect(second.fingerprint).not.toBe(first.fingerprint);
  expect(Number(second.notafter)).toBeGreaterThanOrEqual(Number(first.notafter));
  const [pve1] = await rows("proxmox_node_list", { fields: ["node", "ssl_fingerprint"] });
  expect(pve1).toEqual({ node: "pve1", ssl_fingerprint: second.fingerprint });

  expect(await confirmations(() => write("DELETE", "/nodes/pve1/certificates/custom", { restart: true }))).toHaveLength(
    1,
  );
  expect((await info()).at(-1)).toEqual(own);
});

test.concurrent("storage-usage: the large orphan and the detached disk are found, and go once a person has named them", async () => {
  const { call, confirmations, read, rows, write } = agreeing(session);
  const { volumes } = session.lab.state;
  const orphan = "local-lvm:vm-7777-disk-0";
  const ctime = Math.floor(Date.now() / 1000) - 86_400;
  const planted = { storage: "local-lvm", node: "pve1", content: "images", format: "raw", size: 500 * GIB, ctime };
  volumes.set(orphan, { ...planted, volid: orphan, vmid: 7777 } as never);
  await call("proxmox_vm_update_config", { vmid: 102, config: { scsi3: "local-lvm:200" } });
  await call("proxmox_vm_update_config", { vmid: 102, delete: ["scsi3"] });

  const stores = await rows("proxmox_storage_list");
  expect(stores.every(({ used, total }) => Number(used) < Number(total))).toBe(true);
  expect((await call("proxmox_node_get", { node: "pve1" })).status.rootfs.used).toBeGreaterThan(0);
  const path = "/nodes/pve1/storage/local-lvm/content";
  const fields = ["volid", "content", "vmid", "size", "ctime"];
  const content: Data[] = await read(path, {}, { fields });
  const largest = content.sort((a, b) => Number(b.size) - Number(a.size)).slice(0, 2);
  expect(largest.map(({ vmid, size }) => [vmid, Number(size) / GIB])).toEqual([
    [7777, 500],
    [102, 200],
  ]);
  expect(await read("/nodes/pve1/disks/lvmthin")).toMatchObject([{ lv: "data", metadata_used: expect.any(Number) }]);
  expect(await read("/nodes/pve1/disks/zfs")).toEqual([]);
  expect((await call("proxmox_backup_jobs")).uncovered.total).toBeGreaterThan(0);
  const pruned = await read("/nodes/pve1/storage/nfs/prunebackups", { "prune-backups": "keep-last=3" });
  expect(pruned.filter(({ mark }: Data) => mark !== "keep")).toEqual([]);

  const { config } = await call("proxmox_vm_get", { vmid: 102 });
  const [unused, volid] = Object.entries(config).find(([key]) => /^unused\d/.test(key)) as [string, string];
  expect(volid).toBe(largest[1]!.volid);
  const known = (await Promise.all(
    ["proxmox_vm_list", "proxmox_lxc_list", "proxmox_vm_template_list"].map((list) => call(list)),
  )) as Data[];
  expect(known.map(({ incomplete }) => incomplete)).toEqual([undefined, undefined, undefined]);
  expect(known.flatMap((data) => objects({ data })).filter(({ vmid }) => vmid === 7777)).toEqual([]);
  const [cluster] = (await call("proxmox_capabilities")).clusters;
  expect(JSON.stringify(cluster.privileges)).toContain("VM.Audit");

  const asked = await confirmations(async () => {
    await call("proxmox_vm_update_config", { vmid: 102, delete: [unused] });
    await write("DELETE", `${path}/${orphan}`);
  });
  expect(asked).toHaveLength(2);
  expect([volumes.has(orphan), volumes.has(volid)]).toEqual([false, false]);
  const left: Data[] = await read(path, {}, { fields });
  expect(left.length).toBe(content.length - 2);
});

test.concurrent("boot-triage: the missing ISO is found, taken out, and the VM boots", async () => {
  const { call, rows } = agreeing(session);
  const vmid = "legacy-app";
  const found = await call("proxmox_vm_boot_diagnose", { vmid });
  expect(found.causes).toMatchObject([{ cause: "iso-missing", severity: "blocks" }]);
  const [failed] = await rows("proxmox_task_list", { vmid: 101, type: "qmstart", since: "48h" });
  const { log } = await call("proxmox_task_get", { upid: failed!.upid });
  expect(JSON.stringify(log)).toContain("volume 'local:iso/missing.iso' does not exist");
  expect((await call("proxmox_vm_guest_agent_diagnose", { vmid })).causes).toMatchObject([{ cause: "vm-stopped" }]);
  expect(await call("proxmox_firewall_get", { scope: "vm", section: "rules", vmid: 101 })).toMatchObject({ total: 0 });
  expect((await call("proxmox_vm_get", { vmid })).pending).toEqual([]);

  const repair = { vmid, config: { ide2: "none,media=cdrom" } };
  const { plan } = await call("proxmox_vm_update_config", { ...repair, dryRun: true });
  expect(plan.diff).toEqual([{ key: "ide2", from: "local:iso/missing.iso,media=cdrom", to: "none,media=cdrom" }]);
  await call("proxmox_vm_update_config", repair);
  await call("proxmox_vm_action", { vmid, action: "start" });
  expect((await call("proxmox_vm_boot_diagnose", { vmid })).causes).toEqual([]);
  expect(await call("proxmox_vm_agent_ping", { vmid })).toMatchObject({ state: "answers" });
});

test.concurrent("upgrade-rollback: what the API can show, a guest's snapshot and a VM's machine version", async () => {
  const { call, confirmations, read, rows, write } = agreeing(session);
  expect((await call("proxmox_cluster_status")).nodes).toHaveLength(3);
  expect((await call("proxmox_node_get", { node: "pve2" })).status.kversion).toMatch(/-pve/);
  const fields = ["Package", "OldVersion", "CurrentState", "RunningKernel"];
  const packages: Data[] = await read("/nodes/pve2/apt/versions", {}, { fields });
  expect(packages.find(({ Package }) => Package === "proxmox-ve")).toMatchObject({ RunningKernel: expect.any(String) });
  expect(await rows("proxmox_task_list", { node: "pve2", errors: true, since: "72h" })).toEqual([]);
  const services: Data[] = await read("/nodes/pve2/services");
  expect(services.map(({ service }) => service)).toEqual(expect.arrayContaining(["pveproxy", "pvedaemon"]));
  expect((await read("/nodes/pve2/journal", { lastentries: 200 })).length).toBeGreaterThan(1);

  const { node } = guest(114);
  const path = `/nodes/${node}/qemu/114`;
  const snapshots: Data[] = await read(`${path}/snapshot`);
  expect(snapshots.map(({ name }) => name)).toContain("after-upgrade");
  await call("proxmox_vm_update_config", { vmid: 114, config: { onboot: false } });
  await call("proxmox_backup_start", { vmids: [114], storage: "nfs" });
  expect(await confirmations(() => write("POST", `${path}/snapshot/after-upgrade/rollback`))).toEqual([
    "proxmox_api_write: snapped",
  ]);
  const back = await call("proxmox_vm_get", { vmid: 114 });
  expect([back.status, back.config.onboot]).toEqual(["stopped", true]);

  const machines: Data[] = await read(`/nodes/${node}/capabilities/qemu/machines`);
  const { id: machine } = machines.find(({ type, version }) => type === "q35" && version === "9.2")!;
  await call("proxmox_vm_action", { vmid: 114, action: "start" });
  const { pending } = await call("proxmox_vm_update_config", { vmid: 114, config: { machine } });
  expect(pending).toMatchObject([{ key: "machine", to: machine }]);
  await call("proxmox_vm_action", { vmid: 114, action: "stop" });
  await call("proxmox_vm_action", { vmid: 114, action: "start" });
  expect(await call("proxmox_vm_get", { vmid: 114 })).toMatchObject({ config: { machine }, pending: [] });
});
