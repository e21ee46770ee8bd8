import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const read = (name: string) => readFileSync(path(name), "utf8");
const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };

interface Workflow {
  on: Record<string, unknown>;
  permissions: Record<string, string>;
  concurrency: { group: string };
  jobs: Record<string, { permissions?: Record<string, string>; "timeout-minutes": number; steps: Step[] }>;
}

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}

const files = readdirSync(path(".github/workflows")).map((name) => `.github/workflows/${name}`);

describe.each(files)("%s", (file) => {
  const text = read(file);
  const workflow = parse(text) as Workflow;
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test("pins each action by a commit, and says of which version it is", () => {
    const uses = text.split("\n").filter((line) => /\buses:/.test(line));
    expect(uses).toHaveLength(steps.filter((step) => step.uses).length);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  });

  test("runs only what there is", () => {
    const commands = steps.flatMap(({ run }) => run?.split(/\n|&&/) ?? []).map((command) => command.trim());
    const named = commands.flatMap((command) => /^npm (?:run )?(?!ci|pack|publish)([\w:]+)/.exec(command)?.[1] ?? []);
    expect(named.filter((name) => scripts[name] === undefined)).toEqual([]);
    for (const command of commands.filter((one) => one.startsWith(".ci/")))
      expect(existsSync(path(command))).toBe(true);
  });

  test("may read, and what a job may do beside is said by that job", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(workflow.concurrency.group).toBeTruthy();
    for (const [name, job] of Object.entries(workflow.jobs)) expect(job["timeout-minutes"], name).toBeGreaterThan(0);
    const checkouts = steps.filter((step) => step.uses?.startsWith("actions/checkout@"));
    for (const step of checkouts) expect(step.with).toEqual({ "persist-credentials": false });
  });

  test("puts nothing that others write into a shell", () => {
    for (const { run = "" } of steps) expect(run).not.toContain("${{");
  });
});

test("pull requests get no rights, and releases come from tags alone", () => {
  const ci = parse(read(".github/workflows/ci.yml")) as Workflow;
  expect(Object.keys(ci.on)).toEqual(["push", "pull_request"]);
  for (const job of Object.values(ci.jobs)) expect(job.permissions).toBeUndefined();
  const release = parse(read(".github/workflows/release.yml")) as Workflow;
  expect(release.on).toEqual({ push: { tags: ["v[0-9]+.[0-9]+.[0-9]+"] } });
});
