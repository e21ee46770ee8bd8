import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { story, take } from "./cluster-steps.ts";
import { until } from "./support.ts";

const HA = "/cluster/ha";
let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 5, haMs: 20, authDelayMs: 0 });
});
afterAll(() => lab.close());

describe("high availability", () => {
  it("takes resources up, starts and stops them later, and lets them go", async () => {
    await story(lab, [
      { do: `POST ${HA}/resources`, form: { sid: "vm:102", state: "started", comment: "c", max_restart: 2 } },
      {
        do: `POST ${HA}/resources`,
        form: { sid: "102" },
        status: 500,
        says: "create resource failed: resource ID 'vm:102' already defined",
      },
      { do: `POST ${HA}/resources`, form: { sid: "ct:102", type: "vm" }, status: 500, says: "types does not match" },
      {
        do: `POST ${HA}/resources`,
        form: { sid: "vm:99999" },
        status: 500,
        says: "resource 'vm:99999' does not exist in cluster",
      },
      {
        do: `POST ${HA}/resources`,
        form: { sid: "99999" },
        status: 500,
        says: "unable do detect SID from VMID - VM/CT 99999 does not exist",
      },
      {
        do: `GET ${HA}/resources/102`,
        data: { sid: "vm:102", type: "vm", state: "started", comment: "c", max_restart: 2 },
      },
    ]);
    const guest = lab.state.guests.get(102)!;
    await until(() => guest.running);
    const { digest } = await take(lab, { do: `GET ${HA}/resources/vm:102` });
    await story(lab, [
      {
        do: `PUT ${HA}/resources/vm:102`,
        form: { state: "stopped", digest: "0".repeat(40) },
        status: 500,
        says: "detected modified configuration",
      },
      { do: `PUT ${HA}/resources/vm:102`, form: { state: "stopped", delete: "comment", digest } },
      {
        do: `PUT ${HA}/resources/vm:102`,
        form: { delete: "nonsense" },
        status: 500,
        says: "update resources config failed: no such option 'nonsense'",
      },
    ]);
    await until(() => !guest.running);
    const status = await take(lab, { do: `GET ${HA}/status/current` });
    expect(status.map((row: { id: string }) => row.id).slice(0, 4)).toEqual([
      "quorum",
      "master",
      "fencing",
      "lrm:pve1",
    ]);
    await until(async () => {
      const rows = await take(lab, { do: `GET ${HA}/status/current` });
      return rows.some((row: { sid: string; state: string }) => row.sid === "vm:102" && row.state === "stopped");
    });
    await story(lab, [
      { do: `DELETE ${HA}/resources/vm:102` },
      { do: `DELETE ${HA}/resources/vm:102`, status: 500, says: "cannot delete service 'vm:102', not HA managed!" },
      { do: `GET ${HA}/groups`, status: 500, says: "cannot index groups: ha groups have been migrated to rules" },
    ]);
  });

  it("moves guests when asked, unless a rule keeps them", async () => {
    const [one, two] = ["vm:106", "vm:107"];
    const at = lab.state.guests.get(107)!.node;
    const target = [...lab.state.nodes.keys()].find((name) => name !== at && name !== lab.state.guests.get(106)!.node)!;
    await story(lab, [
      {
        do: `POST ${HA}/rules`,
        form: { rule: "r1", type: "resource-affinity", affinity: "negative", resources: `${one},${two}` },
      },
      {
        do: `POST ${HA}/rules`,
        form: { rule: "r1", type: "node-affinity", resources: one, nodes: "pve1" },
        status: 500,
        says: "create ha rule failed: HA rule 'r1' already defined",
      },
      {
        do: `POST ${HA}/rules`,
        form: { rule: "r2", type: "resource-affinity", affinity: "positive", resources: one },
        status: 500,
        says: "less than two resources",
      },
      {
        do: `POST ${HA}/rules`,
        form: { rule: "r2", type: "resource-affinity", affinity: "positive", resources: `${one},${two}` },
        status: 500,
        says: "rule shares two or more resources with a negative resource affinity rule",
      },
      {
        do: `POST ${HA}/rules`,
        form: { rule: "r2", type: "node-affinity", resources: "vm:103", nodes: "pve1" },
        status: 500,
        says: "cannot use unmanaged resource(s) vm:103.",
      },
      {
        do: `POST ${HA}/rules`,
        form: { rule: "r2", type: "node-affinity", resources: one, nodes: "pve9" },
        status: 500,
        says: "cannot use non-existant node(s) pve9.",
      },
      {
        do: `POST ${HA}/rules`,
        form: { rule: "r2", type: "node-affinity", resources: one, nodes: "pve2:2,pve1", strict: 0 },
        status: 500,
        says: "multiple priorities",
      },
      { do: `GET ${HA}/rules/r1`, data: { rule: "r1", type: "resource-affinity", affinity: "negative", order: 1 } },
      { do: `GET ${HA}/rules?type=node-affinity`, data: [] },
      { do: `PUT ${HA}/rules/r1`, form: { type: "resource-affinity", disable: 1 } },
      {
        do: `PUT ${HA}/rules/none`,
        form: { type: "resource-affinity", disable: 1 },
        status: 500,
        says: "update HA rules failed: HA rule 'none' does not exist",
      },
      { do: `DELETE ${HA}/rules/r1` },
      { do: `DELETE ${HA}/rules/r1` },
      { do: `GET ${HA}/rules/r1`, status: 500, says: "no such ha rule 'r1'" },
      {
        do: `POST ${HA}/resources/${two}/migrate`,
        form: { node: target },
        data: { sid: two, "requested-node": target },
      },
      {
        do: `POST ${HA}/resources/ct:103/migrate`,
        form: { node: target },
        status: 500,
        says: "resource 'ct:103' is not HA managed",
      },
    ]);
    await until(() => lab.state.guests.get(107)!.node === target);
  });

  it("is disarmed and armed again", async () => {
    await take(lab, { do: `POST ${HA}/status/disarm-ha`, form: { "resource-mode": "freeze" } });
    await until(async () => {
      const rows = await take(lab, { do: `GET ${HA}/status/current` });
      return rows.some(
        (row: Record<string, string>) => row["armed-state"] === "disarmed" && row.resource_mode === "freeze",
      );
    });
    await take(lab, { do: `POST ${HA}/status/arm-ha` });
    await until(async () => {
      const rows = await take(lab, { do: `GET ${HA}/status/current` });
      return rows.some((row: Record<string, string>) => row["armed-state"] === "armed");
    });
    await take(lab, {
      do: `GET ${HA}/status/manager_status`,
      data: { manager_status: { master_node: "pve1" }, quorum: { quorate: "1" } },
    });
  });
});

