import {
  type ListResourcesResult,
  type ListResourceTemplatesResult,
  ProtocolError,
  ProtocolErrorCode,
  type ReadResourceResult,
  ResourceNotFoundError,
} from "@modelcontextprotocol/server";
import { toProtocolError } from "../protocol-error.ts";
import { artifact } from "./artifact.ts";
import { guest, guestOfCluster } from "./guest.ts";
import { inventory } from "./inventory.ts";
import { jobLogs } from "./job-logs.ts";
import { matchUri, type Reader, type ResourceKind, variablesOf } from "./kind.ts";
import { operationSchema } from "./operation-schema.ts";
import { skill } from "./skill.ts";

/** Every kind of resource, in the order in which they are listed. */
export const RESOURCE_KINDS: readonly ResourceKind[] = [
  inventory,
  guest,
  guestOfCluster,
  jobLogs,
  operationSchema,
  artifact,
  skill,
];

/** Resources on one page of the list. */
const PAGE = 100;

/** The resources that have an address of their own, and those of a template that are there now. */
export async function listResources(reader: Reader, cursor: string | undefined): Promise<ListResourcesResult> {
  const all = (
    await Promise.all(
      RESOURCE_KINDS.map(async (kind) =>
        variablesOf(kind.template).length === 0
          ? [{ uri: kind.template, ...aboutOf(kind) }]
          : ((await kind.list?.(reader)) ?? []),
      ),
    )
  ).flat();
  const start = cursor === undefined ? 0 : all.findIndex(({ uri }) => uri === decodeCursor(cursor)) + 1;
  if (start === 0 && cursor !== undefined) {
    throw new ProtocolError(
      ProtocolErrorCode.InvalidParams,
      "The cursor is not one that this list gave, or is too old",
    );
  }
  const resources = all.slice(start, start + PAGE);
  const last = resources.at(-1);
  return {
    resources,
    ...(last && start + PAGE < all.length ? { nextCursor: Buffer.from(last.uri).toString("base64url") } : {}),
  };
}

/** The forms of address that take variables. */
export function listTemplates(reader: Reader): ListResourceTemplatesResult {
  return {
    resourceTemplates: RESOURCE_KINDS.filter(
      ({ template, severalClusters }) =>
        variablesOf(template).length > 0 && (reader.services.severalClusters || !severalClusters),
    ).map((kind) => ({ uriTemplate: kind.template, ...aboutOf(kind) })),
  };
}

/** Reads one resource; an address that leads nowhere, or to what is another's, is not found. */
export async function readResource(reader: Reader, uri: string): Promise<ReadResourceResult> {
  for (const kind of RESOURCE_KINDS) {
    const variables = matchUri(kind.template, uri);
    if (!variables) continue;
    const content = await kind.read(reader, variables).catch((error: unknown) => {
      throw toProtocolError(error);
    });
    if (!content) break;
    const { mimeType } = content;
    const body = "text" in content ? { text: content.text } : { blob: content.bytes.toString("base64") };
    return { contents: [{ uri, mimeType, ...body }] };
  }
  throw new ResourceNotFoundError(uri);
}

function aboutOf({ name, title, description, mimeType }: ResourceKind) {
  return { name, title, description, ...(mimeType ? { mimeType } : {}) };
}

function decodeCursor(cursor: string): string {
  return Buffer.from(cursor, "base64url").toString();
}
