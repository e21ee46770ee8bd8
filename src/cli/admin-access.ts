import { type Command, InvalidArgumentError, Option } from "commander";
import { reported } from "../admin/report.ts";
import { type Config, loadConfig, NO_COMMAND_LINE } from "../config/index.ts";
import { ProxmoxMcpError } from "../errors/index.ts";
import { USUAL_NAME } from "../provision/names.ts";
import { SUDO_FAMILIES, SUDO_REACHES } from "../provision/sudo-rules.ts";
import { ACCESS_CLASSES } from "../schema/operation.ts";
import { askSecret, askYes, secretFromInput } from "./prompt.ts";
import { chosenTools } from "./tool-choice.ts";

interface Common {
  cluster: string;
  secretBackend?: string;
  secretFile?: string;
  json: boolean;
}

interface Way extends Common {
  via: "ssh" | "api";
  host?: string;
  node?: string;
  user?: string;
  key?: string;
  password?: string;
  passwordStdin: boolean;
  hostKey?: string;
}

/** The commands that make, renew, look after and remove what a server needs of a cluster. */
export function addAccessCommands(admin: Command): void {
  way(
    admin
      .command("enroll")
      .description("make a user, a role, a token and an SSH user for the server, and put the secrets into the store"),
  )
    .option("--name <name>", "what all that is made is called", USUAL_NAME)
    .addOption(new Option("--only <part>", "the token, or the SSH user of one more node").choices(["token", "ssh"]))
    .addOption(
      new Option("--access <class>", "worst calls that the token is meant for")
        .choices(ACCESS_CLASSES)
        .default("destructive"),
    )
    .option("--tools <names>", "tools that the token is meant for, by commas; all when left out")
    .option("--toolsets <names>", "in their place, whole groups of them, e.g. guests,backup")
    .option("--expire <when>", "when the token ends: 90d, 2027-01-31, never", ending)
    .addOption(
      new Option("--sudo <reach>", "what the SSH user may do as root: the command lines, files too, or all")
        .choices(SUDO_REACHES)
        .default("cli"),
    )
    .option("--families <names>", `command lines that it may use, of ${SUDO_FAMILIES.join(",")}`, families)
    .option("--dry-run", "print every remote command and request, and change nothing", false)
    .option("--variables-file <path>", "with the backend env: write the variables into this new file")
    .option("--print-secrets", "with the backend env: print the variables, secrets and all", false)
    .addHelpText("after", ENROLL_EXAMPLES)
    .action((given: EnrollGiven) =>
      carriedOut(given, async (report, config, signal) => {
        const [{ enroll }, { typedUsages }] = await Promise.all([
          import("../admin/enroll.ts"),
          import("../doctor/rights/usages.ts"),
        ]);
        const tools = await chosenTools(given);
        const printRaw = (text: string) => void process.stdout.write(text);
        const expire = given.expire || undefined;
        return enroll(
          { ...given, ...operatorOf(given, config), tools, expire, usages: typedUsages(), signal, printRaw },
          report,
        );
      }),
    );

  way(
    admin
      .command("rotate")
      .description(
        "put a new token and a new SSH key in the place of the stored ones, which are tried before the old ones go",
      ),
  )
    .addOption(new Option("--only <part>", "the token, or the SSH key alone").choices(["token", "ssh"]))
    .option("--expire <when>", "when the new token ends: 90d, 2027-01-31, never", ending)
    .option("--pid <pid...>", "running servers to tell by SIGHUP; others find the new token by themselves", numbers, [])
    .option("--grace <seconds>", "time between telling them and removing the old ones", seconds, 2)
    .option("--dry-run", "print every remote command and request, and change nothing", false)
    .action((given: RotateGiven) =>
      carriedOut(given, async (report, config, signal) => {
        const { rotate } = await import("../admin/rotate.ts");
        const { pid: pids, grace } = given;
        const graceMs = pids.length > 0 ? grace * 1000 : 0;
        return rotate({ ...given, ...operatorOf(given, config), pids, graceMs, signal }, report);
      }),
    );

  common(
    admin
      .command("status")
      .description("try every stored credential with a live call; ends with 1 when one does not work"),
    { all: true },
  )
    .option("--warn-days <days>", "warn about a token that ends within so many days", seconds, 30)
    .action((given: StatusGiven) =>
      carriedOut(given, async (report, config) => {
        const { status } = await import("../admin/status.ts");
        return status({ config, ...given, env: process.env, now: Date.now() }, report);
      }),
    );

  way(
    admin
      .command("deprovision")
      .description("remove what enroll made: rights, token, user, roles, SSH user, sudo rules, and the stored secrets"),
  )
    .option("--name <name>", "what was enrolled", USUAL_NAME)
    .addOption(new Option("--only <part>", "the token, or the SSH user alone").choices(["token", "ssh"]))
    .option("--yes", "do not ask", false)
    .option("--dry-run", "print every remote command and request, and change nothing", false)
    .action((given: DeprovisionGiven) =>
      carriedOut(given, async (report, config) => {
        const { deprovision } = await import("../admin/deprovision.ts");
        const confirm = async (question: string) => given.yes || (await askYes(question));
        return deprovision({ ...given, ...operatorOf(given, config), confirm }, report);
      }),
    );

  common(admin.command("rekey").description("encrypt the file of secrets with another key"), { all: true })
    .option("--generate <path>", "make a new key and write it into this new file")
    .option("--new-key-stdin", "read the new key from standard input", false)
    .option("--plain", "leave the file without a key", false)
    .action((given: RekeyGiven) =>
      carriedOut(given, async (report, config) => {
        const { rekey } = await import("../admin/rekey.ts");
        const key = given.newKeyStdin ? await secretFromInput() : undefined;
        return rekey({ config, generate: given.generate, key, plain: given.plain }, report);
      }),
    );
}

