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

/** Members whose values follow from load, time or chance. */
export const FREE_VALUES: ReadonlySet<string> = new Set(
  (
    "pid pstart starttime endtime time localtime uptime cpu mem memhost disk netin netout diskread diskwrite loadavg wait idle " +
    "used avail available free used_fraction ctime snaptime timestamp utc digest fingerprint ssl_fingerprint pem notafter " +
    "notbefore password cert port pressurecpusome pressurecpufull pressureiosome pressureiofull pressurememorysome " +
    "pressurememoryfull uid saved image mhz flags kversion value_ticket balloon_min shares n_ticket"
  ).split(" "),
);

/** Bodies that the recording abbreviated, by note. */
export function wholeBody(recording: Recording): string | null {
  const { body } = recording.request;
  return recording.note === "body > 512k" && body !== null ? "x".repeat(600_000) : body;
}
