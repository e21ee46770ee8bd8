import { createHash } from "node:crypto";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { runDoctor } from "../../src/doctor/doctor.ts";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { openHosts } from "../../src/ssh/index.ts";
import { labEnvironment, openSession } from "../support/session.ts";
import { CALLER, shell, watchedGate } from "./support/hosts.ts";

/** The lab's own SSH side is a second reading of what the client sends. */
describe("nodes of the lab", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab({ ssh: true });
  });
  afterAll(() => lab?.close());

  const hostsAs = (username: string) => {
    const nodes = Object.entries(lab.ssh!.nodes);
    return openHosts({
      cluster: "lab",
      gate: watchedGate(),
      identity: async () => ({
        username,
        privateKey: lab.ssh!.privateKey,
        expectedHostKeys: nodes.map(([node, { hostKey }]) => `${node}=${hostKey}`),
      }),
      discover: async () => new Map(),
      way: { port: 22, hosts: Object.fromEntries(nodes.map(([node, { host, port }]) => [node, { host, port }])) },
    });
  };

  test.each(["root", "admin"])("%s runs commands, and reads and writes files as root", async (username) => {
    const hosts = hostsAs(username);
    try {
      expect(await hosts.exec(CALLER, shell('id -un; echo "it\'s $((1+1))"; exit 3'))).toMatchObject({
        code: 3,
        stdout: expect.stringMatching(/^root\n/),
      });
      const argv = ["get", "/version", "--output-format", "json"];
      const version = await hosts.exec(CALLER, {
        node: "pve1",
        operation: "RUN /nodes/{node}/cli/{family}",
        params: { node: "pve1", family: "pvesh", argv },
        command: ["pvesh", ...argv],
        timeoutMs: 30_000,
      });
      expect(JSON.parse(version.stdout)).toMatchObject({ version: expect.any(String) });
      const bytes = Buffer.from("#cloud-config\nü: \0\n");
      const path = `/var/lib/vz/snippets/${username}.yaml`;
      const params = { node: "pve1", path };
      const sha256 = createHash("sha256").update(bytes).digest("hex");
      expect(
        await hosts.writeFile(CALLER, {
          node: "pve1",
          operation: "RUN /nodes/{node}/snippets/write",
          params,
          path,
          bytes,
        }),
      ).toEqual({ sha256, size: bytes.length, replaced: false });
      const found = await hosts.readFile(CALLER, {
        node: "pve1",
        operation: "RUN /nodes/{node}/snippets/read",
        params,
        path,
        maxBytes: 1000,
      });
      expect(Buffer.from(found.bytes)).toEqual(bytes);
    } finally {
      await hosts.close();
    }
  });

  test("another host key is refused", async () => {
    const off = lab.faults.add({ fault: "ssh-host-key-changed" } as never);
    const hosts = hostsAs("root");
    await expect(hosts.exec(CALLER, shell("true"))).rejects.toMatchObject({ code: "host-key-mismatch" });
    await hosts.close();
    off();
  });

  describe("a server with an SSH identity", () => {
    const environment = (expected: string) => {
      const nodes = Object.entries(lab.ssh!.nodes);
      return {
        ...labEnvironment(lab),
        PROXMOX_SHELL_SSH_PRIVATE_KEY: lab.ssh!.privateKey,
        PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY: expected,
        PROXMOX_SHELL_SSH_HOSTS: nodes.map(([node, { host, port }]) => `${node}=${host}:${port}`).join(","),
      };
    };
    const pins = () => Object.entries(lab.ssh!.nodes).map(([node, { hostKey }]) => `${node}=${hostKey}`);

    test("may do all, and says to which nodes it can go", async () => {
      const session = await openSession(environment(pins().join(",")));
      const { data } = await session.call("proxmox_capabilities");
      const all = pins().length;
      expect(data).toMatchObject({ access: { ceiling: "escape" }, clusters: [{ ssh: `${all} of ${all} nodes` }] });
      expect(data.off.map(({ what }: { what: string }) => what)).toEqual(["SSH of guests of their own"]);
      await session.close();
    });

    test("says which node it cannot go to, and what to set", async () => {
      const env = environment(pins().slice(1).join("\n"));
      const session = await openSession(env);
      const { data } = await session.call("proxmox_capabilities");
      const all = pins().length;
      const [node, { hostKey }] = Object.entries(lab.ssh!.nodes)[0]!;
      expect(data.clusters[0].ssh).toBe(`${all - 1} of ${all} nodes`);
      expect(data.clusters[0].warnings.join()).toContain(hostKey);
      await session.close();
      const doctor = async (given: Record<string, string>) => {
        let report = "";
        const options = { env: { ...given, XDG_STATE_HOME: session.stateHome }, version: "0", json: true };
        await runDoctor(options, { write: (text) => (report += text) });
        expect(report).not.toContain("PRIVATE KEY-----");
        return (JSON.parse(report).checks as { check: string }[]).filter(({ check }) => check === "ssh");
      };
      expect(await doctor(env)).toMatchObject([
        { status: "warn", next: expect.stringContaining(`PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY to ${node}=${hostKey}`) },
      ]);
      expect(await doctor(environment(pins().join()))).toMatchObject([
        { status: "ok", message: expect.stringContaining("with the expected host key") },
      ]);
    });
  });
});