describe("high availability before rules", () => {
  it("knows groups, and tells nothing of watchdogs", async () => {
    const old = await startLab({ seed: "medium", taskMs: 5, authDelayMs: 0, version: "8.4" });
    try {
      await story(old, [
        { do: `POST ${HA}/groups`, form: { group: "gg", nodes: "pve2:2,pve1" } },
        { do: `POST ${HA}/groups`, form: { group: "gg", nodes: "pve1" }, status: 500, says: "already defined" },
        { do: `GET ${HA}/groups/gg`, data: { group: "gg", type: "group", nodes: "pve1,pve2:2" } },
        {
          do: `POST ${HA}/resources`,
          form: { sid: "vm:102", group: "none" },
          status: 500,
          says: "HA group 'none' does not exist",
        },
        { do: `POST ${HA}/resources`, form: { sid: "vm:102", group: "gg" } },
        { do: `DELETE ${HA}/groups/gg`, status: 500, says: "is used by service 'vm:102'" },
        { do: `DELETE ${HA}/resources/vm:102` },
        { do: `DELETE ${HA}/groups/gg` },
      ]);
      const rows = await take(old, { do: `GET ${HA}/status/current` });
      expect(rows.map((row: { type: string }) => row.type)).not.toContain("fencing");
    } finally {
      await old.close();
    }
  });
});
