import { Agent, WebSocket } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
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

  it("has no terminal for tokens before 9.1", async () => {
    const old = await startLab({ version: "9.0", authDelayMs: 0 });
    try {
      const offer = await offered(old, "/nodes/pve1");
      const visit = new Visit(old, "/nodes/pve1", offer, { Authorization: authorization(old.token) });
      await visit.say(`${offer.user}:${offer.ticket}\n`);
      await visit.ends();
      expect(visit.text).not.toContain("OK");
    } finally {
      await old.close();
    }
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
