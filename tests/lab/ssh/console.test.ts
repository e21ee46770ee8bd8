import { Agent, WebSocket } from "undici";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { type Lab, startLab, type TokenIdentity } from "../../../src/lab/index.ts";
import { authorization, call, open, wire } from "../support.ts";

let lab: Lab;
beforeAll(async () => {
  lab = await startLab({ seed: "medium", taskMs: 300, taskVisibleMs: 0, authDelayMs: 0 });
});
afterAll(() => lab.close());

const dispatcher = new Agent({ connect: { rejectUnauthorized: false } });

/** A visit of a console. */
class Visit {
  readonly socket: WebSocket;
  text = "";
  closed = false;

  constructor(of: Lab, path: string, offer: { port: string; ticket: string }, headers: Record<string, string>) {
    const query = `port=${offer.port}&vncticket=${encodeURIComponent(offer.ticket)}`;
    const url = `wss://${of.host}:${of.port}/api2/json${path}/vncwebsocket?${query}`;
    this.socket = new WebSocket(url, { protocols: ["binary"], headers, dispatcher });
    this.socket.binaryType = "arraybuffer";
    this.socket.addEventListener("message", ({ data }) => {
      this.text += Buffer.from(data as ArrayBuffer).toString("utf8");
    });
    this.socket.addEventListener("close", () => {
      this.closed = true;
    });
    this.socket.addEventListener("error", () => {
      this.closed = true;
    });
  }

  async say(text: string): Promise<void> {
    await expect.poll(() => this.socket.readyState).toBe(WebSocket.OPEN);
    this.socket.send(Buffer.from(text));
  }

  type(text: string): Promise<void> {
    return this.say(`0:${Buffer.byteLength(text)}:${text}`);
  }

  async sees(text: string): Promise<void> {
    await expect.poll(() => this.text).toContain(text);
  }

  async ends(): Promise<void> {
    await expect.poll(() => this.closed).toBe(true);
  }
}

interface Offer {
  user: string;
  ticket: string;
  port: string;
  upid: string;
}

async function offered(of: Lab, path: string, token: TokenIdentity | string = of.token): Promise<Offer> {
  return (await call(of, "POST", `${path}/termproxy`, { token })).data;
}

/** Headers of root@pam, who came with a password. */
async function asRoot(of: Lab): Promise<Record<string, string>> {
  const body = `username=root%40pam&password=${of.rootPassword}`;
  const { data } = await call(of, "POST", "/access/ticket", { token: null, body });
  return { Cookie: `PVEAuthCookie=${encodeURIComponent(data.ticket)}`, CSRFPreventionToken: data.CSRFPreventionToken };
}