type EnrollGiven = Way & {
  name: string;
  only?: "token" | "ssh";
  access: (typeof ACCESS_CLASSES)[number];
  tools?: string;
  toolsets?: string;
  expire?: number;
  sudo: (typeof SUDO_REACHES)[number];
  families?: string[];
  dryRun: boolean;
  variablesFile?: string;
  printSecrets: boolean;
};
type RotateGiven = Way & { only?: "token" | "ssh"; expire?: number; pid: number[]; grace: number; dryRun: boolean };
type StatusGiven = Omit<Common, "cluster"> & { cluster?: string; warnDays: number };
type DeprovisionGiven = Way & { name: string; only?: "token" | "ssh"; yes: boolean; dryRun: boolean };
type RekeyGiven = Common & { generate?: string; newKeyStdin: boolean; plain: boolean };

const ENROLL_EXAMPLES = `
Examples:
  proxmox-mcp admin enroll --host pve1 --secret-backend file --secret-file ~/.proxmox-mcp --dry-run
  proxmox-mcp admin enroll --host pve1 --key ~/.ssh/id_ed25519 --access read --toolsets inventory,backup
  proxmox-mcp admin enroll --via api --only token --expire 90d --password-stdin < password

A password is asked for, or read from standard input; it is never an argument, where every user of this machine could
read it. The same is true on the node: no secret stands in a remote command line.`;

function common(command: Command, { all = false } = {}): Command {
  if (all) command.option("--cluster <name>", "one of the configured clusters; all when left out");
  else command.option("--cluster <name>", "one of the configured clusters", "default");
  return command
    .addOption(
      new Option("--secret-backend <backend>", "in the place of PROXMOX_MCP_SECRET_BACKEND").choices([
        "env",
        "file",
        "vault",
      ]),
    )
    .option("--secret-file <path>", "in the place of PROXMOX_MCP_SECRET_FILE_PATH")
    .option("--json", "one JSON object for machines", false);
}

