import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Lab, type LabOptions, startLab } from "../../src/lab/index.ts";
import { nodeFiles } from "../../src/lab/shell/node-files.ts";
import { freeEscape } from "../support/free-escape.ts";
import { labEnvironment, openLabSession, openSession, type Session } from "../support/session.ts";

const free = freeEscape();
afterAll(() => free.remove());

const OPTIONS: LabOptions = { seed: "medium", taskMs: 300, taskVisibleMs: 0, authDelayMs: 0 };
const withLogin = (lab: Lab) => ({ ...labEnvironment(lab), PROXMOX_SHELL_CONSOLE_PASSWORD: lab.rootPassword });

async function on<T>(
  lab: Lab,
  env: Record<string, string>,
  act: (session: Session) => Promise<T>,
  client: Parameters<typeof openSession>[1] = {},
): Promise<T> {
  const session = await openSession({ ...labEnvironment(lab), ...env }, client);
  try {
    return await act(session);
  } finally {
    await session.close();
  }
}

describe("by SSH", () => {
  let session: Session & { lab: Lab };
  beforeAll(async () => {
    session = await openLabSession({ ...OPTIONS, ssh: true }, free.env);
  });
  afterAll(() => session?.close());

  test("runs the command where there is an identity, and says so", async () => {
    const { error } = await session.call("proxmox_node_terminal_run", {
      node: "pve2",
      command: "hostname; cat; echo err >&2; exit 3",
      stdin: "grüße\n",
    });
    expect(error).toMatchObject({ code: "command-failed" });
    expect(error!.data).toMatchObject({
      way: "ssh",
      node: "pve2",
      exitcode: 3,
      stdout: "pve2\ngrüße\n",
      stderr: "err\n",
    });
    expect(session.lab.requests.map(({ path }) => path)).not.toContain("/nodes/pve2/termproxy");
  });

  test("a dry run runs nothing", async () => {
    session.lab.ssh!.commands.length = 0;
    const { data } = await session.call("proxmox_node_terminal_run", { node: "pve1", command: "id", dryRun: true });
    expect(data.plan).toMatchObject({ class: "escape", requests: [{ operation: "RUN /nodes/{node}/terminal" }] });
    expect(session.lab.ssh!.commands).toEqual([]);
  });

  test("an unknown node is refused with the known ones", async () => {
    const { error } = await session.call("proxmox_node_terminal_run", { node: "pve9", command: "id" });
    expect(error).toMatchObject({ code: "unknown-node", next: expect.stringContaining("pve") });
  });
});

