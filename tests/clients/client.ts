import { fileURLToPath } from "node:url";
import type { Lab } from "../../src/lab/index.ts";
import { type Start, snippets, startOf } from "../support/client-snippets.ts";
import { BIN, labEnvironment } from "../support/session.ts";
import type { Dialect } from "./models/model.ts";
import type { Outcome, Place } from "./place.ts";

/** Where the client's model learns of the server's tools: from schemas or names that it is given, or by a search. */
export type Shows = "schemas" | "names" | "search";

/** A program that MCP servers are used with. */
export interface Client {
  name: string;
  /** Its folder below `packages/`. */
  packages: string;
  /** The file below `node_modules/` that is there when the program is there for this platform. */
  file: string;
  /** The words that start the program, by that file's path. */
  command(file: string): string[];
  dialect: Dialect;
  shows: Shows;
  /** It declares that it can put a question to its user. */
  canAsk: boolean;
  /** What its model looks for tools with, where it has to. */
  search?: string;
  /** The code by which the model is told of a destructive call that nobody confirmed. */
  refusal: string;
  /** Another model that it treats otherwise, if there is one. */
  otherModel?: string;
  /** Sets it up, with the server as the README shows. */
  register(at: Registered): Promise<void>;
  /** Has it list its servers; the text that tells that ours is there. */
  list(at: Registered): Promise<{ outcome: Outcome; proof: RegExp }>;
  /** Puts one question to its model, with nobody there to be asked. */
  ask(at: Registered): Promise<Outcome>;
  /** Does so with a person there, who types this into the server's form; gives what the person was shown. */
  askWith?(at: Registered, typed: string): Promise<string>;
}

export interface Registered {
  place: Place;
  command: readonly string[];
  /** The server, which the client starts or connects to; without it, it has none. */
  server?: Start | { url: string };
  /** The model's address. */
  model: string;
  /** Another model than the usual. */
  named?: string;
}

/** A stopped guest of the lab, which is to be destroyed. */
export const DOOMED = { vmid: 101, name: "legacy-app" };

/** What the user asks; the model is scripted whatever it is. */
export const QUESTION = "Which guests are there?";

/** The README's snippet for a client. */
export function snippetOf(client: string): { text: string; start: Start } {
  const [, language, text] = snippets.find(([names]) => names.includes(client))!;
  return { text, start: startOf(language, text) };
}

/** The README's start of the server, from this checkout, with a lab behind it and a tap before it. */
export async function serverFor(
  client: string,
  { place, lab, tap, more }: { place: Place; lab: Lab; tap: string; more: Record<string, string> },
): Promise<Start> {
  const known: Record<string, string> = labEnvironment(lab);
  const env: Record<string, string> = {};
  for (const name of Object.keys(snippetOf(client).start.env)) {
    const value = known[name.replace(/_FILE$/, "")]!;
    env[name] = name.endsWith("_FILE") ? await place.file(`secrets/${name}`, value) : value;
  }
  const { PROXMOX_TLS_FINGERPRINT: fingerprint = "" } = known;
  return {
    command: process.execPath,
    args: [fileURLToPath(new URL("tap.mjs", import.meta.url)), tap, process.execPath, BIN],
    env: { ...env, PROXMOX_TLS_FINGERPRINT: fingerprint, XDG_STATE_HOME: stateOf(place), ...more },
  };
}

/** Where the server keeps what it has to remember. */
export function stateOf({ home }: Place): string {
  return `${home}/state`;
}

/** The part of a package's name that stands for this platform. */
export const PLATFORM = `${process.platform}-${process.arch}`;
