import { HOTPLUG_FEATURES, PRIVILEGES } from "../../../schema/format-data/words.ts";
import { anchored, isTrue, lengthOf, numeric, SPACE, splitList, WORD } from "../perl.ts";
import { type Check, rule } from "./check.ts";

const REALM = "[A-Za-z][A-Za-z0-9._-]+";
const USER = `[^${SPACE}:/]+@${REALM}`;
const USERID = anchored(USER);
const GROUP = /^[A-Za-z0-9._-]+\n?$/u;
const ACME_LABELS = /^[a-z0-9][a-z0-9_-]*(\.[a-z0-9][a-z0-9_-]*)+\n?$/iu;
const ACME_ALIAS = /^[a-z0-9_][a-z0-9_-]*(\.[a-z0-9_][a-z0-9_-]*)+\n?$/iu;
const JOB = /^(\p{Nd}+)-(\p{Nd}+)\n?$/u;
const FEATURES = new Set(HOTPLUG_FEATURES);
const PRIVILEGE_NAMES = new Set(PRIVILEGES);
const USERID_MIN = 3;
const USERID_MAX = 64;

function checkUserid(value: string): string | undefined {
  const length = lengthOf(value);
  if (length < USERID_MIN) return `user name '${value}' is too short\n`;
  if (length > USERID_MAX) return `user name '${value}' is too long (${length} > ${USERID_MAX})\n`;
  return USERID.test(value) ? undefined : `value '${value}' does not look like a valid user name\n`;
}

function checkHotplug(value: string): string | undefined {
  if (value === "0" || value === "1") return undefined;
  const unknown = splitList(value).find((feature) => !FEATURES.has(feature));
  return unknown === undefined ? undefined : `invalid hotplug feature '${unknown}'\n`;
}

const quoted =
  (what: string, problem = ""): ((value: string) => string) =>
  (value) =>
    `${what} '${value}'${problem}`;

/** Formats of ids, names and words. */
export const IDENTIFIER_FORMATS: Readonly<Record<string, Check>> = {
  string: () => undefined,
  "pve-node": rule(/^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\n?$/u, "value does not look like a valid node name"),
  "pve-vmid": rule(/^[1-9][0-9]{2,8}\n?$/u, "value does not look like a valid VM ID"),
  "pve-configid": rule(/^[a-z][a-z0-9_-]+\n?$/iu, quoted("invalid configuration ID")),
  "pve-userid": checkUserid,
  "pve-tokenid": rule(anchored(`${USER}!${REALM}`), quoted("value", " does not look like a valid token ID")),
  "pve-realm": rule(anchored(REALM), "value does not look like a valid realm"),
  "pve-groupid": rule(GROUP, quoted("group name", " contains invalid characters")),
  "pve-roleid": rule(GROUP, quoted("role name", " contains invalid characters")),
  "pve-priv": rule((value) => PRIVILEGE_NAMES.has(value), quoted("invalid privilege")),
  "pve-poolid": rule(
    /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+){0,2}\n?$/u,
    quoted("pool name", " contains invalid characters"),
  ),
  "pve-tag": rule(/^[a-z0-9_][a-z0-9_+.-]*\n?$/iu, "invalid characters in tag"),
  "pve-bridge-id": rule(anchored(`[-_.${WORD}]+`), quoted("invalid bridge ID")),
  "pve-replication-job-id": rule((value) => {
    const found = JOB.exec(value);
    return found !== null && numeric(found[1]!) >= 100;
  }, quoted("invalid replication job id")),
  "pve-ha-resource-id": rule(anchored(`[a-z]+:[^${SPACE}]+`), "value does not look like a valid ha resource id"),
  "pve-ha-resource-or-vm-id": rule(
    anchored(`(?:[a-z]+:[^${SPACE}]+|\\p{Nd}+)`),
    "value does not look like a valid ha resource id",
  ),
  "pve-ha-node": rule(
    /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(:\p{Nd}+)?\n?$/u,
    "value does not look like a valid ha node",
  ),
  "ldap-simple-attr": rule(/^[a-zA-Z0-9]+\n?$/u, quoted("value", " does not look like a simple ldap attribute name")),
  "pve-acme-domain": rule(ACME_LABELS, quoted("value", " does not look like a valid domain name!")),
  "pve-acme-alias": rule(ACME_ALIAS, quoted("value", " does not look like a valid alias name!")),
  "pve-day-of-week": rule(/^(mon|tue|wed|thu|fri|sat|sun)\n?$/u, quoted("invalid day")),
  "pve-task-status-type": rule(/^(ok|error|warning|unknown)\n?$/iu, quoted("invalid status")),
  "pve-hotplug-features": checkHotplug,
  "pve-phys-bits": rule((value) => {
    if (/^host\n?$/.test(value)) return true;
    const bits = numeric(value);
    return /^\p{Nd}{1,2}\n?$/u.test(value) && isTrue(value) && bits >= 8 && bits <= 64;
  }, "value must be an integer between 8 and 64 or 'host'"),
};
