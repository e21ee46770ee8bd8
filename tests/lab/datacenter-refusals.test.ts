import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { type Step, story, take } from "./cluster-steps.ts";
import { finish } from "./support.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ seed: "recorded", taskMs: 2, authDelayMs: 0 });
  const upid = await take(lab, { do: "POST /nodes/pve1/qemu", form: { vmid: 100, name: "one", memory: 256 } });
  await finish(lab, upid);
});
afterAll(() => lab.close());

const S = "/cluster/metrics/server";
const N = "/cluster/notifications";
const H = "/cluster/ha";
const REFUSED = "Can't connect to 127.0.0.1";

function refused(what: string, form: Step["form"], says: string): Step {
  return { do: what, ...(form ? { form } : {}), status: 500, says };
}

const STORIES: Readonly<Record<string, readonly Step[]>> = {
  "metric servers are tried when they are not disabled": [
    refused(
      `POST ${S}/ma`,
      { type: "graphite", server: "127.0.0.1", port: 2003, proto: "tcp" },
      "couldn't create carbon socket [127.0.0.1]:2003 - Connection refused",
    ),
    refused(
      `POST ${S}/ma`,
      { type: "influxdb", server: "127.0.0.1", port: 8086, influxdbproto: "http" },
      `500 ${REFUSED}:8086 (Connection refused)`,
    ),
    refused(
      `POST ${S}/ma`,
      { type: "influxdb", server: "db.x.test", port: 8089 },
      "couldn't create influxdb socket [db.x.test]:8089 - Temporary failure in name resolution",
    ),
    refused(
      `POST ${S}/ma`,
      { type: "opentelemetry", server: "127.0.0.1", port: 4318 },
      `Connection test failed: 500 ${REFUSED}:4318 (Connection refused)`,
    ),
    { do: `POST ${S}/ma`, form: { type: "graphite", server: "127.0.0.1", port: 2003, proto: "tcp", disable: 1 } },
    { do: `POST ${S}/mb`, form: { type: "graphite", server: "127.0.0.1", port: 2003 } },
    {
      do: `GET ${S}`,
      data: (rows: unknown[]) =>
        expect(rows).toEqual([
          { id: "ma", disable: 1, type: "graphite", server: "127.0.0.1", port: 2003 },
          { id: "mb", disable: 0, type: "graphite", server: "127.0.0.1", port: 2003 },
        ]),
    },
  ],
  "certificate authorities are asked where they are said to be": [
    refused(
      "GET /cluster/acme/meta",
      { directory: "http://127.0.0.1:14000/dir" },
      `Error: GET to http://127.0.0.1:14000/dir\n${REFUSED}:14000 (Connection refused)`,
    ),
    refused("GET /cluster/acme/tos", undefined, "acme-v02.api.letsencrypt.org:443 (Temporary failure in name"),
  ],
  "matchers are read before they are kept": [
    { do: `POST ${N}/endpoints/gotify`, form: { name: "go", server: "http://127.0.0.1:1", token: "t", comment: "c" } },
    refused(`POST ${N}/matchers`, { name: "mm", "match-severity": "loud" }, "invalid severity loud"),
    refused(
      `POST ${N}/matchers`,
      { name: "mm", "match-field": "type=vzdump" },
      "could not apply filter: invalid match-field statement: type=vzdump",
    ),
    {
      do: `POST ${N}/matchers`,
      form: { name: "mm", target: "go", "match-severity": "error, warning", "match-field": "exact:type=a, b" },
    },
    { do: `GET ${N}/matchers/mm`, data: { "match-severity": ["error,warning"], "match-field": ["exact:type=a,b"] } },
    refused(`PUT ${N}/matchers/mm`, { delete: "nonsense" }, "unknown variant `nonsense`, expected one of `comment`"),
    refused(`PUT ${N}/endpoints/gotify/go`, { delete: "token" }, "expected `comment` or `disable`"),
    { do: `PUT ${N}/endpoints/gotify/go`, form: { delete: "comment" } },
    {
      do: `GET ${N}/endpoints/gotify/go`,
      data: (endpoint: object) => expect(endpoint).not.toHaveProperty("comment"),
    },
  ],
  "webhooks keep the secrets that are only named": [
    { do: `POST ${N}/targets/none/test`, status: 404, says: "endpoint 'none' does not exist" },
    {
      do: `POST ${N}/endpoints/webhook`,
      form: { name: "wh", url: "http://127.0.0.1:1", method: "post", secret: "name=s,value=YQ==" },
    },
    {
      do: `PUT ${N}/endpoints/webhook/wh`,
      form: { header: "name=X,value=YQ" },
      status: 400,
      says: "header 'X' does not have valid base64 encoded data",
    },
    { do: `PUT ${N}/endpoints/webhook/wh`, form: { secret: "name=t" }, status: 400, says: "secret 't' not known" },
    { do: `PUT ${N}/endpoints/webhook/wh`, form: { secret: ["name=s", "name=t,value=Yg=="] } },
    { do: `GET ${N}/endpoints/webhook/wh`, data: { secret: ["name=s", "name=t"] } },
  ],
  "jobs are named with their comment, or none": [
    { do: "POST /cluster/backup", form: { id: "nightly", schedule: "daily", all: 1 } },
    {
      do: `GET ${N}/matcher-field-values`,
      data: (rows: unknown[]) => expect(rows).toContainEqual({ field: "job-id", value: "nightly", comment: null }),
    },
  ],
  "HA knows two kinds of resources, and a rule's own type": [
    refused(`POST ${H}/resources`, { sid: "disk:100" }, "unknown section type 'disk'"),
    refused(`POST ${H}/resources`, { sid: "555" }, "unable do detect SID from VMID - VM/CT 555 does not exist"),
    { do: `POST ${H}/resources`, form: { sid: "100", comment: "one" } },
    { do: `PUT ${H}/resources/100`, form: { comment: "two", delete: "comment" } },
    { do: `GET ${H}/resources/100`, data: (row: object) => expect(row).not.toHaveProperty("comment") },
    { do: `POST ${H}/rules`, form: { rule: "near", type: "node-affinity", resources: "vm:100", nodes: "pve1" } },
    refused(
      `PUT ${H}/rules/near`,
      { type: "resource-affinity", comment: "x" },
      "update HA rules failed: unexpected property 'type'",
    ),
    { do: `PUT ${H}/rules/near`, form: { type: "node-affinity", comment: "x" } },
    { do: `DELETE ${H}/rules/near` },
    { do: `DELETE ${H}/resources/vm:100` },
  ],
  "defaults of backups are those of a storage that is there": [
    refused("GET /nodes/pve1/vzdump/defaults", { storage: "none" }, "storage 'none' does not exist"),
    { do: "GET /nodes/pve1/vzdump/defaults", form: { storage: "local" }, data: { storage: "local" } },
  ],
  "tokens that are changed must be there": [
    refused("PUT /access/users/root@pam/token/none", { comment: "x" }, "no such token 'none' for user 'root@pam'"),
  ],
  "tasks are found by any spelling of their user": [
    {
      do: "GET /nodes/pve1/tasks",
      form: { userfilter: "ROOT" },
      data: (rows: unknown[]) => expect(rows.length).toBeGreaterThan(0),
    },
  ],
};

describe("the datacenter", () => {
  it.each(Object.keys(STORIES))("%s", async (name) => {
    await story(lab, STORIES[name]!);
  });

  it("learns from the worker that guests go nowhere", async () => {
    const upid = await take(lab, {
      do: "POST /cluster/bulk-action/guest/migrate",
      form: { vms: 100, target: "pve9" },
    });
    const { exitstatus, log } = await finish(lab, upid);
    expect([exitstatus, log[0]]).toEqual(["Some guests failed to migrate 100", "Migrating guests to pve9: 100"]);
  });
});
