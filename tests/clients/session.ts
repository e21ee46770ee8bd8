import { join } from "node:path";
import { type Lab, startLab } from "../../src/lab/index.ts";
import { type HttpServer, startHttpServer } from "../support/http-server.ts";
import { labEnvironment } from "../support/session.ts";
import { type Client, type Registered, serverFor } from "./client.ts";
import { type Model, type Script, startModel } from "./models/model.ts";
import { openPlace, type Place } from "./place.ts";
import { readWire, type Wire } from "./wire.ts";

export interface Session {
  lab: Lab;
  place: Place;
  model: Model;
  /** The client, to which the server is known. */
  at: Registered;
  wire(): Promise<Wire>;
}

export interface SessionOptions {
  script(lab: Lab, place: Place): Script;
  /** More of the server's environment. */
  env?: Record<string, string>;
  /** The server that the client has: it starts one, unless this says otherwise. */
  server?: "none" | "http";
  /** Another model than the client's usual. */
  named?: string | undefined;
}

/** Gives `use` a client in a place of its own, with a lab behind the server and a script for a model. */
export async function withSession<T>(
  client: Client,
  command: readonly string[],
  { script, env = {}, named, server: kind }: SessionOptions,
  use: (session: Session) => Promise<T>,
): Promise<T> {
  const lab = await startLab({ authDelayMs: 0, taskMs: 100 });
  const place = await openPlace();
  const decide = script(lab, place);
  // A client has small questions beside the conversation.
  const model = await startModel(client.dialect, (turn) => (turn.tools.length === 0 ? { say: "ok" } : decide(turn)));
  let http: HttpServer | undefined;
  try {
    const tap = join(place.home, "tap.log");
    http = kind === "http" ? await startHttpServer({ ...labEnvironment(lab), ...env }) : undefined;
    const started = kind === undefined ? await serverFor(client.name, { place, lab, tap, more: env }) : undefined;
    const server = http ? { url: http.url } : started;
    const at = { place, command, model: model.url, ...(server ? { server } : {}), ...(named ? { named } : {}) };
    await client.register(at);
    return await use({ lab, place, model, at, wire: () => readWire(tap) });
  } finally {
    await http?.close();
    await model.close();
    await place.close();
    await lab.close();
  }
}