function way(command: Command): Command {
  return common(command)
    .addOption(
      new Option("--via <way>", "as root over SSH, or over the API as root@pam").choices(["ssh", "api"]).default("ssh"),
    )
    .option("--host <address>", "node to log in to, with its port if that is not 22; the API's host when left out")
    .option("--node <name>", "what that node is called")
    .option("--user <name>", "who logs in: root, or root@pam over the API")
    .option("--key <path>", "your own private key, in the place of a password")
    .option("--password-stdin", "read the password, or the key's passphrase, from standard input", false)
    .option("--host-key <fingerprint>", "SHA256:… of the node, as ssh-keygen -lf prints it")
    .addOption(new Option("--password <value>").hideHelp());
}

/** The secret is in the list of processes by now, and nothing is done with it. */
class PasswordArgumentError extends ProxmoxMcpError {
  constructor() {
    super({
      code: "invalid-argument",
      message:
        "A password is never taken from the command line: every user of this machine can read it there. Nothing was done.",
      next: "Leave --password out to be asked for it, or pipe it in with --password-stdin; and change it, if it was the real one.",
    });
  }
}

type Run = (
  report: Parameters<Parameters<typeof reported>[1]>[0],
  config: Config,
  signal: AbortSignal,
) => Promise<number>;

async function carriedOut(given: Partial<Way> & { json: boolean }, run: Run): Promise<void> {
  const { stdout, stderr } = process;
  const ending = new AbortController();
  const stop = () => {
    stderr.write("proxmox-mcp: stopping; what was done so far is taken back\n");
    ending.abort(new Error("it was called off."));
  };
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    process.exitCode = await reported({ out: stdout, err: stderr, json: given.json }, async (report) => {
      if (given.password !== undefined) throw new PasswordArgumentError();
      return run(report, await loadConfig(environmentOf(given), NO_COMMAND_LINE), ending.signal);
    });
  } finally {
    process.off("SIGINT", stop).off("SIGTERM", stop);
  }
}

/** The environment with what the command line says in its place. */
function environmentOf({ secretBackend, secretFile }: Partial<Common>): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...(secretBackend === undefined ? {} : { PROXMOX_MCP_SECRET_BACKEND: secretBackend }),
    ...(secretFile === undefined ? {} : { PROXMOX_MCP_SECRET_FILE_PATH: secretFile }),
  };
}

function operatorOf(given: Way, config: Config) {
  const { passwordStdin } = given;
  return {
    config,
    env: process.env,
    password: (question: string) => (passwordStdin ? secretFromInput() : askSecret(question)),
    confirmHostKey: (place: string, fingerprint: string, type: string) =>
      askYes(
        `The SSH host key of ${place} is ${fingerprint} (${type}).\nIs that what ssh-keygen -lf prints on the node itself?`,
      ),
  };
}

/** Seconds since the epoch; 0 for never. */
function ending(text: string): number {
  if (text === "never") return 0;
  const days = /^(\d{1,4})d$/.exec(text);
  const at = days
    ? Date.now() + Number(days[1]) * 86_400_000
    : /^\d{4}-\d{2}-\d{2}(T.+)?$/.test(text)
      ? Date.parse(text)
      : Number.NaN;
  if (!(at > Date.now())) throw new InvalidArgumentError("It is 90d, a date to come such as 2027-01-31, or never.");
  return Math.floor(at / 1000);
}

function families(text: string): string[] {
  const names = text.split(/[,\s]+/).filter(Boolean);
  const unknown = names.find((name) => !SUDO_FAMILIES.includes(name));
  if (unknown !== undefined || names.length === 0)
    throw new InvalidArgumentError(`They are ${SUDO_FAMILIES.join(", ")}.`);
  return names;
}

function seconds(text: string): number {
  if (!/^\d{1,6}$/.test(text)) throw new InvalidArgumentError("This is an integer.");
  return Number(text);
}

function numbers(text: string, before: number[]): number[] {
  const pid = seconds(text);
  if (pid < 2) throw new InvalidArgumentError("This is the number of a process.");
  return [...before, pid];
}
