import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab, type TokenIdentity } from "../../src/lab/index.ts";
import { call, finish, wire } from "./support.ts";

let lab: Lab;
let other: TokenIdentity;
let owned: string;
beforeAll(async () => {
  lab = await startLab({ seed: "small", taskMs: 10, authDelayMs: 1 });
  other = lab.addToken({ user: "ops", realm: "pve", id: "one" }, { "/nodes/pve1": ["Sys.Modify"] });
  const { data } = await call(lab, "POST", "/nodes/pve1/services/cron/restart", { token: other });
  owned = data;
  await finish(lab, owned);
});
afterAll(() => lab.close());

const TASKS = "/nodes/pve1/tasks";
const MISSING = "UPID:pve1:00000001:00000001:60000000:x:1:root@pam:";

describe("tasks of a node", () => {
  it.each([
    ["status", "garbage", 400, { upid: "unable to parse worker upid" }],
    ["status", MISSING, 400, { upid: "no such task" }],
    ["log", "garbage", 400, { upid: "unable to parse worker upid" }],
  ])("%s of %s", async (what, upid, status, errors) => {
    const answer = await call(lab, "GET", `${TASKS}/${encodeURIComponent(upid)}/${what}`);
    expect([answer.status, answer.errors]).toEqual([status, errors]);
  });

  it("without a file a log says so", async () => {
    const { data, total } = await call(lab, "GET", `${TASKS}/${encodeURIComponent(MISSING)}/log`);
    expect([data, total]).toEqual([[{ n: 1, t: "unable to open file - No such file or directory" }], 1]);
  });

  it("a log can be downloaded, whole", async () => {
    const path = `${TASKS}/${encodeURIComponent(owned)}/log`;
    const answer = await wire(lab, "GET", `${path}?download=1`);
    expect([answer.status, answer.headers["content-type"], answer.body]).toEqual([200, "text/plain", "TASK OK\n"]);
    expect((await call(lab, "GET", `${path}?download=1&limit=1`)).reason).toBe(
      "'download' cannot be used together with 'start' or 'limit' parameters",
    );
  });

  it("a token sees its own, an auditor all", async () => {
    const mine = await call(lab, "GET", TASKS, { token: other });
    expect(mine.data.map(({ upid }: { upid: string }) => upid)).toEqual([owned]);
    const all = await call(lab, "GET", TASKS);
    expect(all.data[0].upid).toBe(owned);
    expect(all.total).toBeGreaterThan(1);
    const root = all.data.find(({ user }: { user: string }) => user === "root@pam").upid;
    const path = `${TASKS}/${encodeURIComponent(root)}`;
    expect((await call(lab, "GET", `${path}/status`, { token: other })).reason).toBe(
      "Permission check failed (/nodes/pve1, Sys.Audit)",
    );
    expect((await call(lab, "DELETE", path, { token: other })).status).toBe(200);
  });

  it.each([
    ["?errors=1", (row: { status: string }) => row.status !== "OK"],
    ["?statusfilter=ok", (row: { status: string }) => row.status === "OK"],
    ["?typefilter=vzdump", (row: { type: string }) => row.type === "vzdump"],
    ["?userfilter=ops", (row: { user: string }) => row.user === "ops@pve"],
    ["?vmid=100", (row: { id: string }) => row.id === "100"],
  ])("filters by %s", async (query, wanted) => {
    const { data } = await call(lab, "GET", `${TASKS}${query}`);
    expect(data.length).toBeGreaterThan(0);
    expect(data.every(wanted)).toBe(true);
  });

  it("lists the archive by its ends, pages it, and stops a running one", async () => {
    const { data, total } = await call(lab, "GET", `${TASKS}?limit=2&start=1`);
    expect(data.length).toBe(2);
    expect(total).toBeGreaterThan(2);
    const all = (await call(lab, "GET", TASKS)).data.map(({ endtime }: { endtime: number }) => endtime);
    expect(all).toEqual([...all].sort((one, another) => another - one));
    const {
      data: { upid },
    } = await call(lab, "POST", "/nodes/pve1/termproxy");
    await new Promise((resolve) => setTimeout(resolve, 5));
    const { data: active } = await call(lab, "GET", `${TASKS}?source=active`);
    expect(active).toMatchObject([{ upid, status: "RUNNING" }]);
    await call(lab, "DELETE", `${TASKS}/${encodeURIComponent(upid)}`);
    expect((await finish(lab, upid)).exitstatus).toBe("received interrupt");
  });
});