describe("by the console", () => {
  let lab: Lab;
  let session: Session;
  beforeAll(async () => {
    lab = await startLab(OPTIONS);
    session = await openSession({ ...withLogin(lab), ...free.env });
  });
  afterAll(async () => {
    await session?.close();
    await lab?.close();
  });

  test("runs the command without SSH, and says so", async () => {
    const { error } = await session.call("proxmox_node_terminal_run", {
      node: "pve1",
      command: "hostname; cat; echo err >&2; exit 3",
      stdin: "grüße\n",
    });
    expect(error).toMatchObject({ code: "command-failed" });
    expect(error!.data).toMatchObject({
      way: "console",
      node: "pve1",
      exitcode: 3,
      stdout: "pve1\ngrüße\n",
      stderr: "err\n",
    });
  });

  test("a node that another one answers for is reached too", async () => {
    const { data, error } = await session.call("proxmox_shell_run", {
      targetKind: "node",
      target: "pve2",
      command: 'hostname; echo "$A"',
      env: { A: "it's" },
    });
    expect(error).toBeUndefined();
    expect(data).toMatchObject({ way: "console", node: "pve2", stdout: "pve2\nit's\n", exitcode: 0 });
  });

  test("so are a container, by way of its node, and Proxmox's own commands", async () => {
    const inside = await session.call("proxmox_shell_run", {
      targetKind: "container",
      target: "dns01",
      command: "cat /etc/hostname",
    });
    expect(inside.error).toBeUndefined();
    expect(inside.data).toMatchObject({ way: "console", vmid: 103, stdout: "dns01\n" });
    const version = await session.call("proxmox_cli_run", { family: "pvesh", node: "pve1", args: ["get", "/version"] });
    expect(version.error).toBeUndefined();
    expect(version.data).toMatchObject({ way: "console", exitcode: 0, data: { release: expect.anything() } });
  });

  test("a command that takes too long is ended, and is no success", async () => {
    const { error } = await session.call("proxmox_node_terminal_run", {
      node: "pve1",
      command: "echo part; sleep 600",
      timeoutSeconds: 1,
    });
    expect(error).toMatchObject({ code: "command-timeout" });
    expect(error!.data).toMatchObject({ stdout: "part\n", way: "console" });
    expect(error!.data).not.toHaveProperty("exitcode");
  });

  test("reading and writing files still needs SSH", async () => {
    const { error } = await session.call("proxmox_file_read", {
      targetKind: "node",
      target: "pve1",
      path: "/etc/motd",
    });
    expect(error).toMatchObject({ code: "needs-ssh" });
  });

  test("no ticket, no password and no token stands in an answer, on stderr or in any file of the server", async () => {
    const answer = await session.call("proxmox_node_terminal_run", {
      node: "pve1",
      command: `echo ${lab.rootPassword}; echo hidden-words >&2`,
    });
    const tickets = lab.requests.map(({ params }) => params.vncticket).filter((one) => typeof one === "string");
    expect(tickets.length).toBeGreaterThan(3);
    const folder = join(session.stateHome, "proxmox-mcp");
    const record = await session.record();
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((one) => one.isFile())
      .map((one) => readFileSync(join(one.parentPath, one.name), "latin1"));
    const said = [answer.text, JSON.stringify(answer.data), session.stderr(), JSON.stringify(record), ...files].join(
      "\n",
    );
    for (const secret of [...tickets, lab.rootPassword, lab.token.secret]) {
      expect(said).not.toContain(secret as string);
      expect(said).not.toContain(encodeURIComponent(secret as string));
    }
    expect(JSON.stringify(record)).not.toContain("hidden-words");
    const operations = record.map(({ operation, phase, class: its }) => `${phase} ${operation} ${its}`);
    for (const operation of [
      "RUN /nodes/{node}/terminal",
      "POST /nodes/{node}/termproxy",
      "GET /nodes/{node}/vncwebsocket",
    ]) {
      expect(operations).toContain(`before ${operation} escape`);
      expect(operations).toContain(`after ${operation} escape`);
    }
  });
});

