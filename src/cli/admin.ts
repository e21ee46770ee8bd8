import { type Command, InvalidArgumentError, Option } from "commander";
import { stateDirectory } from "../access/state-directory.ts";
import { reported } from "../admin/report.ts";
import { addAccessCommands } from "./admin-access.ts";

/** The commands for the operator of a server, which need no configured host. */
export function addAdmin(program: Command): void {
  const admin = program
    .command("admin")
    .description("look after a server: its credentials, its plans, its audit log")
    .addHelpText("after", EXAMPLES);
  addAccessCommands(admin);
  const audit = admin.command("audit").description("the audit log");

  admin
    .command("approve")
    .description("let a plan pass that a server asked a person about")
    .argument("<planId>", "the planId of the answer")
    .option("--json", "one JSON object for machines", false)
    .action(async (planId: string, { json }: { json: boolean }) => {
      process.exitCode = await reported({ ...streams(), json }, async (report) => {
        const [{ approvePlan }, { loadConfig, NO_COMMAND_LINE }] = await Promise.all([
          import("../admin/approve.ts"),
          import("../config/index.ts"),
        ]);
        const { stateKey, redisUrl } = await loadConfig(process.env, NO_COMMAND_LINE);
        return approvePlan(planId, { directory: directory(), stateKey, redisUrl }, report);
      });
    });

  admin
    .command("policy")
    .description("the operator's policy")
    .command("test")
    .description("say what the policy makes of a call, and why; ends with 1 when it is denied")
    .option("--operation <id>", 'method and path template, e.g. "DELETE /nodes/{node}/qemu/{vmid}"')
    .option("--cli <family>", "in its place, a command on a host: qm, pct, pvesh …")
    .option("--argv <words...>", "arguments of that command")
    .option("--params <json>", "parameters that may make the call worse")
    .option("--tool <name>", "tool that asks")
    .option("--cluster <name>")
    .option("--node <name>")
    .option("--vmid <id>", "guest", count)
    .option("--tag <tag...>", "tags of the guest")
    .option("--pool <name>")
    .option("--storage <name>")
    .option("--principal <name>")
    .option("--json", "one JSON object for machines", false)
    .action(async ({ json, ...question }) => {
      const code = await reported({ ...streams(), json }, async (report) => {
        const [{ testPolicy }, { loadConfig, NO_COMMAND_LINE }] = await Promise.all([
          import("../admin/policy-test.ts"),
          import("../config/index.ts"),
        ]);
        const { policyFile, access: ceiling } = await loadConfig(process.env, NO_COMMAND_LINE);
        return JUDGED + (await testPolicy(question, { policyFile, ceiling }, report));
      });
      // Whatever kept it from a judgement is a fault of the settings or of the question.
      process.exitCode = code >= JUDGED ? code - JUDGED : 78;
    });

  audit
    .command("verify")
    .description("check that no line was altered, added or removed; ends with 1 when one was")
    .option("--file <path>", "check one file by itself")
    .option("--json", "one JSON object for machines", false)
    .action(async ({ file, json }: { file?: string; json: boolean }) => {
      process.exitCode = await reported({ ...streams(), json }, async (report) => {
        const [{ verifyAudit }, { loadConfig, NO_COMMAND_LINE }] = await Promise.all([
          import("../admin/audit-verify.ts"),
          import("../config/index.ts"),
        ]);
        const { stateKey } = await loadConfig(process.env, NO_COMMAND_LINE);
        return verifyAudit({ directory: directory(), file, stateKey }, report);
      });
    });

  audit
    .command("tail")
    .description("show the last lines")
    .option("-n, --lines <count>", "how many", count, 20)
    .option("--json", "the lines as they stand, one JSON object each", false)
    .action(async ({ lines, json }: { lines: number; json: boolean }) => {
      const { tailAudit } = await import("../admin/audit-tail.ts");
      process.exitCode = tailAudit({ directory: directory(), lines, json }, process.stdout);
    });

  audit
    .command("export")
    .description("write the lines of a span of time to stdout")
    .option("--since <time>", "from then on: 2026-01-31, 2026-01-31T08:00:00Z, or 30m, 24h, 7d ago", moment)
    .option("--until <time>", "up to, and without, then", moment)
    .addOption(new Option("--format <format>", "as they stand, or a table").choices(["jsonl", "csv"]).default("jsonl"))
    .addOption(new Option("--json", "the same as --format jsonl").implies({ format: "jsonl" }))
    .action(async (options: { since?: number; until?: number; format: "jsonl" | "csv" }) => {
      const { exportAudit } = await import("../admin/audit-export.ts");
      // Whoever reads may stop early, as `head` does.
      process.stdout.on("error", () => process.exit(0));
      process.exitCode = await exportAudit({ directory: directory(), ...options }, process.stdout);
    });
}

/** Added to the exit code of a judgement, to tell it from the code of a failure. */
const JUDGED = 1000;

const EXAMPLES = `
Each command has its own --help. Examples:
  proxmox-mcp admin enroll --host pve1 --dry-run    what would be made, every remote command and request
  proxmox-mcp admin status                          do the stored credentials work, and until when
  proxmox-mcp admin rotate --host pve1              new credentials in the place of the old ones
  proxmox-mcp admin deprovision --host pve1         nothing is left behind
  proxmox-mcp admin audit verify                    was the log altered

They read the same variables as the server (docs/operations.md); --json is understood by all of them.`;

function streams(): { out: NodeJS.WriteStream; err: NodeJS.WriteStream } {
  return { out: process.stdout, err: process.stderr };
}

function directory(): string {
  return stateDirectory(process.env);
}

function count(text: string): number {
  const number = Number(text);
  if (!/^\d+$/.test(text) || number < 1 || number > 999_999_999) {
    throw new InvalidArgumentError("This is a positive integer.");
  }
  return number;
}

const UNITS: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

/** Milliseconds since the epoch. */
function moment(text: string): number {
  const ago = /^(\d+)([smhd])$/.exec(text);
  if (ago) return Date.now() - Number(ago[1]) * UNITS[ago[2]!]!;
  const at = /^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text) ? Date.parse(text) : Number.NaN;
  if (Number.isNaN(at)) throw new InvalidArgumentError("A time is 2026-01-31, 2026-01-31T08:00:00Z, or 30m, 24h, 7d.");
  return at;
}
