import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { type Step, story, take } from "./cluster-steps.ts";
import { finish, until } from "./support.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 5, authDelayMs: 0 });
});
afterAll(() => lab.close());

const STALE = "0".repeat(40);
const LATER = "detected modified configuration - file changed by other user? Try again.";
const N = "/cluster/notifications";
const M = "/cluster/mapping";

const STORIES: Readonly<Record<string, readonly Step[]>> = {
  "options are taken apart when they are read": [
    {
      do: "PUT /cluster/options",
      form: {
        keyboard: "de",
        description: "dc notes",
        "tag-style": "ordering=config,case-sensitive=1",
        "next-id": "lower=5000,upper=5010",
        "registered-tags": "one;two",
      },
    },
    {
      do: "GET /cluster/options",
      data: {
        keyboard: "de",
        description: "dc notes\n",
        "tag-style": { ordering: "config", "case-sensitive": 1 },
        "next-id": { lower: 5000, upper: 5010 },
        "registered-tags": ["one", "two"],
      },
    },
    { do: "GET /cluster/nextid", data: "5000" },
    { do: "GET /cluster/nextid", form: { vmid: 100 }, status: 400, errors: ["vmid"] },
    { do: "PUT /cluster/options", form: { delete: "keyboard,description,tag-style,next-id,registered-tags" } },
    {
      do: "GET /cluster/options",
      data: (data: object) => expect(Object.keys(data).sort()).toEqual(["allowed-tags", "description", "mac_prefix"]),
    },
    { do: "PUT /cluster/options" },
  ],
  "PCI mappings are checked against the node's devices": [
    {
      do: `POST ${M}/pci`,
      form: {
        id: "gpu",
        map: ["node=pve1,path=0000:81:00.0,id=10de:1eb8,iommugroup=81,subsystem-id=10de:12a2"],
        mdev: 1,
      },
    },
    {
      do: `POST ${M}/pci`,
      form: { id: "gpu", map: ["node=pve1,path=0000:81:00.0,id=10de:1eb8"] },
      status: 500,
      says: "create hardware mapping failed: pci ID 'gpu' already defined",
    },
    { do: `GET ${M}/pci/gpu`, data: { type: "pci", mdev: 1 } },
    {
      do: `GET ${M}/pci`,
      form: { "check-node": "pve1" },
      data: (rows: { checks: unknown }[]) => expect(rows[0]!.checks).toEqual([]),
    },
    {
      do: `GET ${M}/pci`,
      form: { "check-node": "pve2" },
      data: (rows: { checks: unknown }[]) =>
        expect(rows[0]!.checks).toEqual([{ severity: "warning", message: "No mapping for node pve2." }]),
    },
    {
      do: `PUT ${M}/pci/gpu`,
      form: { map: ["node=pve1,path=0000:99:00.0,id=10de:1eb8"], digest: STALE },
      status: 500,
      says: LATER,
    },
    { do: `PUT ${M}/pci/gpu`, form: { map: ["node=pve1,path=0000:99:00.0,id=10de:1eb8"], delete: "mdev" } },
    {
      do: `GET ${M}/pci`,
      form: { "check-node": "pve1" },
      data: (rows: { checks: unknown }[]) =>
        expect(rows[0]!.checks).toEqual([
          { severity: "error", message: "Invalid configuration: pci device '0000:99:00.0' not found\n" },
        ]),
    },
    { do: `DELETE ${M}/pci/gpu` },
    { do: `DELETE ${M}/pci/gpu` },
    { do: `GET ${M}/pci/gpu`, status: 500, says: "mapping 'gpu' not found" },
  ],
  "directory mappings need the directory, and one per node": [
    {
      do: `POST ${M}/dir`,
      form: { id: "dd", map: ["node=pve1,path=/nowhere"] },
      status: 500,
      says: "Path /nowhere does not exist",
    },
    {
      do: `POST ${M}/dir`,
      form: { id: "dd", map: ["node=pve2,path=/a", "node=pve2,path=/b"] },
      status: 500,
      says: "Node 'pve2' is specified 2 times.",
    },
    { do: `POST ${M}/dir`, form: { id: "dd", map: ["node=pve1,path=/srv", "node=pve2,path=/b"] } },
    {
      do: `PUT ${M}/dir/dd`,
      form: { description: "x" },
      status: 500,
      says: "update directory mapping failed: missing value for required option 'map'",
    },
    {
      do: `PUT ${M}/dir/none`,
      form: { map: ["node=pve1,path=/srv"] },
      status: 500,
      says: "dir ID 'none' does not exist",
    },
    { do: `POST ${M}/usb`, form: { id: "uu", map: ["node=pve1,id=1234:5678"] } },
    { do: `GET ${M}/usb/uu`, data: { type: "usb", map: ["node=pve1,id=1234:5678"] } },
  ],
  "notifications refer to each other": [
    { do: `POST ${N}/endpoints/gotify`, form: { name: "go", server: "http://127.0.0.1:1", token: "t" } },
    {
      do: `POST ${N}/endpoints/sendmail`,
      form: { name: "go", mailto: "a@x.test" },
      status: 400,
      says: "Cannot create 'go', an entity with the same name already exists",
    },
    {
      do: `POST ${N}/endpoints/sendmail`,
      form: { name: "mail" },
      status: 400,
      says: "must at least provide one recipient",
    },
    {
      do: `POST ${N}/endpoints/smtp`,
      form: {
        name: "smtp",
        server: "x.test",
        "from-address": "a@x.test",
        mailto: ["b@x.test", "c@x.test"],
        password: "p",
        port: 25,
      },
    },
    {
      do: `GET ${N}/endpoints/smtp/smtp`,
      data: (data: object) => {
        expect(data).toMatchObject({ mailto: ["b@x.test", "c@x.test"], port: 25, origin: "user-created" });
        expect(data).not.toHaveProperty("password");
      },
    },
    {
      do: `POST ${N}/matchers`,
      form: { name: "mm", target: "none" },
      status: 404,
      says: "endpoint 'none' does not exist",
    },
    { do: `POST ${N}/matchers`, form: { name: "mm", target: ["go", "smtp"], "match-severity": "error" } },
    { do: `DELETE ${N}/endpoints/gotify/go`, status: 400, says: "cannot delete 'go', referenced by: mm" },
    { do: `PUT ${N}/matchers/mm`, form: { target: "smtp", mode: "any", delete: "match-severity" } },
    { do: `GET ${N}/matchers/mm`, data: { name: "mm", target: ["smtp"], mode: "any" } },
    { do: `PUT ${N}/matchers/mm`, form: { mode: "all", digest: "0".repeat(64) }, status: 400, says: LATER },
    { do: `DELETE ${N}/endpoints/gotify/go` },
    { do: `GET ${N}/endpoints/gotify/go`, status: 404, says: "endpoint 'go' not found" },
    { do: `PUT ${N}/endpoints/sendmail/mail-to-root`, form: { disable: 1 } },
    {
      do: `GET ${N}/targets`,
      data: (rows: object[]) =>
        expect(rows).toContainEqual({
          name: "mail-to-root",
          type: "sendmail",
          comment: "Send mails to root@pam's email address",
          disable: 1,
          origin: "modified-builtin",
        }),
    },
    { do: `DELETE ${N}/matchers/default-matcher` },
    { do: `GET ${N}/matchers/default-matcher`, data: { origin: "builtin", mode: "all" } },
  ],
  "metric servers have the options of their kind": [
    { do: "POST /cluster/metrics/server/gg", form: { type: "graphite", server: "192.0.2.1", port: 2003, disable: 1 } },
    {
      do: "POST /cluster/metrics/server/gg",
      form: { type: "graphite", server: "192.0.2.1", port: 2003 },
      status: 500,
      says: "Metric server 'gg' already exists",
    },
    {
      do: "POST /cluster/metrics/server/hh",
      form: { type: "graphite", server: "192.0.2.1", port: 2003, bucket: "b" },
      status: 500,
      says: "unexpected property 'bucket'",
    },
    { do: "GET /cluster/metrics/server/gg", data: { type: "graphite", port: 2003, disable: 1 } },
    {
      do: "PUT /cluster/metrics/server/none",
      form: { server: "192.0.2.1", port: 1 },
      status: 500,
      says: "no such server 'none'",
    },
    { do: "DELETE /cluster/metrics/server/gg" },
    { do: "GET /cluster/metrics/server/gg", status: 500, says: "status server entry 'gg' does not exist" },
    {
      do: "GET /cluster/metrics/export",
      data: (data: { data: { id: string }[] }) => expect(data.data.some((row) => row.id === "node/pve1")).toBe(true),
    },
  ],
  "ACME plugins and accounts": [
    {
      do: "POST /cluster/acme/plugins",
      form: { id: "pp", type: "dns" },
      status: 500,
      says: "missing value for required option 'api'",
    },
    {
      do: "POST /cluster/acme/plugins",
      form: { id: "pp", type: "dns", api: "cf", data: Buffer.from("CF_Key=1").toString("base64url") },
    },
    { do: "GET /cluster/acme/plugins/pp", data: { plugin: "pp", api: "cf", data: "CF_Key=1", type: "dns" } },
    { do: "PUT /cluster/acme/plugins/pp", form: { delete: "data" } },
    { do: "DELETE /cluster/acme/plugins/pp" },
    { do: "GET /cluster/acme/plugins/pp", status: 500, says: "ACME plugin 'pp' not defined" },
    { do: "GET /cluster/acme/plugins", data: (rows: object[]) => expect(rows).toHaveLength(1) },
    { do: "GET /cluster/acme/tos", data: (data: string) => expect(data).toMatch(/^https:/) },
    { do: "GET /cluster/acme/challenge-schema", data: (rows: object[]) => expect(rows.length).toBeGreaterThan(100) },
  ],
  "processor models of one's own": [
    { do: "POST /cluster/qemu/custom-cpu-models", form: { cputype: "mine", "reported-model": "kvm64", flags: "+aes" } },
    {
      do: "POST /cluster/qemu/custom-cpu-models",
      form: { cputype: "custom-mine", "reported-model": "kvm64" },
      status: 500,
      says: "custom CPU model 'mine' already exists",
    },
    {
      do: "GET /cluster/qemu/custom-cpu-models/mine",
      data: { cputype: "custom-mine", "reported-model": "kvm64", flags: "+aes" },
    },
    {
      do: "PUT /cluster/qemu/custom-cpu-models/mine",
      form: { cputype: "mine", delete: "flags", digest: STALE },
      status: 500,
      says: LATER,
    },
    { do: "PUT /cluster/qemu/custom-cpu-models/mine", form: { cputype: "mine", delete: "flags", hidden: 1 } },
    {
      do: "GET /cluster/qemu/custom-cpu-models",
      data: (rows: object[]) => expect(rows[0]).toMatchObject({ cputype: "custom-mine", hidden: 1 }),
    },
    { do: "DELETE /cluster/qemu/custom-cpu-models/mine" },
    { do: "GET /cluster/qemu/custom-cpu-models/mine", status: 500, says: "Custom cputype 'mine' not found" },
  ],
  "jobs at set times": [
    {
      do: "GET /cluster/jobs/schedule-analyze",
      form: { schedule: "sat 02:00", starttime: 1795353624, iterations: 2 },
      data: [
        { timestamp: 1795831200, utc: "Sat Nov 28 02:00:00 2026" },
        { timestamp: 1796436000, utc: "Sat Dec  5 02:00:00 2026" },
      ],
    },
    {
      do: "GET /cluster/jobs/schedule-analyze",
      form: { schedule: "*/30", starttime: 1795353624, iterations: 1 },
      data: [{ timestamp: 1795354200, utc: "Sun Nov 22 13:30:00 2026" }],
    },
    { do: "GET /cluster/jobs/schedule-analyze", form: { schedule: "bogus" }, status: 400, errors: ["schedule"] },
    {
      do: "POST /cluster/jobs/realm-sync/rr",
      form: { realm: "pve", schedule: "daily" },
      status: 500,
      says: "missing value for required option 'scope'",
    },
    {
      do: "POST /cluster/jobs/realm-sync/rr",
      form: { realm: "pve", schedule: "daily", scope: "both" },
      status: 500,
      says: "realm: Only LDAP/AD realms can be synced.",
    },
    { do: "GET /cluster/jobs/realm-sync/rr", status: 400, errors: ["id"] },
  ],
  "membership and Ceph": [
    { do: "GET /cluster/config/nodes", data: (rows: object[]) => expect(rows).toHaveLength(3) },
    { do: "GET /cluster/config/totem", data: { cluster_name: "lab", version: "2" } },
    { do: "GET /cluster/config/join", data: (data: { nodelist: object[] }) => expect(data.nodelist).toHaveLength(3) },
    { do: "GET /cluster/ceph/status", status: 500, says: "binary not installed: /usr/bin/ceph-mon" },
    { do: "GET /cluster", data: (rows: object[]) => expect(rows).toHaveLength(21) },
    { do: "GET /cluster/log", form: { max: 1 }, data: (rows: object[]) => expect(rows).toHaveLength(1) },
  ],
};

