import type { HostTroubles } from "../shell/process.ts";
import type { Definitions, Effect, FaultControls } from "./definition.ts";

/** Changes how hosts behave for as long as the fault is on. */
function troubled({ hosts }: FaultControls, change: Partial<HostTroubles>): Effect {
  return {
    start: () => {
      const before = Object.fromEntries(Object.keys(change).map((key) => [key, hosts[key as keyof HostTroubles]]));
      Object.assign(hosts, change);
      return () => {
        Object.assign(hosts, before);
      };
    },
  };
}

/** What goes wrong with SSH and command lines. */
export const hostFaults = {
  "ssh-host-key-changed": {
    does: "shows another host key on every node from now on",
    options: [],
    build: (_, controls) => troubled(controls, { otherHostKey: true }),
  },
  "ssh-refused": {
    does: "refuses every login over SSH",
    options: [],
    build: (_, controls) => troubled(controls, { refuseLogin: true }),
  },
  "ssh-dropped": {
    does: "carries commands out and ends the connection after `count` (0) bytes of their output",
    options: ["count"],
    build: ({ count = 0 }, controls) => troubled(controls, { dropAfterBytes: count }),
  },
  "command-slow": {
    does: "lets every command begin `ms` (5000) later",
    options: ["ms"],
    build: ({ ms = 5000 }, controls) => troubled(controls, { slowMs: ms }),
  },
  "command-killed": {
    does: "ends every command by the signal `text` (KILL) instead of carrying it out",
    options: ["text"],
    build: ({ text = "KILL" }, controls) => troubled(controls, { signal: text }),
  },
  "locale-noise": {
    does: "lets Perl programs complain of the locale, unless LC_ALL asks for a plain one",
    options: [],
    build: (_, controls) => troubled(controls, { localeNoise: true }),
  },
  "program-fails": {
    does: "lets a command that begins with the words `text`, or the writing of a file at the path `text`, fail; with `count` 1 after it was done",
    options: ["text!", "count"],
    build: ({ text = "", count = 0 }, controls) => troubled(controls, { failing: { what: text, after: count > 0 } }),
  },
  "sudo-password": {
    does: "lets sudo want a password",
    options: [],
    build: (_, controls) => troubled(controls, { sudoPassword: true }),
  },
} as const satisfies Definitions;