describe("a node's shell", () => {
  it("lets root in as it is, echoes, and runs what the SSH side runs", async () => {
    const headers = await asRoot(lab);
    const { body } = await wire(lab, "POST", "/nodes/pve2/termproxy", { token: null, headers });
    const offer: Offer = JSON.parse(body).data;
    const visit = new Visit(lab, "/nodes/pve2", offer, headers);
    await visit.say(`${offer.user}:${offer.ticket}\n`);
    await visit.sees("OK");
    await visit.sees("root@pve2:~# ");
    await visit.say("1:120:40:");
    await visit.say("2");
    await visit.type("echo caf\u00e9 > /tmp/c; cat /tmp/c; hostname\r");
    await visit.sees("\r\ncaf\u00e9\r\npve2\r\nroot@pve2:~# ");
    expect(lab.commands.at(-1)).toMatchObject({ node: "pve2", user: "root", code: 0 });
    await visit.type("exit\r");
    await visit.ends();
    await expect.poll(() => lab.state.tasks.get(offer.upid)?.exitstatus).toBe("OK");
  });

  it("asks a token for a login", async () => {
    const offer = await offered(lab, "/nodes/pve1");
    const visit = new Visit(lab, "/nodes/pve1", offer, { Authorization: authorization(lab.token) });
    await visit.say(`${offer.user}:${offer.ticket}\n`);
    await visit.sees("pve1 login: ");
    await visit.type("root\rwrong\r");
    await visit.sees("Login incorrect");
    await visit.type(`root\r${lab.rootPassword}\r`);
    await visit.sees("root@pve1:~# ");
    expect(visit.text).not.toContain(lab.rootPassword);
    visit.socket.close();
  });

  it("takes one visitor, the right one, and only on its port", async () => {
    const headers = { Authorization: authorization(lab.token) };
    const offer = await offered(lab, "/nodes/pve1");
    const wrongPort = new Visit(lab, "/nodes/pve1", { ...offer, port: String(Number(offer.port) + 1) }, headers);
    await wrongPort.ends();
    const wrongLine = new Visit(lab, "/nodes/pve1", offer, headers);
    await wrongLine.say(`somebody@pam:${offer.ticket}\n`);
    await wrongLine.ends();
    expect(wrongLine.text).not.toContain("OK");
    const second = new Visit(lab, "/nodes/pve1", offer, headers);
    await second.ends();
  });

  it("has no terminal for tokens before 9.1: a node offers none, and a container's shows it the door", async () => {
    const old = await startLab({ seed: "medium", version: "9.0", authDelayMs: 0 });
    try {
      await expect(offered(old, "/nodes/pve1")).resolves.toBeNull();
      expect(old.requests.at(-1)).toMatchObject({ operation: "POST /nodes/{node}/termproxy", status: 500 });
      const path = "/nodes/pve1/lxc/103";
      const offer = await offered(old, path);
      const visit = new Visit(old, path, offer, { Authorization: authorization(old.token) });
      await visit.say(`${offer.user}:${offer.ticket}\n`);
      await visit.ends();
      expect(visit.text).not.toContain("OK");
      // Root itself, with a ticket, has one in any version.
      const headers = await asRoot(old);
      const { body } = await wire(old, "POST", "/nodes/pve1/termproxy", { token: null, headers });
      const own: Offer = JSON.parse(body).data;
      const root = new Visit(old, "/nodes/pve1", own, headers);
      await root.say(`${own.user}:${own.ticket}\n`);
      await root.sees("root@pve1:~# ");
      root.socket.close();
    } finally {
      await old.close();
    }
  });
});

describe("a terminal", () => {
  let visit: Visit;
  beforeEach(async () => {
    const headers = await asRoot(lab);
    const { body } = await wire(lab, "POST", "/nodes/pve1/termproxy", { token: null, headers });
    const offer: Offer = JSON.parse(body).data;
    visit = new Visit(lab, "/nodes/pve1", offer, headers);
    await visit.say(`${offer.user}:${offer.ticket}\n`);
    await visit.sees("root@pve1:~# ");
  });
  afterEach(() => visit.socket.close());

  it("echoes and turns line feeds into CR LF, until it is told otherwise, and again before the next prompt", async () => {
    await visit.type("stty -echo -opost; echo ready; read -r L; echo 1-$L; sh -c 'echo 2'\r");
    await visit.sees("\nready\n");
    await visit.type("secret\r");
    await visit.sees("1-secret\n2\n");
    expect(visit.text.split("secret")).toHaveLength(2);
    await visit.type("echo a; echo b\r");
    await visit.sees("a\r\nb\r\n");
  });

  it("cuts a line for a command that reads at 4095 bytes, but not one that is edited", async () => {
    await visit.type("stty -echo; read -r L; echo $L | wc -c\r");
    await visit.sees("wc -c");
    await visit.type(`${"x".repeat(5000)}\r`);
    await visit.sees("4096");
    await visit.type(`echo ${"y".repeat(5000)} | wc -c\r`);
    await visit.sees("5001");
  });

  it("takes back what was typed at Ctrl-U, and ends what runs at Ctrl-C", async () => {
    await visit.type("echo wrong\x15echo right\r");
    await visit.sees("\r\nright\r\n");
    await visit.type("sleep 600\r");
    await visit.sees("sleep 600");
    await visit.type("\x03");
    await visit.sees("^C\r\n");
    await visit.type("echo on\r");
    await visit.sees("\r\non\r\n");
  });

  it("ends with the program that took the place of its shell", async () => {
    await visit.type("exec sh -c 'read -r A; echo got $A'\r");
    await visit.sees("got $A");
    await visit.type("this\r");
    await visit.sees("got this");
    await visit.ends();
  });

  it("hangs up on what runs when its visitor goes", async () => {
    const before = lab.commands.length;
    await visit.type("sleep 600; echo after\r");
    await expect.poll(() => lab.commands.length).toBe(before + 1);
    visit.socket.close();
    await expect.poll(() => lab.commands.at(-1)).toMatchObject({ signal: "HUP" });
  });

  it.each([
    ["i=0; while [ $i -lt 3 ]; do i=$((i+1)); echo $i; done | tail -n 1", "3"],
    ['case "a:b" in "a":*) echo one;; *) echo two;; esac', "one"],
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a shell expands it
    ["X=key:value:more; echo ${X#*:} ${X##*:} ${X%:*} ${X%%:*}", "value:more more key:value key"],
    ["(trap 'echo trapped; exit' TERM; sleep 600 & wait $!) & kill -TERM $!; wait $!", "trapped"],
    ["sleep 600 & kill -KILL $!; wait $!; echo $?", "137"],
    ["sh -c 'kill -9 $$'; echo $?", "137"],
    ["sleep 600 & P=$!; kill -0 $P && echo there; kill $P; wait $P; kill -0 $P || echo gone", "there\r\ngone"],
    ["R=$(exec 5>&1; { echo out; echo code >&5; } | sed 's/^/> /' >&2); echo $R", "> out\r\ncode"],
    ["{ { echo o; echo e >&2; } 2>&1 >&3 | sed 's/^/e:/'; } 3>&1 | sed 's/^/1:/'", "1:o\r\n1:e:e"],
    ["exec 4>&1; echo four >&4; exec 4>&-; echo x >&4", "four\r\nbash: line 1: 4: Bad file descriptor"],
    ["setsid sh -c 'sleep 600 & kill -TERM -$$'; echo $?", "143"],
    ["type sed no-such 2>/dev/null; echo $?", "sed is /usr/bin/sed\r\n1"],
    ["printf %s abcdefghij | base64 -w8", "YWJjZGVm\r\nZ2hpag=="],
  ])("its shell: %s", async (line, says) => {
    await visit.type(`${line}\r`);
    await visit.sees(`\r\n${says}\r\n`);
  });
});