describe("the datacenter's settings", () => {
  for (const [name, steps] of Object.entries(STORIES)) it(name, () => story(lab, steps));
});

describe("replication", () => {
  const J = "/cluster/replication";
  it("runs jobs between nodes for guests on ZFS", async () => {
    const guest = lab.state.guests.get(102)!;
    await story(lab, [
      {
        do: `POST ${J}`,
        form: { id: "9999-0", type: "local", target: "pve2" },
        status: 500,
        says: "Guest '9999' does not exist.",
      },
      {
        do: `POST ${J}`,
        form: { id: "102-0", type: "local", target: "pve9" },
        status: 500,
        says: "Target 'pve9' does not exist.",
      },
      {
        do: `POST ${J}`,
        form: { id: "102-0", type: "local", target: guest.node },
        status: 500,
        says: "Source and target must not be identical",
      },
      {
        do: `POST ${J}`,
        form: { id: "102-0", type: "local", target: "pve2" },
        status: 500,
        says: "No replicatable volumes found",
      },
    ]);
    lab.state.storages.set("tank", { ...lab.state.storages.get("local-lvm")!, storage: "tank", type: "zfspool" });
    guest.config.scsi1 = "tank:vm-102-disk-1,size=4G";
    await story(lab, [
      { do: `POST ${J}`, form: { id: "102-0", type: "local", target: "pve2", schedule: "*/15", rate: 10 } },
      { do: `GET ${J}/102-0`, data: { id: "102-0", guest: 102, jobnum: 0, type: "local", target: "pve2", rate: 10 } },
      { do: `PUT ${J}/102-0`, form: { comment: "c", delete: "rate" } },
      {
        do: `PUT ${J}/102-0`,
        form: { delete: "target" },
        status: 500,
        says: "unable to delete required option 'target'",
      },
      { do: `POST /nodes/${guest.node}/replication/102-0/schedule_now` },
    ]);
    await until(
      async () => (await take(lab, { do: `GET /nodes/${guest.node}/replication/102-0/status` })).last_sync > 0,
    );
    await story(lab, [
      {
        do: `GET /nodes/${guest.node}/replication`,
        data: (rows: object[]) => expect(rows).toMatchObject([{ id: "102-0", fail_count: 0 }]),
      },
      { do: `GET /nodes/${guest.node}/replication/102-0/log`, data: (rows: object[]) => expect(rows).toHaveLength(3) },
      { do: `DELETE ${J}/102-0` },
    ]);
    await until(async () => (await take(lab, { do: `GET ${J}` })).length === 0);
    await take(lab, { do: `GET ${J}/102-0`, status: 500, says: "no such replication job '102-0'" });
    delete guest.config.scsi1;
  });
});

describe("bulk actions", () => {
  it("tell of the guests that failed", async () => {
    const upid = await take(lab, { do: "POST /cluster/bulk-action/guest/start", form: { vms: ["101", "102"] } });
    const { exitstatus, log } = await finish(lab, upid);
    expect(exitstatus).toBe("Some guests failed to start: 101");
    expect(log[0]).toBe("Starting guests: 101, 102");
    expect(lab.state.guests.get(102)!.running).toBe(true);
    const down = await take(lab, { do: "POST /cluster/bulk-action/guest/shutdown", form: { vms: 102 } });
    expect((await finish(lab, down)).exitstatus).toBe("OK");
    expect(lab.state.guests.get(102)!.running).toBe(false);
  });
});

describe("accounts with a certificate authority", () => {
  it("are registered, changed and given up by the administrator", async () => {
    const { acmeAccounts } = lab.state.datacenter;
    acmeAccounts.set("default", {
      directory: "https://x.test/directory",
      location: "https://x.test/1",
      account: { contact: ["mailto:a@x.test"] },
    });
    await take(lab, { do: "GET /cluster/acme/account", data: [{ name: "default" }] });
  });
});
