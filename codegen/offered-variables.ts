import { ALL_VARIABLES, type AnyVariableName } from "../src/config/all-variables.ts";
import type { Variable } from "../src/config/variable.ts";
import { ACCESS_CLASSES } from "../src/schema/operation.ts";

/** A variable that a client asks its user for, where it installs this server by a form. */
export interface OfferedVariable {
  name: AnyVariableName;
  /** A name for people. */
  title: string;
  description: string;
  isRequired: boolean;
  isSecret: boolean;
  isPath: boolean;
  default?: string;
  choices?: readonly string[];
}

const OFFERED: readonly {
  name: AnyVariableName;
  title: string;
  required?: true;
  path?: true;
  /** What holds without it depends on other variables: a form must not fill it in. */
  unset?: true;
  choices?: readonly string[];
}[] = [
  { name: "PROXMOX_HOST", title: "Proxmox host", required: true },
  { name: "PROXMOX_API_TOKEN_USER", title: "User of the API token", required: true },
  { name: "PROXMOX_API_TOKEN_REALM", title: "Realm of that user" },
  { name: "PROXMOX_API_TOKEN_ID", title: "Name of the API token", required: true },
  { name: "PROXMOX_API_TOKEN_SECRET", title: "Secret of the API token", required: true },
  { name: "PROXMOX_TLS_FINGERPRINT", title: "Certificate fingerprint" },
  { name: "PROXMOX_TLS_CA_FILE", title: "CA certificate", path: true },
  { name: "PROXMOX_MCP_ACCESS", title: "Access ceiling", unset: true, choices: ACCESS_CLASSES },
  { name: "PROXMOX_MCP_CONFIRM", title: "Confirmation", choices: ["plan", "human"] },
  { name: "PROXMOX_MCP_TOOLSETS", title: "Toolsets" },
  { name: "PROXMOX_MCP_POLICY_FILE", title: "Policy file", path: true },
  { name: "PROXMOX_SHELL_SSH_PRIVATE_KEY_PATH", title: "SSH private key", path: true },
  { name: "PROXMOX_SHELL_SSH_EXPECTED_HOST_KEY", title: "SSH host keys" },
];

/** The variables of such forms, each described by the table that parses it. */
export const OFFERED_VARIABLES: readonly OfferedVariable[] = OFFERED.map(
  ({ name, title, required, path, unset, choices }) => {
    const entry: Variable<unknown> = ALL_VARIABLES[name];
    return {
      name,
      title,
      description: `${entry.description} Allowed: ${entry.allowed}.`,
      isRequired: required === true,
      isSecret: entry.secret === true,
      isPath: path === true,
      ...(entry.default === undefined || unset ? {} : { default: entry.default }),
      ...(choices === undefined ? {} : { choices }),
    };
  },
);
