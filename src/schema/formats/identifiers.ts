import { PRIVILEGES } from "../format-data/words.ts";
import { codePoints, leadingNumber, SPACE, WORD } from "../text.ts";
import { oneOf, type TextFormat } from "./text-format.ts";

const REALM = "[A-Za-z][A-Za-z0-9._-]+";
const USER = `[^${SPACE}:\\/]+`;
const LOCAL_PART = `[${WORD}+~-]+(?:\\.[${WORD}+~-]+)*`;
const USERID = new RegExp(`^${USER}@${REALM}\\n?$`, "u");
const JOB_ID = /^(\p{Nd}+)-(\p{Nd}+)\n?$/u;

/** Names of things in the cluster: nodes, guests, users, roles, tags. */
export const IDENTIFIERS: Readonly<Record<string, TextFormat>> = {
  "pve-node": {
    test: /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?\n?$/u,
    is: "a node name of letters, digits and inner hyphens, e.g. pve1",
  },
  "pve-vmid": { test: /^[1-9][0-9]{2,8}\n?$/u, is: "a guest's ID from 100 to 999999999, e.g. 100" },
  "pve-configid": {
    test: /^[a-z][a-z0-9_-]+\n?$/iu,
    is: "a name that starts with a letter and has two or more letters, digits, _ or -, e.g. backup-1",
  },
  "pve-userid": {
    test: (value) => {
      if (!USERID.test(value)) return false;
      const length = codePoints(value);
      return (length >= 3 && length <= 64) || "must have 3 to 64 characters in all, e.g. alice@pve";
    },
    is: "a user with a realm, e.g. alice@pve",
  },
  "pve-tokenid": {
    test: new RegExp(`^${USER}@${REALM}!${REALM}\\n?$`, "u"),
    is: "an API token's full ID, e.g. alice@pve!automation",
  },
  "pve-realm": { test: new RegExp(`^${REALM}\\n?$`, "u"), is: "a realm's name, e.g. pam" },
  "pve-poolid": {
    test: /^[A-Za-z0-9._-]+(\/[A-Za-z0-9._-]+){0,2}\n?$/u,
    is: "a pool of one to three levels, e.g. prod/web",
  },
  "pve-groupid": { test: /^[A-Za-z0-9._-]+\n?$/u, is: "a group's name of letters, digits and . _ -, e.g. admins" },
  "pve-roleid": { test: /^[A-Za-z0-9._-]+\n?$/u, is: "a role's name of letters, digits and . _ -, e.g. PVEAuditor" },
  "pve-priv": oneOf(PRIVILEGES, "a privilege (9.0 made VM.GuestAgent.* of VM.Monitor)"),
  "pve-tag": {
    test: /^[a-z0-9_][a-z0-9_+.-]*\n?$/iu,
    is: "a tag of letters, digits and _ + . - (first a letter, digit or _), e.g. web",
  },
  "pve-replication-job-id": {
    test: (value) => leadingNumber(JOB_ID.exec(value)?.[1] ?? "") >= 100,
    is: "a replication job, guest and number, e.g. 100-0",
  },
  "pve-ha-resource-or-vm-id": {
    test: new RegExp(`^([a-z]+:[^${SPACE}]+|\\p{Nd}+)\\n?$`, "u"),
    is: "an HA resource or a guest's ID, e.g. vm:100",
  },
  "pve-ha-node": {
    test: /^[a-zA-Z0-9]([a-zA-Z0-9-]*[a-zA-Z0-9])?(:\p{Nd}+)?\n?$/u,
    is: "a node name with an optional priority, e.g. pve1:2",
  },
  email: {
    test: new RegExp(`^${LOCAL_PART}@[a-zA-Z0-9-]+(\\.[a-zA-Z0-9-]+)*\\n?$`, "u"),
    is: "an e-mail address, e.g. ops@example.com",
  },
  "email-or-username": {
    test: new RegExp(`^${LOCAL_PART}(@[a-zA-Z0-9-]+(\\.[a-zA-Z0-9-]+)*)?\\n?$`, "u"),
    is: "an e-mail address or a user name, e.g. root",
  },
  "ldap-simple-attr": { test: /^[a-zA-Z0-9]+\n?$/u, is: "an LDAP attribute's name of letters and digits, e.g. uid" },
};
