import type { Recording } from "./recordings.ts";

interface Rule {
  why: string;
  matches: (recording: Recording) => boolean;
}

const path =
  (pattern: RegExp): Rule["matches"] =>
  (recording) =>
    pattern.test(recording.request.path.replace(/^\/api2\/\w+/, ""));

/** Where the recorded machine did not behave like a real one, so that nothing is compared. */
const LEFT_OUT: readonly Rule[] = [
  { why: "broken pipe of the recorded machine", matches: ({ response }) => response.status === 596 },
  { why: "subscription", matches: path(/^\/nodes\/[^/]+\/subscription/) },
  { why: "notification delivery", matches: path(/^\/cluster\/notifications\/targets\/[^/]+\/test/) },
  { why: "SDN fabrics", matches: path(/\/sdn\/fabrics/) },
  { why: "terminal proxy", matches: path(/\/termproxy$/) },
];

/** Why an exchange is not compared; nothing when it is. */
export function leftOut(recording: Recording): string | undefined {
  return LEFT_OUT.find((rule) => rule.matches(recording))?.why;
}

/** Whether only the wording of an answer is not the real thing: second factors and calendar events. */
export function wordingIsForeign(recording: Recording): boolean {
  return path(/^\/access\/(users\/[^/]+\/)?tfa/)(recording) || /calendar event/.test(recording.response.body ?? "");
}

/** Whether a list's length follows from time or from what went before the recording. */
export function lengthIsFree(recording: Recording): boolean {
  return path(/\/(rrddata|syslog|journal|tasks)(\?|$)|^\/cluster\/log(\?|$)/)(recording);
}

/** Whether the figures of an answer are load alone. */
export function valuesAreFree(recording: Recording): boolean {
  return path(/\/(rrddata|rrd|syslog|journal|netstat)(\?|$)|^\/cluster\/metrics\/export/)(recording);
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(" "));

/** Members whose numbers follow from load, time or the order of processes. */
const FREE_NUMBERS = words(
  "pid pstart starttime endtime time localtime uptime cpu mem memhost disk netin netout diskread diskwrite loadavg wait idle " +
    "used avail available free used_fraction ctime snaptime timestamp notafter notbefore saved mhz " +
    "pressurecpusome pressurecpufull pressureiosome pressureiofull pressurememorysome pressurememoryfull",
);

/** Members whose texts are made up by the server, or belong to its hardware. */
const FREE_TEXTS = words("digest fingerprint ssl_fingerprint pem utc image flags kversion uid cert");

/** The same for answers that open a console. */
const FREE_IN_CONSOLES = words("port password ticket");

const NUMBER = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;

function isNumber(value: unknown): boolean {
  return typeof value === "number" || (typeof value === "string" && NUMBER.test(value));
}

/** Whether a member's value cannot be told in advance. */
export function isFree(recording: Recording, key: string, value: unknown): boolean {
  if (FREE_TEXTS.has(key)) return true;
  if (FREE_NUMBERS.has(key) && isNumber(value)) return true;
  return FREE_IN_CONSOLES.has(key) && path(/(vnc|term|spice)(proxy|shell)(\?|$)|access\/(vnc)?ticket$/)(recording);
}

/** Bodies that the recording abbreviated, by note. */
export function wholeBody(recording: Recording): string | null {
  const { body } = recording.request;
  return recording.note === "body > 512k" && body !== null ? "x".repeat(600_000) : body;
}
