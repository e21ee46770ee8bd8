import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../../src/lab/index.ts";
import { run } from "./client.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", ssh: true, taskMs: 30, taskVisibleMs: 0, agentMs: 0, authDelayMs: 0 });
});
afterEach(() => lab.faults.clear());
afterAll(() => lab.close());

/** VM of the seed on a node other than the first. */
const elsewhere = () => [...lab.state.guests.values()].find(({ node, type }) => node === "pve2" && type === "qemu")!;

describe("pvesh", () => {
  it("gives JSON, and tables of lines without it", async () => {
    const { out } = await run(lab, "pvesh get /version --output-format json");
    expect(JSON.parse(out)).toMatchObject({ version: "9.2.11" });
    expect((await run(lab, "pvesh get /version")).out).toContain("│ version");
    expect((await run(lab, "LC_ALL=C pvesh get /version")).out).toContain("| version");
  });

  it("ends with 0 though the task failed, its log before the UPID and its error on stderr", async () => {
    const ran = await run(lab, "pvesh create /nodes/pve1/qemu/101/status/start --output-format json");
    expect(ran.code).toBe(0);
    const upid = JSON.parse(ran.out.trim().split("\n").at(-1)!);
    expect(upid).toMatch(/^UPID:pve1:.*:qmstart:101:root@pam:$/);
    expect(ran.err).toMatch(/\S/);
    expect(lab.state.tasks.get(upid)?.exitstatus).not.toBe("OK");
  });

  it("gives what another node's pvesh wrote as one text when a log is before it", async () => {
    const { vmid } = elsewhere();
    const config = await run(lab, `pvesh get /nodes/pve2/qemu/${vmid}/config --output-format json`);
    expect(JSON.parse(config.out)).toHaveProperty("digest");
    lab.faults.add({ fault: "task-long-log", count: 2 });
    const ran = await run(lab, `pvesh create /nodes/pve2/qemu/${vmid}/status/reset --output-format json`);
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatch(/.+"?UPID:pve2:/);
  });

  it("refuses unknown paths and wrong parameters with 255", async () => {
    expect(await run(lab, "pvesh get /nowhere")).toMatchObject({
      code: 255,
      err: "No 'get' handler defined for '/nowhere'\n",
    });
    const wrong = await run(lab, "pvesh set /nodes/pve1/qemu/100/config --cores many");
    expect(wrong.err).toContain("400 Parameter verification failed.\ncores: ");
    expect(wrong.code).toBe(255);
  });

  it("asks for no rights", async () => {
    lab.faults.add({ fault: "token-without-rights" });
    const { out } = await run(lab, "pvesh get /cluster/resources --type vm --output-format json");
    expect(JSON.parse(out)).toHaveLength(lab.state.guests.size);
  });
});

describe("qm", () => {
  it("lists the VMs of its own node only", async () => {
    const { out } = await run(lab, "qm list");
    expect(out.split("\n")[0]).toBe("      VMID NAME                 STATUS     MEM(MB)    BOOTDISK(GB) PID       ");
    expect(out).toContain("       100 web01                running ");
    expect(out).not.toContain(` ${elsewhere().vmid} `);
  });

  it("does not find a guest of another node", async () => {
    const { vmid } = elsewhere();
    expect(await run(lab, `qm config ${vmid}`)).toMatchObject({
      code: 2,
      err: `Configuration file 'nodes/pve1/qemu-server/${vmid}.conf' does not exist\n`,
    });
    expect((await run(lab, `qm config ${vmid}`, { node: "pve2" })).code).toBe(0);
  });

  it("tells a failed start by its code, a failed resize and template not", async () => {
    expect((await run(lab, "qm start 101")).code).toBe(255);
    lab.faults.add({ fault: "task-ends", text: "no space" });
    for (const command of ["qm resize 100 scsi0 +1G", "qm disk resize 100 scsi0 +1G", "qm template 102"])
      expect(await run(lab, command), command).toMatchObject({ code: 0, err: "no space\n" });
  });

  it("changes what the API shows", async () => {
    expect(await run(lab, "qm set 102 --description 'two words' --onboot yes")).toMatchObject({ code: 0 });
    expect(lab.state.guests.get(102)?.config).toMatchObject({ description: "two words", onboot: 1 });
    expect((await run(lab, "qm pending 102")).out).toContain("cur description: two words\n");
  });

  it("takes a lock away, and names it before", async () => {
    lab.faults.add({ fault: "guest-locked", vmid: 102, lock: "backup" });
    expect(await run(lab, "qm start 102")).toMatchObject({ code: 255, err: "VM is locked (backup)\n" });
    expect((await run(lab, "qm unlock 102")).code).toBe(0);
    expect((await run(lab, "qm start 102 && qm status 102")).out).toContain("status: running\n");
  });

  it("runs programs in guests and tells their code in JSON only", async () => {
    const ran = await run(lab, "qm guest exec 100 -- sh -c 'echo out; exit 3'");
    expect(ran.code).toBe(0);
    expect(JSON.parse(ran.out)).toMatchObject({ exitcode: 3, exited: 1, "out-data": "out\n" });
    const late = await run(lab, "qm guest exec 100 --timeout 0.01 -- sleep 60");
    expect(late.code).toBe(0);
    expect(JSON.parse(late.out)).toEqual({ pid: expect.any(Number) });
  });

  it("wants a terminal for a terminal, and all arguments", async () => {
    expect((await run(lab, "qm terminal 100")).code).toBe(255);
    expect(await run(lab, "qm resize 100")).toMatchObject({
      code: 255,
      err: "400 not enough arguments\nqm resize <vmid> <disk> <size> [OPTIONS]\n",
    });
    expect((await run(lab, "qm frobnicate")).err).toContain("ERROR: unknown command 'qm frobnicate'");
  });
});

describe("pct", () => {
  it("ends with the code of what ran inside", async () => {
    expect(await run(lab, "pct exec 103 -- sh -c 'echo in; echo no >&2; exit 5'")).toMatchObject({
      code: 5,
      out: "in\n",
      err: "no\n",
    });
    expect((await run(lab, "pct exec 103 -- nonsense")).code).toBe(127);
    expect((await run(lab, "pct exec 103 -- tee /root/x", { stdin: "given" })).out).toBe("given");
  });

  it("needs a container that runs", async () => {
    const stopped = [...lab.state.guests.values()].find(
      ({ type, running, node }) => type === "lxc" && !running && node === "pve1",
    )!;
    const ran = await run(lab, `pct exec ${stopped.vmid} -- true`);
    expect(ran).toMatchObject({ code: 255, err: `container '${stopped.vmid}' not running!\n` });
  });

  it("carries files in and out", async () => {
    const script =
      "echo text > /tmp/in; pct push 103 /tmp/in /root/in --perms 600 && pct exec 103 -- stat -c %a /root/in";
    expect((await run(lab, `${script}; pct pull 103 /root/in /tmp/out; cat /tmp/out`)).out).toBe("600\ntext\n");
  });

  it("lists containers", async () => {
    expect((await run(lab, "pct list")).out).toMatch(/^VMID {7}Status {5}Lock {9}Name {16}\n103 {8}running /);
  });
});
