import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { call, finish, until } from "./support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 10, authDelayMs: 1 });
});
afterAll(() => lab.close());

const NODE = "/nodes/pve1";

async function send(method: string, path: string, values: Record<string, string> = {}) {
  const body = new URLSearchParams(values).toString();
  return await call(lab, method, `${NODE}${path}`, method === "DELETE" || method === "GET" ? {} : { body });
}

async function read(path: string) {
  return (await call(lab, "GET", `${NODE}${path}`)).data;
}

describe("settings", () => {
  it("the clock follows its zone", async () => {
    expect(await send("PUT", "/time", { timezone: "Europe/Vienna" })).toMatchObject({ status: 200, data: null });
    const { time, localtime, timezone } = await read("/time");
    expect(timezone).toBe("Europe/Vienna");
    expect([3600, 7200]).toContain(localtime - time);
    expect((await send("PUT", "/time", { timezone: "No/Where" })).errors).toEqual({ timezone: "No such timezone" });
  });

  it("name servers are replaced as a whole", async () => {
    await send("PUT", "/dns", { search: "x.test", dns1: "192.0.2.1", dns2: "192.0.2.1", dns3: "192.0.2.3" });
    expect(await read("/dns")).toEqual({ search: "x.test", dns1: "192.0.2.1", dns2: "192.0.2.3" });
    await send("PUT", "/dns", { search: "x.test" });
    expect(await read("/dns")).toEqual({ search: "x.test" });
  });

  it("hosts are written when the digest fits", async () => {
    const { digest } = await read("/hosts");
    expect((await send("POST", "/hosts", { data: "x", digest: "0".repeat(40) })).reason).toBe(
      "detected modified configuration - file changed by other user? Try again.",
    );
    expect((await send("POST", "/hosts", { data: "127.0.0.1 localhost\n", digest })).status).toBe(200);
    expect((await read("/hosts")).data).toBe("127.0.0.1 localhost\n");
  });

  it("the node's configuration ends its description and forgives unknown keys", async () => {
    expect(await read("/config")).toEqual({});
    await send("PUT", "/config", { description: "nötes\nl2", "startall-onboot-delay": "5" });
    const config = await read("/config");
    expect(config).toEqual({
      description: "nötes\nl2\n",
      "startall-onboot-delay": "5",
      digest: expect.stringMatching(/^[0-9a-f]{40}$/),
    });
    expect((await send("PUT", "/config", { description: "x", digest: "0".repeat(40) })).status).toBe(500);
    expect((await send("PUT", "/config", { delete: "description,bogus", digest: config.digest })).status).toBe(200);
    // The digest of the file that is left: one line.
    expect(await read("/config")).toEqual({
      description: "",
      "startall-onboot-delay": "5",
      digest: "d8654a7da5544f2c5d7c142a1e1c896b5df480f9",
    });
    expect(await read("/config?property=startall-onboot-delay")).toEqual({ "startall-onboot-delay": "5" });
  });

  it("a domain is claimed once", async () => {
    const answer = await send("PUT", "/config", { acme: "domains=a.example.net", acmedomain0: "domain=A.example.net" });
    expect(answer.status).toBe(400);
    expect(Object.keys(answer.errors)).toEqual(["acmedomain0"]);
  });

  it("the subscription's key comes and goes", async () => {
    expect(await read("/subscription")).toMatchObject({ status: "notfound" });
    await send("PUT", "/subscription", { key: "pve2c-0123456789" });
    expect(await read("/subscription")).toMatchObject({ status: "new", key: "pve2c-0123456789", sockets: 2 });
    await send("POST", "/subscription");
    expect((await read("/subscription")).status).toBe("invalid");
    await send("DELETE", "/subscription");
    expect(await read("/subscription")).toMatchObject({ status: "notfound" });
  });
});

describe("services", () => {
  it.each([
    ["stop", "postfix", "OK", "dead"],
    ["start", "postfix", "OK", "running"],
    ["restart", "pveproxy", "OK", "running"],
    ["reload", "pvestatd", "OK", "running"],
    ["stop", "pvedaemon", "invalid service cmd 'pvedaemon stop': refusing to stop essential service!", "running"],
  ])("%s %s", async (command, service, exitstatus, state) => {
    const { data: upid } = await send("POST", `/services/${service}/${command}`);
    expect(upid).toContain(`:srv${command}:${service}:`);
    expect((await finish(lab, upid)).exitstatus).toBe(exitstatus);
    expect(await read(`/services/${service}/state`)).toMatchObject({ service, state });
  });

  it("lists them all", async () => {
    expect((await read("/services")).length).toBe(23);
  });
});