describe("where the console does not let a command in", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await startLab(OPTIONS);
  });
  afterAll(() => lab?.close());
  const NODE = { node: "pve1", command: "id" };

  test("without a login it says which variables give one", async () => {
    await on(lab, free.env, async (session) => {
      const { error } = await session.call("proxmox_node_terminal_run", NODE);
      expect(error).toMatchObject({ code: "console-login", next: expect.stringContaining("PROXMOX_SHELL_CONSOLE_") });
      const shell = await session.call("proxmox_shell_run", { targetKind: "container", target: 103, command: "id" });
      expect(shell.error).toMatchObject({ code: "console-no-shell", next: expect.stringContaining("cmode") });
    });
  });

  test("a wrong password is refused once, and never repeated", async () => {
    await on(lab, { ...free.env, PROXMOX_SHELL_CONSOLE_PASSWORD: "wr0ng-w0rd" }, async (session) => {
      const { error, text } = await session.call("proxmox_node_terminal_run", NODE);
      expect(error).toMatchObject({ code: "console-login", data: { user: "root" } });
      expect(text).not.toContain("wr0ng-w0rd");
    });
  });

  test("before 9.1 it says that terminals know no tokens", async () => {
    const old = await startLab({ ...OPTIONS, version: "9.0" });
    try {
      await on(old, { ...free.env, PROXMOX_SHELL_CONSOLE_PASSWORD: old.rootPassword }, async (session) => {
        const { error } = await session.call("proxmox_node_terminal_run", NODE);
        expect(error).toMatchObject({ code: "console-refused", next: expect.stringContaining("PROXMOX_SHELL_SSH_") });
        expect(old.requests.map(({ path }) => path)).not.toContain("/nodes/pve1/termproxy");
      });
    } finally {
      await old.close();
    }
  });

  test("a token that may not have a console is told the privilege", async () => {
    const token = lab.addToken({ user: "audit", realm: "pve", id: "mcp" }, { "/": ["Sys.Audit", "VM.Audit"] });
    await on(lab, { ...free.env, ...labEnvironment(lab, token) }, async (session) => {
      const { error } = await session.call("proxmox_node_terminal_run", NODE);
      expect(error).toMatchObject({ code: "permission-denied", next: expect.stringContaining("Sys.Console") });
    });
  });

  test("without the access class escape nothing is tried, and the way is named", async () => {
    await on(lab, {}, async (session) => {
      const { error } = await session.call("proxmox_node_terminal_run", NODE);
      expect(error).toMatchObject({ code: "needs-ssh", next: expect.stringContaining("PROXMOX_MCP_ACCESS=escape") });
    });
  });

  test("a container whose console is a shell needs no login at all", async () => {
    const guest = lab.state.guests.get(103)!;
    guest.config.cmode = "shell";
    try {
      await on(lab, free.env, async (session) => {
        const { error } = await session.call("proxmox_shell_run", {
          targetKind: "container",
          target: 103,
          command: "cat /etc/hostname; cat; echo x >&2; exit 4",
          stdin: "€",
        });
        expect(error).toMatchObject({ code: "command-failed" });
        expect(error!.data).toMatchObject({
          way: "console",
          vmid: 103,
          exitcode: 4,
          stdout: "dns01\n€",
          stderr: "x\n",
        });
      });
    } finally {
      delete guest.config.cmode;
    }
  });
});

test("a person is asked once, for the command, and not for the console that it takes", async () => {
  const lab = await startLab(OPTIONS);
  const questions: string[] = [];
  try {
    await on(
      lab,
      { PROXMOX_MCP_ACCESS: "escape", PROXMOX_SHELL_CONSOLE_PASSWORD: lab.rootPassword },
      async (session) => {
        const { data, error } = await session.call("proxmox_node_terminal_run", { node: "pve1", command: "echo yes" });
        expect(error).toBeUndefined();
        expect(data).toMatchObject({ way: "console", stdout: "yes\n" });
        // A console by itself is asked about.
        const ticket = await session.call("proxmox_console_ticket", {
          targetKind: "node",
          target: "pve1",
          kind: "terminal",
        });
        expect(ticket.error).toBeUndefined();
      },
      {
        elicit: (question) => {
          questions.push(question);
          return { action: "accept", content: { name: "pve1", confirm: "pve1" } };
        },
      },
    );
    expect(questions).toHaveLength(2);
    expect(questions[0]).toContain("echo yes");
    expect(questions[0]).not.toContain("termproxy");
  } finally {
    await lab.close();
  }
});

test("a console that is lost is no success of any command", async () => {
  const lab = await startLab(OPTIONS);
  const session = await openSession({ ...withLogin(lab), ...free.env });
  try {
    const node = session.call("proxmox_node_terminal_run", { node: "pve1", command: "echo on >/tmp/on; sleep 600" });
    const cli = session.call("proxmox_cli_run", {
      family: "pvesh",
      node: "pve1",
      args: ["get", "/version"],
      stdin: "x",
    });
    expect((await cli).error).toBeUndefined();
    await expect.poll(() => nodeFiles(lab.state, "pve1").find("/tmp/on"), { timeout: 20_000 }).toBeDefined();
    await lab.close();
    const { error } = await node;
    expect(error).toMatchObject({ code: "console-connection-lost", data: { outcome: "unknown" } });
    const record = await session.record();
    expect(record).toContainEqual(
      expect.objectContaining({ operation: "RUN /nodes/{node}/terminal", phase: "after", outcome: "unknown" }),
    );
  } finally {
    await session.close();
    await lab.close();
  }
});