it("a container's console has a login before its shell", async () => {
  const path = "/nodes/pve1/lxc/103";
  const offer = await offered(lab, path);
  const visit = new Visit(lab, path, offer, { Authorization: authorization(lab.token) });
  await visit.say(`${offer.user}:${offer.ticket}\n`);
  await visit.sees("dns01 login: ");
  await visit.type("root\rlab\r");
  await visit.sees("root@dns01:~# ");
  await visit.type("cat /etc/hostname\r");
  await visit.sees("\r\ndns01\r\n");
  visit.socket.close();
});

it("a container whose cmode is shell has no login, and a shell on its own files", async () => {
  lab.state.guests.get(103)!.config.cmode = "shell";
  const path = "/nodes/pve1/lxc/103";
  const offer = await offered(lab, path);
  const visit = new Visit(lab, path, offer, { Authorization: authorization(lab.token) });
  await visit.say(`${offer.user}:${offer.ticket}\n`);
  await visit.sees("root@dns01:~# ");
  await visit.type("hostname; i=0; while [ $i -lt 2 ]; do i=$((i+1)); done; cat /etc/hostname; echo $i; qm list\r");
  await visit.sees("\r\ndns01\r\ndns01\r\n2\r\nbash: line 1: qm: command not found\r\n");
  visit.socket.close();
  delete lab.state.guests.get(103)!.config.cmode;
});

it.each([
  ["that are not masked", Buffer.from([0x82, 0x01, 0x32])],
  ["in parts", Buffer.from([0x02, 0x81, 0, 0, 0, 0, 0x32])],
  ["that are compressed", Buffer.from([0xc2, 0x81, 0, 0, 0, 0, 0x32])],
  ["that are too long", Buffer.from([0x82, 0xff, 0, 0, 0, 0, 0, 2, 0, 1])],
])("frames %s end the connection", async (_, bytes) => {
  const offer = await offered(lab, "/nodes/pve1");
  const socket = await open(lab);
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.on("error", () => {});
  const query = `port=${offer.port}&vncticket=${encodeURIComponent(offer.ticket)}`;
  socket.write(
    `GET /api2/json/nodes/pve1/vncwebsocket?${query} HTTP/1.1\r\nHost: lab\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\nSec-WebSocket-Protocol: binary\r\nAuthorization: ${authorization(lab.token)}\r\n\r\n`,
  );
  const head = await new Promise<Buffer>((resolve) => socket.once("data", resolve));
  expect(head.toString("latin1")).toMatch(/^HTTP\/1\.1 101 /);
  socket.write(bytes);
  await closed;
});