describe("packages", () => {
  it("has updates, versions and a changelog", async () => {
    const { data: upid } = await send("POST", "/apt/update");
    expect(upid).toContain(":aptupdate::");
    expect((await finish(lab, upid)).log[0]).toBe("starting apt-get update");
    expect((await read("/apt/update")).map((row: { Package: string }) => row.Package)).toContain("openssl");
    expect(
      (await read("/apt/versions")).find((row: { Package: string }) => row.Package === "pve-manager"),
    ).toMatchObject({
      CurrentState: "Installed",
      ManagerVersion: expect.stringMatching(/^9\.2/),
    });
    expect(await read("/apt/changelog?name=openssl")).toMatch(/^openssl \(/);
    expect(await read("/apt/changelog?name=nosuch")).toMatch(/RC: 100$/);
  });

  it("turns repositories on and off with a digest", async () => {
    const path = "/etc/apt/sources.list.d/proxmox.sources";
    const before = await read("/apt/repositories");
    expect(
      (await send("POST", "/apt/repositories", { path, index: "0", enabled: "0", digest: before.digest })).status,
    ).toBe(200);
    const after = await read("/apt/repositories");
    expect(after.digest).not.toBe(before.digest);
    expect(after["standard-repos"].find((row: { handle: string }) => row.handle === "no-subscription").status).toBe(0);
    expect((await send("PUT", "/apt/repositories", { handle: "test", digest: before.digest })).reason).toMatch(
      /^detected modified/,
    );
    expect((await send("PUT", "/apt/repositories", { handle: "test" })).status).toBe(200);
    expect((await send("PUT", "/apt/repositories", { handle: "test" })).reason).toBe("already configured");
    expect((await send("POST", "/apt/repositories", { path: "/x", index: "0" })).reason).toBe("invalid path - /x");
    expect((await send("POST", "/apt/repositories", { path, index: "9" })).reason).toBe("invalid index - 9");
  });
});

describe("refusals and read models", () => {
  it.each([
    ["POST", "/wakeonlan", 500, "'pve1' is local node, cannot wake my self!"],
    ["POST", "/execute", 403, "Permission check failed (user != root@pam)", { commands: "[]" }],
    ["POST", "/vncshell", 500, "value 'root@pam!lab' does not look like a valid user name"],
    ["POST", "/spiceshell", 500, "value 'root@pam!lab' does not look like a valid user name"],
    ["GET", "/ceph/status", 500, "binary not installed: /usr/bin/ceph-mon"],
    ["POST", "/ceph/mgr/pve1", 500, "binary not installed: /usr/bin/ceph-mgr"],
    [
      "GET",
      "/scan/nfs?server=192.0.2.9",
      500,
      "command '/sbin/showmount --no-headers --exports 192.0.2.9' failed: exit code 1",
    ],
    ["POST", "/migrateall", 400, "Parameter verification failed.", { target: "pve1" }],
    ["POST", "/migrateall", 500, "no such cluster node 'pve9'", { target: "pve9" }],
    ["POST", "/aplinfo", 400, "Parameter verification failed.", { storage: "local", template: "nosuch.tar.gz" }],
  ])("%s %s", async (method, path, status, reason, values?: Record<string, string>) => {
    const answer = await send(method, path, values ?? {});
    expect([answer.status, answer.reason]).toEqual([status, reason]);
  });

  it("knows the mediated types of its devices", async () => {
    expect((await read("/hardware/pci/0000:81:00.0/mdev")).length).toBe(2);
    expect(await read("/hardware/pci/0000:99:00.0/mdev")).toEqual([]);
    expect(await read("/hardware/pci/nosuch/mdev")).toEqual([]);
    const classes = (await read("/hardware/pci")).map((row: { class: string }) => row.class);
    expect(classes).not.toContain("0x060000");
    expect((await read("/hardware/pci?pci-class-blacklist=")).length).toBe(7);
  });

  it("wakes a node by its configured address", async () => {
    expect((await call(lab, "POST", "/nodes/pve2/wakeonlan")).reason).toBe(
      "No wake on LAN MAC address defined for 'pve2'!",
    );
    await call(lab, "PUT", "/nodes/pve2/config", { body: "wakeonlan=00:11:22:33:44:55".replace(":", "%3A") });
    expect((await call(lab, "POST", "/nodes/pve2/wakeonlan")).data).toBe("00:11:22:33:44:55");
  });

  it.each([
    ["hour", 60, 59],
    ["day", 60, 1439],
    ["week", 1800, 335],
  ])("has a series of an %s", async (timeframe, step, count) => {
    const rows = await read(`/rrddata?timeframe=${timeframe}`);
    expect(rows.length).toBe(count);
    expect(rows[1].time - rows[0].time).toBe(step);
    expect(rows.at(-1).maxcpu).toBe(64);
  });

  it("offers a terminal with a ticket for its port", async () => {
    const { data } = await send("POST", "/termproxy");
    expect(data).toMatchObject({ user: "root@pam!lab", port: expect.stringMatching(/^59\d\d$/) });
    const query = `port=${data.port}&vncticket=${encodeURIComponent(data.ticket)}`;
    expect(await read(`/vncwebsocket?${query}`)).toEqual({ port: data.port });
    expect((await call(lab, "GET", `/nodes/pve2/vncwebsocket?${query}`)).reason).toBe(
      "permission denied - invalid PVEVNC ticket",
    );
  });

  it("logs its tasks", async () => {
    const { data, total } = await call(lab, "GET", `${NODE}/syslog?limit=5000`);
    expect(total).toBe(data.length);
    expect(data.some(({ t }: { t: string }) => t.includes("starting task UPID:pve1:"))).toBe(true);
    const journal = await read("/journal?lastentries=3");
    expect(journal.length).toBe(5);
    expect(await read("/report")).toContain("# cat /etc/network/interfaces");
  });

  it("keeps a certificate that fits its key", async () => {
    const { default: selfsigned } = await import("selfsigned");
    const made = await selfsigned.generate([{ name: "commonName", value: "pve1.example.net" }], { keyType: "ec" });
    const first = await read("/certificates/info");
    expect(first.map((row: { filename: string }) => row.filename)).toEqual(["pve-root-ca.pem", "pve-ssl.pem"]);
    expect(first[1].fingerprint).toBe(lab.fingerprint);
    expect((await send("POST", "/certificates/custom", { certificates: made.cert })).errors).toEqual({
      key: "Attempted to upload custom certificate without (existing) key.",
    });
    const { data } = await send("POST", "/certificates/custom", { certificates: made.cert, key: made.private });
    expect(data).toMatchObject({ filename: "pveproxy-ssl.pem", subject: "/CN=pve1.example.net" });
    expect((await send("POST", "/certificates/acme/certificate")).errors).toHaveProperty("force");
    await send("DELETE", "/certificates/custom");
    expect((await read("/certificates/info")).length).toBe(2);
    expect((await send("POST", "/certificates/acme/certificate")).reason).toBe(
      "ACME domain list in node configuration is missing!",
    );
  });

  it("keeps the certificate that an authority has signed, and renews it near its end", async () => {
    lab.state.datacenter.acmeAccounts.set("default", { directory: "", location: "", account: {} });
    await send("PUT", "/config", { acmedomain0: "domain=pve1.example.net" });
    const shown = async () => (await read("/certificates/info")).at(-1);
    const order = async (method: string, form: Record<string, string> = {}) =>
      (await finish(lab, (await send(method, "/certificates/acme/certificate", form)).data)).exitstatus;
    expect(await order("POST")).toBe("OK");
    const first = await shown();
    expect(first).toMatchObject({ filename: "pveproxy-ssl.pem", san: ["pve1.example.net"] });
    expect((first.notafter - first.notbefore) / 86_400).toBe(90);
    const { data: nodes } = await call(lab, "GET", "/nodes");
    expect(nodes[0].ssl_fingerprint).toBe(first.fingerprint);
    expect((await send("PUT", "/certificates/acme/certificate")).errors).toHaveProperty("force");
    expect(await order("PUT", { force: "1" })).toBe("OK");
    expect((await shown()).fingerprint).not.toBe(first.fingerprint);
    expect(await order("DELETE")).toBe("OK");
    expect((await shown()).filename).toBe("pve-ssl.pem");
  });
});

describe("power", () => {
  it("stops and starts all guests, whatever becomes of each", async () => {
    const { data: upid } = await call(lab, "POST", "/nodes/pve1/startall", { body: "vms=101,102" });
    const end = await finish(lab, upid);
    expect(end.exitstatus).toBe("OK");
    expect(end.log).toContain("Starting VM 102");
    await until(() => lab.state.guests.get(102)?.running === true);
    const { data: stop } = await call(lab, "POST", "/nodes/pve1/stopall", { body: "vms=102" });
    expect((await finish(lab, stop)).log).toContain("Stopping VM 102 (timeout = 180 seconds)");
    await until(() => lab.state.guests.get(102)?.running === false);
  });

  it("takes another node down and up again", async () => {
    const { pace } = lab.state;
    const { taskMs } = pace;
    // A slow machine has to find the node down.
    pace.taskMs = 1500;
    expect((await call(lab, "POST", "/nodes/pve3/status", { body: "command=reboot" })).data).toBeNull();
    pace.taskMs = taskMs;
    await until(() => lab.state.nodes.get("pve3")?.online === false);
    expect((await call(lab, "GET", "/nodes/pve3/version")).status).toBe(595);
    await until(() => lab.state.nodes.get("pve3")?.online === true);
  });
});
