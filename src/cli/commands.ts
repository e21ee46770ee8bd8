import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import { packageVersion } from "../version.ts";
import { addAdmin } from "./admin.ts";

/** Parses and runs one command line. */
export async function runCommand(args: readonly string[]): Promise<void> {
  endWithReader(args);
  try {
    await commandLine().parseAsync([...args], { from: "user" });
  } catch (error) {
    // Commander has printed its help or its complaint already.
    if (!(error instanceof CommanderError)) throw error;
    process.exitCode = error.exitCode === 0 ? 0 : 2;
  }
}

/** All commands with their options; the documents are checked against it. */
export function commandLine(): Command {
  const program = new Command("proxmox-mcp")
    .description("MCP server for Proxmox VE. Without a command it serves MCP over stdio.")
    .version(packageVersion())
    .showHelpAfterError("(proxmox-mcp --help lists the commands)")
    .exitOverride();

  program
    .command("serve")
    .description("serve MCP over stdio, or as PROXMOX_MCP_MODE says (the default)")
    .option("--dangerously-skip-confirmation", "carry destructive calls out without a person's confirmation", false)
    .option("--dangerously-allow-anonymous-loopback", "let anybody on this machine call over HTTP", false)
    .action(async (options: { dangerouslySkipConfirmation: boolean; dangerouslyAllowAnonymousLoopback: boolean }) =>
      (await import("./serve.ts")).serve({
        skipConfirmation: options.dangerouslySkipConfirmation,
        anonymousLoopback: options.dangerouslyAllowAnonymousLoopback,
      }),
    );

  program
    .command("lab")
    .description("run a simulated Proxmox VE cluster on this machine")
    .option("--port <port>", "port to listen on; 0 picks a free one", portNumber, 0)
    .addOption(
      new Option("--seed <seed>", "1 node/5 guests, 3/100, 32/10,000, or an empty node for the recordings")
        .choices(["small", "medium", "large", "recorded"])
        .default("small"),
    )
    .option("--host <address>", "address to listen on", "127.0.0.1")
    .option("--ssh", "serve SSH too, every node on a port of its own")
    .option("--faults <file>", "JSON list of faults to switch on, as docs/lab.md lists them")
    .action(async (options) => {
      process.exitCode = await (await import("../lab/command.ts")).runLabCommand(options);
    });

  program
    .command("demo")
    .description("start a lab and this server, and drive it with an MCP client")
    .action(async () => {
      const { runDemo } = await import("./demo.ts");
      process.exitCode = await runDemo(process.stdout);
    });

  program
    .command("doctor")
    .description("find out why something does not work; ends with 1 when a check fails, 78 when the settings are wrong")
    .option("--json", "one JSON object for machines", false)
    .option("--schema", "also compare the API schema with the host's own", false)
    .action(async (options: { json: boolean; schema: boolean }) => {
      const { runDoctor } = await import("../doctor/doctor.ts");
      const { env, stdout } = process;
      const colour = stdout.isTTY === true && !env.NO_COLOR;
      process.exitCode = await runDoctor({ env, version: packageVersion(), colour, ...options }, stdout);
    });

  program
    .command("api")
    .description("the API schema without a server")
    .command("check")
    .description('validate JSON lines {"method","path","params"} from stdin')
    .option("--pve <version>", "validate for this Proxmox VE version, e.g. 8.4")
    .action(async ({ pve }: { pve?: string }) => {
      const { runApiCheck } = await import("../api-check.ts");
      process.exitCode = await runApiCheck(process.stdin, process.stdout, pve === undefined ? {} : { version: pve });
    });

  addAdmin(program);
  return program;
}

/** Whoever reads may stop before the end, as `head` does. The server has a way of its own to end. */
function endWithReader([command]: readonly string[]): void {
  if (command === "serve") return;
  process.stdout.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
    process.exit();
  });
}

function portNumber(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) throw new InvalidArgumentError("A port is an integer from 0 to 65535.");
  return port;
}
