import { expect, test } from "vitest";
import { manifest } from "../../generated/manifest.ts";
import { search } from "../../src/search/search.ts";
import { blindQuestions } from "./blind-questions.ts";
import { questions } from "./questions.ts";

const found = (question: string, limit: number) => search(question, limit).map(({ id }) => id);

test("the questions ask for operations that there are", () => {
  const known = new Set<string>(manifest.map(({ id }) => id));
  expect(questions.length).toBeGreaterThanOrEqual(120);
  expect(new Set(questions.map(([question]) => question)).size).toBe(questions.length);
  for (const [, ...operations] of [...questions, ...blindQuestions]) {
    expect(operations.length).toBeGreaterThan(0);
    for (const id of operations) expect(known).toContain(id);
  }
});

test.each([
  ["questions", questions],
  ["questions of somebody who did not know the index", blindQuestions],
])("nineteen of twenty %s find their operation among the first five", (name, asked) => {
  const missed = asked.filter(([question, ...wanted]) => !found(question, 5).some((id) => wanted.includes(id)));
  console.log(`recall@5 of ${name}: ${asked.length - missed.length} of ${asked.length}`);
  expect(missed.length / asked.length, JSON.stringify(missed)).toBeLessThanOrEqual(0.05);
});

test.each([
  ["/nodes/pve1/qemu/100/config", "GET /nodes/{node}/qemu/{vmid}/config"],
  ["put /nodes/pve1/qemu/100/config", "PUT /nodes/{node}/qemu/{vmid}/config"],
  ["/api2/json/cluster/resources", "GET /cluster/resources"],
  ["qm set 100 --memory 4096", "POST /nodes/{node}/qemu/{vmid}/config"],
  ["pvesm prune-backups local", "DELETE /nodes/{node}/storage/{storage}/prunebackups"],
  ["systemctl restart pveproxy", "POST /nodes/{node}/services/{service}/restart"],
])("what is named exactly stands first: %s", (question, operation) => {
  expect(found(question, 3)[0]).toBe(operation);
});

test("slips of the pen are forgiven", () => {
  expect(found("snapshto of a vm", 5).join()).toContain("snapshot");
  expect(found("frewall rules", 5).join()).toContain("firewall");
});

test("nothing is made up", () => {
  expect(found("zzzzqqqq", 5)).toEqual([]);
  expect(found("?!", 5)).toEqual([]);
});
