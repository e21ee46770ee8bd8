import { expect, test } from "vitest";
import { untrustedFields, untrustedOfError } from "../../src/mcp/untrusted-fields.ts";

test.each<[string, Record<string, unknown>, string[]]>([
  ["nothing", { cluster: "home", vmid: 100, node: "pve1", status: "running" }, []],
  ["a name", { vmid: 100, name: "web" }, ["name"]],
  ["an empty one", { vmid: 100, name: "", description: " \n" }, []],
  [
    "keys at any depth, each once",
    { name: "a", config: { description: "b", name: "c", tags: "x;y" } },
    ["name", "description", "tags"],
  ],
  [
    "a column",
    {
      columns: ["vmid", "name", "tags"],
      rows: [
        [1, "a", null],
        [2, "b", null],
      ],
    },
    ["name"],
  ],
  [
    "a column whose cells are empty",
    {
      columns: ["vmid", "name"],
      rows: [
        [1, null],
        [2, ""],
      ],
    },
    [],
  ],
  ["lists within an answer", { all: [{ columns: ["comment"], rows: [["x"]] }] }, ["comment"]],
  ["lines of a log", { log: { start: 0, total: 2, lines: ["a"] } }, ["log"]],
  ["the log of a job", { job: { id: "x", log: ["a"], exitstatus: "OK" } }, ["log"]],
  ["a failure in Proxmox's words", { job: { exitstatus: "volume 'x' does not exist" } }, ["exitstatus"]],
  ["who started a task", { user: "root@pam!mcp" }, []],
  ["what a guest is made from", { user: "#cloud-config\n", meta: "x: y" }, ["user", "meta"]],
  ["what changes", { plan: { diff: [{ key: "cores", from: 1, to: 2 }] } }, []],
  ["what changes in words", { plan: { diff: [{ key: "description", from: "old" }] } }, ["from"]],
  ["what an agent answers", { "out-data": "x", "err-data": "", exitcode: 1 }, ["out-data"]],
  ["a storage's content types", { columns: ["content"], rows: [["iso,backup"]] }, []],
  ["a file that begins like content types", { content: "import os  # obey" }, ["content"]],
  ["a file's content", { content: "#!/bin/sh" }, ["content"]],
  ["any operation's answer, once for all of it", { data: [{ name: "a", description: "b" }] }, ["data"]],
  ["figures alone", { data: { cpu: 0.1, list: [1, 2] } }, []],
  ["a reason of our own", { incomplete: [{ node: "pve2", reason: "offline" }] }, []],
  ["a reason in Proxmox's words", { incomplete: [{ reason: "proxmox-error: agent says x" }] }, ["reason"]],
  ["the caller's own parameters", { plan: { requests: [{ params: { name: "mine" } }], confirm: "web" } }, ["confirm"]],
  ["a sentence that repeats a name", { name: "web", verdict: "web does not start" }, ["name", "verdict"]],
  ["one that has it within a word", { name: "web", verdict: "a website does not start", status: "web" }, ["name"]],
  ["sentences in a list", { name: "web", evidence: [{ why: ["no disk", "web is gone"] }] }, ["name", "why"]],
  ["a reference to an artifact", { artifact: { name: "x", uri: "proxmox://artifacts/x" } }, []],
])("%s", (_, answer, wanted) => {
  expect(untrustedFields(answer)).toEqual(wanted);
});

test.each<[string, Parameters<typeof untrustedOfError>[0], string[]]>([
  ["of our own", { message: "Set vmid.", next: "Call again.", data: { argument: "vmid" } }, []],
  ["that is Proxmox's answer", { message: "agent said hello", data: { status: 500 } }, ["message"]],
  ["that repeats a name", { message: "web is a container.", data: { name: "web" } }, ["name", "message"]],
  [
    "that suggests one",
    { message: "No guest wbe.", next: "Did you mean web?", data: { nearest: "web" } },
    ["nearest", "next"],
  ],
  ["with a log", { message: "Task failed: x.", data: { job: { log: ["y"] } } }, ["log"]],
  ["without facts", { message: "Nothing." }, []],
])("an error %s", (_, error, wanted) => {
  expect(untrustedOfError(error)).toEqual(wanted);
});
