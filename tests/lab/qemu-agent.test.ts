import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { send } from "./qemu-steps.ts";

let lab: Lab;

beforeAll(async () => {
  lab = await startLab({ taskMs: 4, taskVisibleMs: 0, authDelayMs: 0, agentMs: 1, workers: 8 });
});
afterAll(() => lab.close());

const agent = "/100/agent";

describe("an agent", () => {
  it.each(
    "get-fsinfo get-host-name get-memory-block-info get-memory-blocks get-osinfo get-time get-timezone get-users get-vcpus info network-get-interfaces".split(
      " ",
    ),
  )("answers %s", async (name) => {
    const { status, data } = await send(lab, `GET ${agent}/${name}`);
    expect([status, data.result === undefined]).toEqual([200, false]);
  });

  it("that is not there is missed in three ways", async () => {
    lab.state.guests.get(102)!.agent = "stopped";
    expect((await send(lab, "POST /102/agent/ping")).reason).toBe("VM 102 is not running");
    await send(lab, "PUT /102/config", "delete=agent");
    expect((await send(lab, "POST /102/agent/ping")).reason).toBe("No QEMU guest agent configured");
    const guest = lab.state.guests.get(100)!;
    guest.agent = "stopped";
    expect((await send(lab, `POST ${agent}/ping`)).reason).toBe("QEMU guest agent is not running");
    guest.agent = "running";
    expect((await send(lab, `POST ${agent}`, "command=ping")).data).toEqual({ result: {} });
  });

  it("comes and goes", async () => {
    const guest = lab.state.guests.get(100)!;
    guest.traits.agentFlaps = 2;
    const seen = new Set<number>();
    for (let i = 0; i < 8; i += 1) seen.add((await send(lab, `POST ${agent}/ping`)).status);
    delete guest.traits.agentFlaps;
    expect([...seen].sort()).toEqual([200, 500]);
  });

  it("tells the end of a command once", async () => {
    const { data } = await send(
      lab,
      `POST ${agent}/exec`,
      "command=%2Fbin%2Fsh&command=-c&command=echo+caf%C3%A9+%3B+nope",
    );
    const end = await send(lab, `GET ${agent}/exec-status`, `pid=${data.pid}`);
    expect(end.data).toEqual({
      exited: 1,
      exitcode: 127,
      "out-data": "cafÃ©\n",
      "err-data": "sh: 1: nope: not found\n",
    });
    expect((await send(lab, `GET ${agent}/exec-status`, `pid=${data.pid}`)).reason).toBe(
      `Agent error: PID ${data.pid} does not exist`,
    );
    const slow = await send(lab, `POST ${agent}/exec`, "command=sleep&command=30");
    expect((await send(lab, `GET ${agent}/exec-status`, `pid=${slow.data.pid}`)).data).toEqual({ exited: 0 });
  });

  it("writes and reads files byte by byte", async () => {
    const encoded = Buffer.from("Grüße\n").toString("base64");
    const written = await send(
      lab,
      `POST ${agent}/file-write`,
      `file=%2Ftmp%2Fa&encode=0&content=${encodeURIComponent(encoded)}`,
    );
    expect([written.status, written.data]).toEqual([200, null]);
    expect((await send(lab, `GET ${agent}/file-read`, "file=%2Ftmp%2Fa")).data.content).toBe("GrÃ¼Ã\u009fe\n");
    expect((await send(lab, `GET ${agent}/file-read`, "file=%2Ftmp%2Fa&decode=0")).data.content).toBe(encoded);
    const part = (await send(lab, `GET ${agent}/file-read`, "file=%2Ftmp%2Fa&count=2")).data;
    expect(part).toMatchObject({ content: "Gr", truncated: 1 });
    expect((await send(lab, `POST ${agent}/file-write`, "file=%2Ftmp%2Fb&content=%E2%82%AC")).reason).toMatch(
      /^Wide character/,
    );
    expect((await send(lab, `GET ${agent}/file-read`, "file=%2Fnone")).reason).toMatch(/No such file or directory$/);
  });

  it("refuses what it was told to, in an answer or in a refusal", async () => {
    const guest = lab.state.guests.get(100)!;
    guest.traits.agentRefuses = ["guest-exec", "guest-get-users"];
    expect((await send(lab, `POST ${agent}/exec`, "command=id")).reason).toBe(
      "Agent error: Command guest-exec has been disabled",
    );
    expect((await send(lab, `GET ${agent}/get-users`)).data).toEqual({
      result: { error: { class: "CommandNotFound", desc: "Command guest-get-users has been disabled" } },
    });
    delete guest.traits.agentRefuses;
  });

  it("freezes and thaws, sets passwords, and shuts down", async () => {
    expect((await send(lab, `POST ${agent}/fsfreeze-freeze`)).data).toEqual({ result: 1 });
    expect((await send(lab, `POST ${agent}/fsfreeze-status`)).data).toEqual({ result: "frozen" });
    expect((await send(lab, `POST ${agent}/fsfreeze-thaw`)).data).toEqual({ result: 1 });
    expect((await send(lab, `POST ${agent}/set-user-password`, "username=debian&password=abcde")).data).toEqual({
      result: {},
    });
    await send(lab, `POST ${agent}/shutdown`);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(lab.state.guests.get(100)?.running).toBe(false);
  });
});
