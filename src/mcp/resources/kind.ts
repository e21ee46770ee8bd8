import type { Resource } from "@modelcontextprotocol/server";
import type { CallContext, Services } from "../services.ts";

/** Who reads, and with what. */
export interface Reader {
  readonly services: Services;
  readonly principal: string;
  /** The context of a reading that asks Proxmox something, under the name by which the record knows it. */
  context(name: `${"resource" | "completion"}:${string}`): CallContext;
}

/** What one reading gives; `bytes` are sent as base64. */
export type Content = { mimeType: string } & ({ text: string } | { bytes: Buffer });

/** A family of resources with one form of address. */
export interface ResourceKind {
  /** The address, with `{variables}` where it has any; their values are percent-encoded. */
  template: string;
  name: string;
  title: string;
  description: string;
  mimeType?: string;
  /** Only where there are several clusters to choose from. */
  severalClusters?: true;
  /** Undefined when there is no such resource for this reader. */
  read(reader: Reader, variables: Readonly<Record<string, string>>): Promise<Content | undefined>;
  /** Those of a template that are listed one by one. */
  list?(reader: Reader): Promise<readonly Resource[]>;
}

/** The names of a template's variables. */
export function variablesOf(template: string): string[] {
  return [...template.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
}

/** The values of a template's variables in an address, decoded; nothing when the address is not of that form. */
export function matchUri(template: string, uri: string): Record<string, string> | undefined {
  const names = variablesOf(template);
  const literal = template.split(/\{\w+\}/).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  const values = new RegExp(`^${literal.join("([^/?#]+)")}$`).exec(uri)?.slice(1);
  if (!values) return undefined;
  try {
    return Object.fromEntries(names.map((name, index) => [name, decodeURIComponent(values[index]!)]));
  } catch {
    return undefined;
  }
}
